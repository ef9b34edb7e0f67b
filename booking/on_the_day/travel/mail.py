"""Mail about shared seats, to the coordinators of both schools. It names no pupil."""

from collections.abc import Sequence
from datetime import datetime

from booking.domain import terms
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.on_the_day.travel import words
from booking.on_the_day.travel.models import SeatShare, SeatState
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School


def asked(share: SeatShare, *, now: datetime) -> None:
    """Tell the school with the bus that another asks for seats."""
    count = words.seats(share.seats)
    _write(
        share,
        share.plan.school,
        "asked",
        f"{share.school.name} asks for {count}",
        (f"It would like {count} in your bus to {share.plan.event.title}.", _contact(share.school)),
        now=now,
    )


def given_back(share: SeatShare, *, now: datetime) -> None:
    """Tell the school with the bus that seats are free again."""
    said = f"It no longer needs {words.seats(share.seats)} in your bus."
    heading = f"{share.school.name} gives its seats back"
    _write(share, share.plan.school, "given_back", heading, (said,), now=now)


def answered(share: SeatShare, *, now: datetime) -> None:
    """Tell the school that asked what became of its seats."""
    count, giver = words.seats(share.seats), share.plan.school
    match share.state:
        case SeatState.CONFIRMED:
            heading = f"{giver.name} has {count} for you"
            lines = [_bus(share), _contact(giver)]
        case SeatState.DECLINED:
            heading = f"{giver.name} has no seats for you"
            lines = ["Please find another way, and say how your pupils travel."]
        case SeatState.TAKEN_BACK:
            heading = f"{giver.name} takes {count} back"
            lines = ["Your pupils cannot travel with it now. Please find another way."]
            lines += [_contact(giver)]
        case _:
            heading = f"No bus of {giver.name}: the event is cancelled"
            lines = [f"Your {count} in it are off as well."]
    _write(share, share.school, share.state.value, heading, lines, now=now)


def bus_changed(share: SeatShare, *, now: datetime) -> None:
    """Tell a school with seats that the bus leaves at another time, or from another place."""
    giver = share.plan.school
    heading = f"{giver.name} has changed its bus"
    _write(share, share.school, "changed", heading, (_bus(share), _contact(giver)), now=now)


def event_moved(share: SeatShare, *, now: datetime) -> None:
    """Tell a school with seats that the event has moved, so the bus may have to."""
    giver = share.plan.school
    lines = (
        f"The event’s time or place has changed. {giver.name} has been asked to look at its bus "
        "again; it may leave at another time, or not go.",
        _contact(giver),
    )
    _write(share, share.school, "moved", f"Ask {giver.name} about its bus", lines, now=now)


def _bus(share: SeatShare) -> str:
    plan = share.plan
    said = words.timed(plan)
    where = f" You get on here: {plan.gets_on}." if plan.gets_on else ""
    return f"Its bus {said}.{where}" if said else f"Its times have not been said yet.{where}"


def _contact(school: School) -> str:
    """Return whom to speak to at a school."""
    people = words.people(school_queries.coordinators(school.id), school.office_phone)
    return f"At {school.name}: {'; '.join(people)}."


def _write(
    share: SeatShare,
    to: School,
    occasion: str,
    heading: str,
    lines: Sequence[str],
    *,
    now: datetime,
) -> None:
    event = share.plan.event
    other = share.school if to.id == share.plan.school_id else share.plan.school
    for person in school_queries.coordinators(to.id):
        notifications.queue(
            key=f"seats:{occasion}:{share.id}:{now.isoformat()}:person:{person.id}",
            to=person.email,
            template="seats_news",
            now=now,
            keep_until=event.last_ends_at,
            reply_to=school_queries.mailbox_of(school_queries.coordinators(other.id)),
            name=person.name,
            heading=heading,
            title=event.title,
            when=terms.in_sentence(event.first_starts_at) if event.first_starts_at else "",
            lines=list(lines),
            action_url=absolute_url(addresses.SCHOOL_TRAVEL(slug=event.slug)),
            action_label="See how you travel",
        )
