"""What a host may know about each pupil: the list of what is allowed, filled only here.

Never an address, pupil number, date of birth, free school meals, diagnosis, attainment, payment,
remission, or a parent's name or address. A field not in `RosterRow` cannot leave the school.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events.models import Event
from booking.days.groups import queries as group_queries
from booking.days.groups.queries import workshops as group_workshops
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain import year_groups
from booking.domain.needs import (
    COLLECTION_WORDS,
    DIET_WORDS,
    PHOTO_WORDS,
    Collection,
    Diet,
    PhotoPermission,
)
from booking.money.checkout.queries import questions
from booking.on_the_day.rosters import queries, windows
from booking.on_the_day.rosters.pages.extras import Extra
from booking.on_the_day.rosters.queries import DayNeeds


@dataclass(frozen=True)
class Adult:
    """An adult from the home school who comes too, with a mobile number to ring (E.164)."""

    name: str
    mobile: str


@dataclass(frozen=True)
class RosterRow:
    """What the host knows about one pupil."""

    school: str
    name: str
    year_group: str
    #: Life-safety alert; empty while closed, or for people who may not see it.
    health: str
    #: Dietary codes in words, and the codes; empty while closed.
    diet: str
    diets: tuple[Diet, ...]
    #: The adjustment needed, never the diagnosis; empty while closed.
    access: str
    photo: str
    collection: str
    adults: tuple[Adult, ...]
    #: The home school's number for the day.
    emergency_phone: str
    #: That consent is asked for again, because the event has moved; else empty.
    consent: str = ""
    #: The pupil's group at the event, and the workshops in order of the day; empty without.
    group: str = ""
    workshops: tuple[str, ...] = ()
    #: What the event adds, in the order of its columns: see `extras`.
    more: tuple[str, ...] = ()


#: As the family's page says it, and short: many of them stand below one another.
PHOTOS = {
    **PHOTO_WORDS,
    PhotoPermission.SCHOOL_USE: "Photos in school only",
    PhotoPermission.PUBLIC: "Photos may be published, no name",
}
WAYS_HOME = {**COLLECTION_WORDS, Collection.SCHOOL: "Back with the group"}
#: What most of them do: on a phone it is said once.
USUAL_WAY_HOME = WAYS_HOME[Collection.SCHOOL]
ASKED_AGAIN = "Asked again, not answered"
NOTHING_SAID = DayNeeds(PhotoPermission.NONE, Collection.SCHOOL, "")


def rows(
    event: Event,
    *,
    now: datetime,
    health: bool,
    needs: bool = True,
    more: Sequence[Extra] = (),
    by_name: bool = False,
) -> list[RosterRow]:
    """Return the pupils expected at an event, by school and name; `by_name` only by name.

    `health` is whether the viewer may see life-safety alerts, `needs` whether food and access;
    each is shown only while open. `more` are the event's own columns, as far as the viewer may see
    them.
    """
    days = windows.days_of(event)
    told = queries.day_needs(
        event.id,
        needs=needs and days.needs_are_open(now),
        health=health and days.health_is_open(now),
    )
    adults: dict[int, list[Adult]] = defaultdict(list)
    for adult in queries.adults(event.id):
        adults[adult.school_id].append(Adult(adult.name, adult.mobile))
    asked = questions.asked_again_of(event.id)
    groups = group_queries.names_by_booking(event.id)
    workshops = group_workshops.each_by_booking(event.id)
    found = place_queries.expected(event.id)
    return [
        _row(
            booking,
            told.get(booking.id, NOTHING_SAID),
            tuple(adults[booking.school_id]),
            asked_again=booking.id in asked,
            group=groups.get(booking.id, ""),
            workshops=tuple(workshops.get(booking.id, ())),
            more=tuple(extra.cell(booking) for extra in more),
        )
        for booking in (sorted(found, key=_alphabet) if by_name else found)
    ]


def _alphabet(booking: Booking) -> tuple[str, str, str, int]:
    pupil = booking.pupil
    return _letters(pupil.surname), _letters(pupil.forename), booking.school.name, booking.id


def _letters(name: str) -> str:
    """Return a name as an alphabet takes it: É beside E."""
    return unicodedata.normalize("NFKD", name.strip()).casefold()


def _row(
    booking: Booking,
    needs: DayNeeds,
    adults: tuple[Adult, ...],
    *,
    asked_again: bool,
    group: str,
    workshops: tuple[str, ...],
    more: tuple[str, ...],
) -> RosterRow:
    return RosterRow(
        school=booking.school.name,
        name=booking.pupil.name.strip(),
        year_group=year_groups.name(booking.pupil.year_group),
        health=needs.health,
        diet=food(needs.diets, needs.diet_note),
        diets=tuple(map(Diet, needs.diets)),
        access=needs.access,
        photo=PHOTOS[needs.photo],
        collection=way_home(needs.collection, needs.collected_by),
        adults=adults,
        emergency_phone=booking.school.emergency_phone or booking.school.office_phone,
        consent=ASKED_AGAIN if asked_again else "",
        group=group,
        workshops=workshops,
        more=more,
    )


def food(diets: Sequence[str], note: str) -> str:
    """Return dietary codes in words; what "something else" is, once the home school has said."""
    told = {**DIET_WORDS, Diet.OTHER: note or DIET_WORDS[Diet.OTHER]}
    return ", ".join(told[Diet(code)] for code in diets)


def way_home(collection: Collection, collected_by: str) -> str:
    """Return how a pupil leaves, with who collects."""
    words = WAYS_HOME[collection]
    if collection is Collection.NAMED_ADULT and collected_by:
        return f"{words}: {collected_by}"
    return words
