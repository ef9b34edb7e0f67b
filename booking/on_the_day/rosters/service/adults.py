"""Writes of accompanying adults: a school says who comes and how to ring them."""

from datetime import datetime

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain import names
from booking.domain.permissions import Actor
from booking.foundation import contacts
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.rosters import queries
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils import locks as pupil_locks
from booking.people.schools.models import School

ADULTS_MAX = 10
NAME_MAX = 80


class AdultRefused(ValueError):
    """An adult cannot be saved like this; `field` names what to correct."""

    field = "name"


class AdultNameMissing(AdultRefused):
    """An adult needs a name that fits on the roster."""

    def __init__(self) -> None:
        super().__init__(f"Enter the adult’s name, at most {NAME_MAX} characters.")


class NotAMobile(AdultRefused):
    """The host must be able to ring the adult."""

    field = "mobile"


class NotAnAdultsAddress(AdultRefused):
    """An address that is given must be one."""

    field = "email"


class NobodyGoes(AdultRefused):
    """The school has no place at this event, so nobody needs accompanying."""

    field = ""

    def __init__(self) -> None:
        super().__init__("Your school has no places at this event.")


class AdultRestricted(AdultRefused):
    """What is held of the adult is only kept, so they are named for nothing new."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is restricted: what you hold is kept, and nothing new is done with it until "
            "the restriction is lifted, under “Requests about what is held”."
        )


class TooManyAdults(AdultRefused):
    """The school has already entered the most adults allowed."""

    field = ""

    def __init__(self) -> None:
        super().__init__(f"You can enter at most {ADULTS_MAX} adults. Remove one first.")


def add_adult(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    school: School,
    name: str,
    mobile: str,
    email: str = "",
    leads: bool = False,
    gives_first_aid: bool = False,
) -> AccompanyingAdult:
    """Add an adult who comes along; the same name again changes what is said of them.

    Whoever leads the visit takes over from the one who led it before. Raises AdultRefused.
    """
    pupil_locks.list_of(school)  # nobody erases the adult meanwhile
    name = names.tidy(name)
    if not name or len(name) > NAME_MAX:
        raise AdultNameMissing
    number, address = _mobile(mobile), _email(email)
    if not place_queries.held(event.id).get(school.id):
        raise NobodyGoes
    known = queries.adults(event.id, school.id)
    adult = next((a for a in known if a.name.casefold() == name.casefold()), None)
    if adult is None and len(known) >= ADULTS_MAX:
        raise TooManyAdults
    own = {adult.mobile, adult.email} if adult else set()
    if queries.ways_to_restricted(school.id) & ({number, address} - own):
        raise AdultRestricted(name)
    if adult is None:
        adult = AccompanyingAdult(event_id=event.id, school_id=school.id, name=name, mobile=number)
        db.session.add(adult)
    adult.mobile, adult.email = number, address
    if leads:
        for each in known:
            each.leads = False
    adult.leads, adult.gives_first_aid = leads, gives_first_aid
    audit.record(
        actor=actor,
        action="name_adult",
        subject=adult,
        school_id=school.id,
        now=now,
        event_id=event.id,
    )
    return adult


def bring_as_before(
    *, actor: Actor, now: datetime, event: Event, school: School
) -> list[AccompanyingAdult]:
    """Add the adults who went to the school's last event, as far as they are not here already.

    Raises NobodyGoes, TooManyAdults.
    """
    pupil_locks.list_of(school)  # nobody who is read here is erased meanwhile
    return [
        add_adult(
            actor=actor,
            now=now,
            event=event,
            school=school,
            name=one.name,
            mobile=one.mobile,
            email=one.email,
            leads=one.leads,
            gives_first_aid=one.gives_first_aid,
        )
        for one in queries.adults_before(event.id, school.id)
    ]


def remove_adult(*, actor: Actor, now: datetime, adult: AccompanyingAdult) -> None:
    """Remove an adult from the roster."""
    audit.record(
        actor=actor,
        action="remove_adult",
        subject=adult,
        school_id=adult.school_id,
        now=now,
        event_id=adult.event_id,
    )
    db.session.delete(adult)


def _mobile(text: str) -> str:
    try:
        number = contacts.e164(text)
    except contacts.NotAPhone as error:
        raise NotAMobile(str(error)) from error
    if not number:
        raise NotAMobile("Enter a mobile number that the host can ring on the day.")
    return number


def _email(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return contacts.email_address(text)
    except contacts.NotAnEmail as error:
        raise NotAnAdultsAddress(str(error)) from error
