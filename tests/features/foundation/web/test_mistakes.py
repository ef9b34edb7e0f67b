"""The lines of an error summary make sense on their own and lead to their fields."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FormField, HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired

from booking.foundation.web.forms import Form
from booking.foundation.web.mistakes import Mistake, mistakes


class RowForm(Form):
    class Meta(Form.Meta):
        csrf = False

    starts = StringField("Starts", [InputRequired("Enter a time, such as 09:15.")])
    ends = StringField("Ends", [InputRequired("Say when it ends.")])


class LongForm(Form):
    class Meta(Form.Meta):
        csrf = False

    theme = StringField("Theme", [InputRequired()])
    title = StringField("Title", [InputRequired("Enter a title.")])
    name = StringField("Name", [InputRequired("Enter the forename.")])
    why = StringField("Why this school?", [InputRequired("Give a reason.")])
    roll = IntegerField("Pupils on roll")
    dates = FieldList(FormField(RowForm, "Date"), label="Dates", min_entries=1)
    agree = BooleanField("I have read all of this and agree.", [InputRequired("Tick to go on.")])
    secret = HiddenField("Secret", [InputRequired("Load the page again.")])


@pytest.fixture
def lines(app: Flask) -> Any:
    def of(**typed: str) -> dict[str, str]:
        with app.test_request_context(method="POST"):
            form = LongForm(formdata=MultiDict(typed))
            form.validate()
            form.refuse("The event is full.")
            return {mistake.words: mistake.field_id for mistake in mistakes(form)}

    return of


def test_each_line_names_its_field_unless_it_says_it_itself(lines: Any) -> None:
    assert lines(roll="many") == {
        "Theme: This is required.": "theme",
        "Enter a title.": "title",
        "Name: Enter the forename.": "name",
        "Why this school? Give a reason.": "why",
        "Pupils on roll: Enter a whole number, such as 12.": "roll",
        "Date 1, starts: Enter a time, such as 09:15.": "dates-0-starts",
        "Date 1: Say when it ends.": "dates-0-ends",
        "Tick to go on.": "agree",
        "Load the page again.": "",
        "The event is full.": "",
    }


def test_a_form_without_mistakes_has_no_lines(app: Flask) -> None:
    with app.test_request_context(method="POST"):
        form = RowForm(formdata=MultiDict({"starts": "9", "ends": "10"}))
        assert form.validate()
        assert mistakes(form) == []
        form.refuse("Too short.", "ends")
        assert mistakes(form) == [Mistake("Ends: Too short.", "ends")]
