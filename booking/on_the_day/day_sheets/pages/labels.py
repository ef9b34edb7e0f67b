"""Labels and badges: who they are for, in which order, and what stands on them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from booking.days.events.models import Event
from booking.days.groups import pages as group_pages
from booking.days.groups import queries as group_queries
from booking.days.leading import queries as leading_queries
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.label_sheets import SHEETS, LabelSheet
from booking.domain.permissions import Action, Actor, Scope, may
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters import windows
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School


class LabelOrder(StrEnum):
    """In which order labels come off the sheet."""

    SCHOOL = "school"
    GROUP = "group"
    NAME = "name"


class LabelOwners(StrEnum):
    """Whose names are printed."""

    PUPILS = "pupils"
    ADULTS = "adults"


ORDER_WORDS = {
    LabelOrder.SCHOOL: "By school",
    LabelOrder.GROUP: "By group",
    LabelOrder.NAME: "By first name",
}
OWNER_WORDS = {
    LabelOwners.PUPILS: "The pupils",
    LabelOwners.ADULTS: "The adults: who accompany pupils, who lead, and the day staff",
}
ACCOMPANIES, HELPS, LEADS = "Accompanying adult", "Day staff", "Leads"


@dataclass(frozen=True)
class LabelChoice:
    """What was chosen on the form."""

    sheet: LabelSheet = SHEETS["21"]
    owners: LabelOwners = LabelOwners.PUPILS
    order: LabelOrder = LabelOrder.SCHOOL
    #: The first label that is still on the sheet, from 1.
    first: int = 1
    #: The surname's first letter instead of the surname.
    initial: bool = False
    #: Whether a pupil with an alert has a mark.
    marks: bool = False


@dataclass(frozen=True)
class LabelText:
    """What stands on one label. Nothing says why anybody was chosen for the day."""

    big: str
    small: str
    school: str
    #: The group and the workshops, or what an adult does.
    below: tuple[str, ...] = ()
    mark: bool = False
    #: Where it stands among the others.
    order: tuple[str | int, ...] = ()


def marks_are_open(event: Event, *, actor: Actor, now: datetime) -> bool:
    """Return whether a mark for alerts may be printed for this person now."""
    scope = Scope(event.host_school_id, event.id)
    return may(actor, Action.SEE_HEALTH, scope) and windows.days_of(event).health_is_open(now)


def labels(
    event: Event, choice: LabelChoice, *, actor: Actor, now: datetime
) -> Sequence[LabelText]:
    """Return the labels that were chosen, in their order; marks only where they are open."""
    if choice.owners is LabelOwners.ADULTS:
        return _of_adults(event)
    allowed = choice.marks and marks_are_open(event, actor=actor, now=now)
    return _of_pupils(event, replace(choice, marks=allowed))


def _of_pupils(event: Event, choice: LabelChoice) -> list[LabelText]:
    told = roster_queries.day_needs(event.id, needs=False, health=True) if choice.marks else {}
    alerts = {booking_id for booking_id, needs in told.items() if needs.health}
    columns = group_pages.together(event.id)
    place = {group.id: group.position for group in group_queries.groups(event.id)}
    groups = group_queries.group_ids(event.id)
    found = []
    for booking in place_queries.expected(event.id):
        position = place.get(groups.get(booking.id, 0), len(place))
        found.append(
            LabelText(
                big=booking.pupil.forename.strip(),
                small=_surname(booking, initial=choice.initial),
                school=booking.school.name,
                below=tuple(said for _, names in columns if (said := names.get(booking.id))),
                mark=booking.id in alerts,
                order=_order(booking, choice.order, position),
            )
        )
    return sorted(found, key=lambda label: label.order)


def _surname(booking: Booking, *, initial: bool) -> str:
    surname = booking.pupil.surname.strip()
    return f"{surname[:1]}." if initial and surname else surname


def _order(booking: Booking, by: LabelOrder, group: int) -> tuple[str | int, ...]:
    forename, surname = (
        part.strip().casefold() for part in (booking.pupil.forename, booking.pupil.surname)
    )
    school = booking.school.name.casefold()
    match by:
        case LabelOrder.SCHOOL:
            return (school, surname, forename, booking.id)
        case LabelOrder.GROUP:
            return (group, surname, forename, booking.id)
        case LabelOrder.NAME:
            return (forename, surname, booking.id)


def _of_adults(event: Event) -> list[LabelText]:
    schools = {booking.school_id: booking.school for booking in place_queries.expected(event.id)}
    found = [
        _adult(adult.name, schools[adult.school_id].name, ACCOMPANIES)
        for adult in roster_queries.adults(event.id)
        if adult.school_id in schools
    ]
    helpers = school_queries.day_staff(event.id)
    found += [_adult(grant.person.name, event.host_school.name, HELPS) for grant in helpers]
    leading = leading_queries.of_event(event.id)
    if leading is not None and leading.teacher:
        found.append(_adult(leading.teacher, _school_of(leading.school, event), LEADS))
    elif leading is not None and leading.organisation:
        found.append(_adult(leading.organisation, "", LEADS))
    return sorted(found, key=lambda label: (label.school, label.big, label.small))


def _school_of(school: School | None, event: Event) -> str:
    return (school or event.host_school).name


def _adult(name: str, school: str, does: str) -> LabelText:
    first, _, rest = name.strip().partition(" ")
    return LabelText(big=first, small=rest, school=school, below=(does,))
