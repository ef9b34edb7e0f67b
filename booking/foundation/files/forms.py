"""Input about files: a new one, a newer version, what it is and whom it is for."""

from typing import Any

from flask import current_app
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from booking.foundation.files import imports, viruses
from booking.foundation.files.details import LABEL_MAX, FileFacts, FileOwner, Upload
from booking.foundation.files.imports import BYTES_MAX, pictures
from booking.foundation.files.models import AttachedFile, FileAudience
from booking.foundation.files.refusals import FileNotTaken
from booking.foundation.web.forms import Form, no_line_breaks

ACCEPT = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv"
_WHOM = "Choose who can see it."


def _upload_field(label: str) -> FileField:
    return FileField(label, [FileRequired("Choose a file.")], render_kw={"accept": ACCEPT})


def looked_at(field: FileField) -> Upload:
    """Return what was sent in a field, before any transaction begins. Raises ValidationError.

    The virus check sees the bytes as they came, before a picture is written anew.
    """
    content = field.data.stream.read(BYTES_MAX + 1)
    try:
        upload = imports.read(field.data.filename or "", content)
        viruses.check(current_app.config["CLAMD"], content)
    except FileNotTaken as refusal:
        raise ValidationError(str(refusal)) from refusal
    return upload


def made_safe(content: bytes) -> bytes:
    """Return a content without a virus, and a picture written anew. Raises ValidationError.

    For files whose kind their own feature judges, such as receipts.
    """
    try:
        viruses.check(current_app.config["CLAMD"], content)
        kind = pictures.kind_of(content)
        return pictures.rewritten(content, kind) if kind else content
    except FileNotTaken as refusal:
        raise ValidationError(str(refusal)) from refusal


class FileFactsForm(Form):
    """What a file is, and whom it is for."""

    label = StringField(
        "What is it?",
        [
            InputRequired("Say what it is, such as “Map”."),
            Length(max=LABEL_MAX, message=f"Shorten this to {LABEL_MAX} characters."),
            no_line_breaks,
        ],
        render_kw={"list": "labels", "autocomplete": "off"},
    )
    audience = RadioField("Who can see it?", [InputRequired(_WHOM)], validate_choice=False)
    with_invitation = BooleanField("Send it with the invitation to parents")

    def __init__(self, *arguments: Any, owner: FileOwner, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.audience.choices = [SelectChoice(a, words) for a, words in owner.audiences.items()]
        among = AnyOf(list(owner.audiences), message=_WHOM)
        self.audience.validators = [*self.audience.validators, among]
        if self.audience.data is None and not self.is_submitted():
            self.audience.data = next(iter(owner.audiences))
        if not owner.has_invitations:
            del self.with_invitation

    def facts(self) -> FileFacts:
        """Return what was filled in."""
        return FileFacts(
            label=self.label.data or "",
            audience=FileAudience(self.audience.data),
            with_invitation="with_invitation" in self and bool(self.with_invitation.data),
        )


class AddFileForm(FileFactsForm):
    """A new file."""

    file = _upload_field("File")
    upload: Upload

    def validate_file(self, field: FileField) -> None:
        """Look at what was sent."""
        self.upload = looked_at(field)


class ChangeFileForm(FileFactsForm):
    """What a file that is there already is called, and who can see it."""


class ReplaceFileForm(Form):
    """A newer version of a file."""

    file = _upload_field("The newer version")
    upload: Upload

    def validate_file(self, field: FileField) -> None:
        """Look at what was sent."""
        self.upload = looked_at(field)


def facts_of(file: AttachedFile) -> dict[str, Any]:
    """Return a stored file as the form's first values."""
    return {
        "label": file.label,
        "audience": file.audience,
        "with_invitation": file.with_invitation,
    }
