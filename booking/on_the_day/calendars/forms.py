"""Forms for private calendars."""

from collections.abc import Iterable
from typing import Any, ClassVar

from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from booking.foundation.web.forms import CheckboxesField, Form, no_line_breaks
from booking.on_the_day.calendars import words
from booking.on_the_day.calendars.models import Feed, FeedContent


class SomeChosen:
    """A validator that asks for at least one tick, so the field is not marked optional."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, _form: Any, field: Any) -> None:
        """Raise if the calendar would show nothing."""
        if not field.data:
            raise ValidationError(words.NOTHING_CHOSEN)


class FeedForm(Form):
    """A private calendar: its name and what it shows."""

    label = StringField(
        "Name of the calendar",
        [
            InputRequired("Give the calendar a name, such as “My phone”."),
            Length(max=60, message="Shorten the name to 60 characters."),
            no_line_breaks,
        ],
    )
    shows = CheckboxesField(
        "What it shows",
        [SomeChosen()],
        coerce=str,
        validate_choice=False,
    )

    def offer(self, kinds: Iterable[str], *, is_parent: bool = False) -> "FeedForm":
        """Offer these kinds, with those that a new calendar shows ticked."""
        self.kinds = [str(kind) for kind in kinds]
        self.hints = {k: words.words_of(k, is_parent=is_parent)[1] for k in self.kinds}
        self.shows.choices = [
            (kind, words.words_of(kind, is_parent=is_parent)[0]) for kind in self.kinds
        ]
        if not self.is_submitted() and not self.shows.data:
            self.shows.data = [k for k in self.kinds if k != FeedContent.SCHOOL_DAYS]
        return self

    def show(self, feed: Feed) -> "FeedForm":
        """Fill in a calendar's name and what it shows."""
        if not self.is_submitted():
            self.label.data = feed.label
            self.shows.data = [k for k in self.kinds if k not in feed.leaves_out]
        return self

    @property
    def leaves_out(self) -> list[str]:
        """Return the offered kinds that are not ticked."""
        return [kind for kind in self.kinds if kind not in (self.shows.data or [])]
