"""Input about groups: what one is, a word, whom to ask in, a note."""

from collections.abc import Mapping
from typing import Any

from wtforms import EmailField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from booking.days.events.forms.rows import LinesField
from booking.domain.grouping_colleagues import (
    NAME_MAX,
    NOTE_MAX,
    PURPOSE_MAX,
    WORD_MAX,
    GroupKind,
    Joining,
)
from booking.domain.resourcing import SUBJECT_NAMES, SubjectArea
from booking.foundation.web.forms import Depends, Form
from booking.network.colleague_groups import words
from booking.network.colleague_groups.details import GroupDetails

_ONE = "Choose one of these."


def _at_most(most: int) -> Length:
    return Length(max=most, message=f"Shorten this to {most:,} characters.")


def _choices(names: Mapping[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(value, name) for value, name in names.items()]


class StaffGroupForm(Form):
    """What is said about a group."""

    name = StringField("Name", [InputRequired("Give it a name."), _at_most(NAME_MAX)])
    kind = RadioField(
        "What kind of group is it?",
        [InputRequired(_ONE), AnyOf([*GroupKind], message=_ONE)],
        choices=_choices(words.KIND_NAMES),
        default=GroupKind.SUBJECT.value,
        validate_choice=False,
    )
    subject = SelectField(
        "Subject or area",
        [InputRequired(_ONE)],
        choices=_choices(SUBJECT_NAMES),
        invalid_choice_message=_ONE,
    )
    purpose = LinesField(
        "What is it for?",
        [InputRequired("Say in a sentence what it is for."), _at_most(PURPOSE_MAX)],
    )
    joining = RadioField(
        "Who can come in?",
        [InputRequired(_ONE), AnyOf([*Joining], message=_ONE)],
        choices=_choices(words.JOINING_NAMES),
        default=Joining.OPEN.value,
        validate_choice=False,
    )

    def details(self) -> GroupDetails:
        """Return what was filled in."""
        return GroupDetails(
            name=self.name.data or "",
            kind=GroupKind(self.kind.data),
            subject=SubjectArea(self.subject.data),
            purpose=self.purpose.data or "",
            joining=Joining(self.joining.data),
        )


class GroupWordForm(Form):
    """A word to whoever leads a group."""

    word = LinesField("What would you like to bring, or learn?", [Depends(), _at_most(WORD_MAX)])


class AskInForm(Form):
    """Whom to ask into a group."""

    email = EmailField("Their e-mail address", [InputRequired("Give their address.")])
    word = LinesField("A word to them", [Depends(), _at_most(WORD_MAX)])


class GroupNoteForm(Form):
    """A note for the members."""

    words = LinesField("A note", [InputRequired("Write a note."), _at_most(NOTE_MAX)])


class EndGroupForm(Form):
    """Why a group ends."""

    word = LinesField("Why does it end?", [InputRequired("Say it in a few words.")])


def filled(details: GroupDetails) -> dict[str, Any]:
    """Return what is said about a stored group as the form's first values."""
    return vars(details) | {
        name: getattr(details, name).value for name in ("kind", "subject", "joining")
    }
