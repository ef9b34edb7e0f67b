"""Each form that takes a file is here, with what becomes of the file: a new one is a new row."""

from io import BytesIO

import pytest
from flask_wtf.file import FileField
from PIL import Image
from wtforms.validators import ValidationError

from booking.foundation.files import forms as file_forms
from booking.foundation.web.forms import Form
from booking.foundation.web.table_forms import TableFileForm
from tests.features.foundation.files.test_viruses import BAD, listening

#: Kept: told by its content, without virus, pictures written anew, sent as a download.
KEPT = {
    "AddFileForm",
    "ReplaceFileForm",
    "ClaimForm",
    "NewCostClaimForm",
    "LogoForm",
    "VersionFields",
}
#: Read as a table within limits, as values, and never kept.
READ = {"TableFileForm", "RegisterForm"}


def forms(kind=Form):
    for each in kind.__subclasses__():
        yield each
        yield from forms(each)


def own_file_field(form):
    return any(
        getattr(vars(form).get(name), "field_class", None) is FileField for name in vars(form)
    )


def test_every_form_that_takes_a_file_is_listed(app):
    assert {form.__name__ for form in forms() if own_file_field(form)} == KEPT | READ


def picture(kind):
    file = BytesIO()
    image = Image.new("RGB", (4, 4), "red")
    image.save(file, kind, exif=b"Exif\x00\x00 where it was taken" if kind == "JPEG" else b"")
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_receipt_that_is_a_picture_is_written_anew(app, kind):
    sent = picture(kind) + b"<script>hidden()</script>"
    with app.app_context():
        kept = file_forms.made_safe(sent)

    assert b"hidden" not in kept
    assert b"where it was taken" not in kept
    assert Image.open(BytesIO(kept)).format == kind


def test_a_receipt_with_a_virus_is_refused_and_so_is_one_that_nobody_checked(app, monkeypatch):
    with listening() as server, app.app_context():
        monkeypatch.setitem(app.config, "CLAMD", server.url)
        assert file_forms.made_safe(b"%PDF-1.7 fine") == b"%PDF-1.7 fine"
        with pytest.raises(ValidationError, match="found something harmful"):
            file_forms.made_safe(b"%PDF-1.7 " + BAD)
        monkeypatch.setitem(app.config, "CLAMD", "unix:///nowhere/clamd.sock")
        with pytest.raises(ValidationError, match="cannot check files for viruses"):
            file_forms.made_safe(b"%PDF-1.7 fine")


@pytest.mark.parametrize("content", [b"Name,Year\nAda,5\n", b"Name,Year\n" + BAD])
def test_a_table_with_a_virus_is_not_read(app, monkeypatch, content):
    # Not the national register: the lead's file of 60 MB is more than ClamAV takes, and is read as
    # values alone.
    with listening() as server:
        monkeypatch.setitem(app.config, "CLAMD", server.url)
        data = {"file": (BytesIO(content), "table.csv")}
        with app.test_request_context(method="POST", data=data):
            form = TableFileForm(owner="nobody", missing="Choose a file.")
            form.validate()
            found = [words for words in form.file.errors if "found something harmful" in words]
            assert bool(found) == (BAD in content)
            assert form.file.data.read() == content, "it is read from its beginning"
        assert server.seen == [content]
