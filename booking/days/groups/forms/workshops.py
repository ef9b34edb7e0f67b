"""Forms for workshops: what there is, until when to choose, what a pupil would like, who moves."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from booking.days.groups.details import HALVES, WorkshopDetails
from booking.days.groups.models import Workshop, WorkshopTime, WorkshopWish
from booking.days.groups.pages.choosing import FamilyChoice, wish_field
from booking.days.groups.words import TIME_WORDS
from booking.domain.workshops.choices import WISHES_MAX, Half
from booking.foundation.web.forms import Form, LondonField, WholeNumber, no_line_breaks

_LONG = 80


def _short(most: int) -> list[Any]:
    return [Length(max=most, message=f"Shorten this to {most} characters."), no_line_breaks]


class WorkshopForm(Form):
    """A workshop within an event."""

    title = StringField("Title", [InputRequired("Give it a title."), *_short(_LONG)])
    line = StringField("What pupils do there, in one line", _short(200))
    room = StringField("Room", _short(_LONG))
    places = WholeNumber(
        "Places",
        [
            InputRequired("Enter the number of places."),
            NumberRange(1, 500, message="Enter a number from 1 to 500."),
        ],
    )
    time = SelectField(
        "When",
        choices={time.value: said for time, said in TIME_WORDS.items()},
        default=WorkshopTime.FIRST.value,
    )

    def details(self) -> WorkshopDetails:
        """Return what was typed."""
        return WorkshopDetails(
            title=self.title.data or "",
            line=self.line.data or "",
            room=self.room.data or "",
            places=self.places.data or 0,
            time=WorkshopTime(self.time.data),
        )


def filled(workshop: Workshop) -> dict[str, Any]:
    """Return a workshop as its form holds it."""
    return {
        "title": workshop.title,
        "line": workshop.line,
        "room": workshop.room,
        "places": workshop.places,
        "time": workshop.time.value,
    }


class ClosesForm(Form):
    """Until when families choose."""

    closes_at = LondonField("Families choose until", [InputRequired("Enter a date and time.")])


class SpotsForm(Form):
    """Where one pupil goes in each part of the day."""

    first = SelectField("First part of the day, or the whole day")
    second = SelectField("Second part of the day")

    def offer(self, rooms: Sequence[tuple[Workshop, int]]) -> "SpotsForm":
        """Offer the workshops, with how many places are free at each."""
        for field, half in ((self.first, Half.FIRST), (self.second, Half.SECOND)):
            field.choices = {"": "No workshop"} | {
                workshop.public_id: f"{workshop.title} ({free} free)"
                for workshop, free in rooms
                if HALVES[workshop.time][0] is half
            }
        return self

    @property
    def chosen(self) -> list[str]:
        """Return the workshops chosen, by public id; a whole day fills the second part as well."""
        return [each for each in (self.first.data, self.second.data) if each]


class WishesForm(Form):
    """What a pupil would like: up to three workshops for each part of the day, best first."""

    first_1 = SelectField("First choice")
    first_2 = SelectField("Second choice")
    first_3 = SelectField("Third choice")
    second_1 = SelectField("First choice")
    second_2 = SelectField("Second choice")
    second_3 = SelectField("Third choice")

    def offer(self, view: FamilyChoice) -> "WishesForm":
        """Offer what there is in each part of the day; drop a part in which there is nothing."""
        found = {half: offered for half, _, offered in view.halves}
        for half in Half:
            for rank in range(1, WISHES_MAX + 1):
                name = wish_field(half, rank)
                if half in found and rank <= len(found[half]):
                    self[name].choices = {"": "No choice"} | {
                        workshop.public_id: workshop.title for workshop in found[half]
                    }
                else:
                    del self[name]
        return self

    def wishes(self, view: FamilyChoice) -> Mapping[Half, list[int]]:
        """Return the workshops chosen for each part of the day, by id, without gaps."""
        ids = {workshop.public_id: workshop.id for workshop in view.offered}
        return {
            half: [
                ids[self[name].data]
                for rank in range(1, WISHES_MAX + 1)
                if (name := wish_field(half, rank)) in self and self[name].data
            ]
            for half in Half
        }


def wished(wishes: Sequence[WorkshopWish], offered: Sequence[Workshop]) -> dict[str, str]:
    """Return wishes as their form holds them."""
    public_id = {workshop.id: workshop.public_id for workshop in offered}
    return {wish_field(Half(w.half), w.rank): public_id[w.workshop_id] for w in wishes}
