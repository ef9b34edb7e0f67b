"""Who leads: pupils from a list or by name, their school's agreement, one stop's leaders."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from booking.days.events.forms.rows import LinesField
from booking.days.tours.models import TourLeader, TourStop
from booking.domain import year_groups
from booking.foundation.web.forms import CheckboxesField, Depends, Form
from booking.people.pupils.models import Pupil


def _many(label: str) -> CheckboxesField:
    # Whatever is not on the list is left out.
    return CheckboxesField(label, [Depends()], choices=[], validate_choice=False)


class LeadersForm(Form):
    """More leaders of a tour."""

    pupils = _many("From your list of pupils")
    names = LinesField("Or write their names", [Depends()])

    def offer(self, pupils: Iterable[Pupil]) -> "LeadersForm":
        """Let a coordinator tick these pupils."""
        self.pupils.choices = [
            (pupil.public_id, f"{pupil.name}, {year_groups.name(pupil.year_group)}")
            for pupil in pupils
        ]
        return self

    def chosen(self, pupils: Iterable[Pupil]) -> list[Pupil]:
        """Return the pupils that were ticked."""
        ticked = set(self.pupils.data or [])
        return [pupil for pupil in pupils if pupil.public_id in ticked]

    def written(self) -> list[str]:
        """Return the names that were written, one to a line."""
        return [line for line in (self.names.data or "").splitlines() if line.strip()]


class _OfLeaders(Form):
    """A form with a tick for each of some leaders."""

    leaders: Any

    def offer(self, leaders: Sequence[TourLeader]) -> Self:
        """Let the person tick these leaders."""
        self.leaders.choices = [(leader.public_id, leader.name) for leader in leaders]
        return self


class AgreeToLeadersForm(_OfLeaders):
    """For whom the school says that it agrees and that the parents have been told."""

    leaders = _many("Our school agrees, and the parents have been told, for")


class StopLeadersForm(_OfLeaders):
    """Who leads one stop."""

    leaders = _many("Who leads")


def stop_leaders_filled(stop: TourStop) -> dict[str, list[str]]:
    """Return who leads a stop as the form's first values."""
    return {"leaders": [leader.public_id for leader in stop.leaders]}
