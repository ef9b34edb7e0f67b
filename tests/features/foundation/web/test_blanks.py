"""White space is nothing: a field that must be filled in refuses it, whatever it holds."""

import pytest
from wtforms import EmailField, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired

from booking.foundation.web.forms import AddressField, Form, MoneyField

KINDS = (StringField, TextAreaField, EmailField, PasswordField, AddressField, MoneyField)
BLANKS = ("", " ", "   ", "\t", "\r\n \r\n", "\u00a0", "\u2003")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("blank", BLANKS)
def test_white_space_fills_in_nothing(app, kind, blank):
    class WantedForm(Form):
        wanted = kind("Wanted", [InputRequired("Say it.")])

    with app.test_request_context(method="POST", data={"wanted": blank}):
        form = WantedForm(meta={"csrf": False})
        assert not form.validate()
        assert list(form.wanted.errors) == ["Say it."]


@pytest.mark.parametrize("kind", KINDS[:4])
def test_words_among_white_space_count(app, kind):
    class WantedForm(Form):
        wanted = kind("Wanted", [InputRequired("Say it.")])

    with app.test_request_context(method="POST", data={"wanted": " ann@hollow-lane.example "}):
        assert WantedForm(meta={"csrf": False}).validate()
