"""Input about the network's own words: a text, what it says about itself, its mark."""

from typing import Any

from flask import current_app
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField, TelField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from booking.days.events.forms.rows import LinesField
from booking.domain.own_texts import SAID_MAX, TEXT_MAX
from booking.foundation import contacts
from booking.foundation.files import imports, viruses
from booking.foundation.files.imports import pictures
from booking.foundation.files.refusals import FileNotTaken
from booking.foundation.web.forms import AddressField, Depends, Form, no_line_breaks
from booking.network.texts.details import FACT_FIELDS, FactDetails, Logo
from booking.network.texts.models import OwnFacts

ALT_MAX = 120
#: A mark is small; what is larger is a photograph, or holds more than a picture.
LOGO_BYTES_MAX = 1_000_000
#: It stands 40 pixels high, and is sharp on the finest screens.
LOGO_SIDE_MAX = 480
_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_NOT_A_PICTURE = "Choose a picture: PNG, JPEG or WebP."


def _line(label: str, longest: int) -> StringField:
    message = f"Shorten this to {longest} characters."
    return StringField(label, [Length(max=longest, message=message), no_line_breaks])


class TextForm(Form):
    """A text, and what was changed in it."""

    text = LinesField(
        "Text", [Length(max=TEXT_MAX, message=f"Shorten this to {TEXT_MAX:,} characters.")]
    )
    said = StringField(
        "What did you change?",
        [
            Depends(),
            Length(max=SAID_MAX, message=f"Shorten this to {SAID_MAX} characters."),
            no_line_breaks,
        ],
    )


def phone_number(_form: Any, field: TelField) -> None:
    """Write a telephone number in the standard way; refuse anything else."""
    try:
        field.data = contacts.tidy_phone(field.data or "")
    except contacts.NotAPhone as error:
        raise ValidationError(str(error)) from error


class FactsForm(Form):
    """What the network says about itself."""

    name = _line("Name of the network", 60)
    short_name = _line("Short name", 24)
    colour = _line("Colour", 7)
    email = AddressField("E-mail address", [Optional(), Length(max=contacts.EMAIL_MAX)])
    telephone = TelField("Telephone", [Length(max=40), phone_number])
    postal_address = _line("Postal address", 200)
    controller = _line("Who is responsible for the network and its data", 120)
    officer = _line("Who answers questions about data protection", 120)
    ico_number = _line("Registration number at the Information Commissioner’s Office", 20)
    hosting = _line("Who runs the computers that the site is on", 120)
    mailing = _line("Who delivers the network’s e-mail", 120)

    def details(self) -> FactDetails:
        """Return what was filled in."""
        return FactDetails(**{name: self[name].data or "" for name in FACT_FIELDS})


def filled(kept: OwnFacts) -> dict[str, str]:
    """Return what is kept as the form's first values."""
    return {name: getattr(kept, name) or "" for name in FACT_FIELDS}


class LogoForm(Form):
    """The network's mark, and what it shows."""

    picture = FileField(
        "Picture",
        [FileRequired("Choose a picture.")],
        render_kw={"accept": ".png,.jpg,.jpeg,.webp"},
    )
    alt = StringField(
        "What it shows, in words",
        [
            InputRequired("Say what the picture shows, for people who cannot see it."),
            Length(max=ALT_MAX, message=f"Shorten this to {ALT_MAX} characters."),
            no_line_breaks,
        ],
    )
    logo: Logo

    def validate_picture(self, field: FileField) -> None:
        """Look at what was sent, by its content, and write it anew."""
        content = field.data.stream.read(LOGO_BYTES_MAX + 1)
        if len(content) > LOGO_BYTES_MAX:
            raise ValidationError("This picture is larger than 1 MB. Save it smaller.")
        try:
            kind = pictures.kind_of(content)
            if kind is None:
                imports.read("", content)  # says what it is instead, if we know
                raise ValidationError(_NOT_A_PICTURE)
            viruses.check(current_app.config["CLAMD"], content)
            anew = pictures.rewritten(content, kind, side_max=LOGO_SIDE_MAX)
        except FileNotTaken as refusal:
            raise ValidationError(f"{_NOT_A_PICTURE} {refusal}") from refusal
        self.logo = Logo(anew, _TYPES[kind.value], *pictures.size_of(anew))
