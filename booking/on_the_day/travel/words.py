"""What is said of the way to an event and of shared seats, on pages and in mails."""

from collections.abc import Iterable
from datetime import time

from booking.domain import english, terms
from booking.foundation import contacts
from booking.on_the_day.travel.details import SchoolArrival
from booking.on_the_day.travel.models import SeatShare, SeatState, TravelPlan
from booking.people.schools.models import Person

STATES = {
    SeatState.ASKED: ("Asked", "info"),
    SeatState.CONFIRMED: ("Confirmed", "good"),
    SeatState.DECLINED: ("Declined", "bad"),
    SeatState.WITHDRAWN: ("Given back", "neutral"),
    SeatState.TAKEN_BACK: ("Taken back", "bad"),
    SeatState.CALLED_OFF: ("Event cancelled", "bad"),
}


def at(when: time | None) -> str:
    """Return a time, or "" while nobody has said."""
    return terms.time_text(when) if when else ""


def seats(number: int) -> str:
    """Return "4 seats"."""
    return english.plural(number, "seat")


def timed(plan: TravelPlan | SchoolArrival) -> str:
    """Return "leaves at 8:30am, arrives at 9am, back at 3:45pm", as far as it has been said."""
    said = (
        ("leaves at", plan.leaves),
        ("arrives at", plan.arrives),
        ("back at", plan.back),
    )
    return ", ".join(f"{verb} {at(when)}" for verb, when in said if when)


def arriving(arrival: SchoolArrival) -> str:
    """Return "Coach, arrives at 9am"; "" while nobody has said."""
    parts = (arrival.how, f"arrives at {at(arrival.arrives)}" if arrival.arrives else "")
    said = ", ".join(filter(None, parts))
    return said[:1].upper() + said[1:]


def way(arrival: SchoolArrival | None) -> str:
    """Return how a school travels and whom to ring there, in sentences: "Coach: leaves at 8am."."""
    if arrival is None:
        return ""
    base = ", ".join(filter(None, (arrival.base_name, contacts.readable_phone(arrival.base_phone))))
    parts = (
        ": ".join(filter(None, (arrival.how, timed(arrival)))),
        f"At school: {base}" if base else "",
    )
    return " ".join(f"{part}." for part in parts if part)


def people(coordinators: Iterable[Person], office_phone: str) -> list[str]:
    """Return whom another school speaks to: names and addresses, and the office's telephone."""
    office = f"office {contacts.readable_phone(office_phone)}" if office_phone else ""
    named = [f"{person.name}, {person.email}" for person in coordinators]
    return [*named, *filter(None, (office,))]


def of_share(share: SeatShare) -> str:
    """Return what became of seats, for the school that asked for them."""
    giver, count = share.plan.school.name, seats(share.seats)
    match share.state:
        case SeatState.ASKED:
            return f"{count} asked of {giver}"
        case SeatState.CONFIRMED:
            return f"{count} in the bus of {giver}"
        case SeatState.DECLINED:
            return f"{giver} declined: no seats there"
        case SeatState.TAKEN_BACK:
            return f"{giver} took back {count}: find another way"
        case SeatState.CALLED_OFF:
            return f"{count} with {giver}: the event is cancelled"
        case SeatState.WITHDRAWN:
            return f"{count} given back to {giver}"
