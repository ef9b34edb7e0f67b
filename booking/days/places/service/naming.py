"""Naming pupils for a school's places, swapping one for another, and giving places back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.places import locks, queries, refusals
from booking.days.places.models import Booking, Place
from booking.days.places.queries import bookings
from booking.days.places.service import invitations, line, mail, moves
from booking.domain import english, year_groups
from booking.domain.booking_states import LIVE, SEATED, BookingState
from booking.domain.permissions import Actor
from booking.people.pupils import locks as pupil_locks
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School


def name_pupil(
    *, actor: Actor, now: datetime, event: Event, school: School, pupil: Pupil
) -> Booking:
    """Give one pupil a place that the school holds; the parents are asked."""
    return name_pupils(actor=actor, now=now, event=event, school=school, pupils=[pupil])[0]


def name_pupils(
    *, actor: Actor, now: datetime, event: Event, school: School, pupils: Sequence[Pupil]
) -> list[Booking]:
    """Give pupils, reserves included, the school's places without a name: all of them or none."""
    event = locks.open_event(event.id, now)
    chosen = lock_chosen(school, pupils)
    vacant = _nameable(event, school, now=now)
    if len(chosen) > len(vacant):
        raise refusals.MoreNamesThanPlaces(_too_many(len(chosen), len(vacant)))
    earlier = refuse_pupils(event, chosen, may_be=BookingState.RESERVE)
    named = []
    for place, pupil in zip(vacant, chosen, strict=False):
        booking = earlier.get(pupil.id) or new_booking(event, pupil)
        invitations.invite(event, booking, place, actor=actor, now=now)
        named.append(booking)
    return named


def swap_pupil(*, actor: Actor, now: datetime, booking: Booking, pupil: Pupil) -> Booking:
    """Withdraw a pupil and give the same place to another of the same school."""
    event = locks.open_event(booking.event_id, now)
    booking = locks.booking(booking.id)
    if booking.state not in SEATED or booking.place is None:
        raise refusals.NotSeated(f"{booking.pupil.name} no longer has a place at this event.")
    place = booking.place
    [chosen] = lock_chosen(booking.school, [pupil])
    earlier = refuse_pupils(event, [chosen], may_be=BookingState.RESERVE)
    moves.move(booking, BookingState.WITHDRAWN, actor=actor, now=now)
    mail.tell_of_withdrawal(event, booking, actor=actor, now=now)
    successor = earlier.get(chosen.id) or new_booking(event, chosen)
    invitations.invite(event, successor, place, actor=actor, now=now)
    return successor


def take_again(*, actor: Actor, now: datetime, booking: Booking) -> Booking:
    """Give a pupil a place again that was given back, as long as one is free; parents are asked.

    A place is free once the school's own reserves and the line have been served, so nobody is
    passed over. Raises NoPlaceFree, EventNotOpen and what naming refuses.
    """
    event = locks.open_event(booking.event_id, now)
    booking = locks.booking(booking.id)
    lock_chosen(booking.school, [booking.pupil])
    refuse_pupils(event, [booking.pupil])
    place = _place_to_take(event, booking)
    if place is None:
        raise refusals.NoPlaceFree("The place has gone to somebody else meanwhile.")
    line.hold(event, place, booking.school_id, actor=actor, now=now)
    invitations.invite(event, booking, place, actor=actor, now=now)
    return booking


def may_take_again(booking: Booking, now: datetime) -> bool:
    """Return whether a place that was given back could be taken again now, without a lock."""
    return event_states.is_live(booking.event, now) and (
        booking.pupil.left_at is None and _place_to_take(booking.event, booking) is not None
    )


def _place_to_take(event: Event, booking: Booking) -> Place | None:
    """Return a free place, the pupil's own if it is among them, if the school may have one more."""
    holding = queries.held(event.id).get(booking.school_id, 0)
    if event.cap_per_school is not None and holding >= event.cap_per_school:
        return None
    free = queries.free_places(event.id)
    return next((place for place in free if place.id == booking.place_id), next(iter(free), None))


def give_back_places(
    *, actor: Actor, now: datetime, event: Event, school: School, count: int
) -> None:
    """Give back places without a name: to the school's own reserves, otherwise to the line."""
    event = locks.open_event(event.id, now)
    vacant = queries.vacant_places(event.id, school.id)
    if count < 1:
        raise refusals.NothingToGiveBack("Give back at least 1 place.")
    if count > len(vacant):
        raise refusals.NothingToGiveBack(
            f"You have {english.plural(len(vacant), 'place')} without a name. To give back a "
            "place that a pupil has, withdraw the pupil first."
        )
    for place in vacant[len(vacant) - count :]:
        line.give_on(event, place, actor=actor, now=now)


def lock_chosen(school: School, pupils: Sequence[Pupil]) -> list[Pupil]:
    """Return the pupils chosen, each once and locked, in the order in which they were chosen."""
    ids = list(dict.fromkeys(pupil.id for pupil in pupils))
    if not ids:
        raise refusals.NobodyChosen("Choose at least one pupil.")
    found = {pupil.id: pupil for pupil in pupil_locks.pupils(ids)}
    if any(pupil.school_id != school.id for pupil in found.values()):
        raise refusals.NamingRefused(f"Only choose pupils from {school.name}.")
    return [found[id_] for id_ in ids]


def refuse_pupils(
    event: Event, pupils: Sequence[Pupil], *, may_be: BookingState | None = None
) -> Mapping[int, Booking]:
    """Raise if one of the pupils may not be named; return their earlier bookings at this event."""
    ids = [pupil.id for pupil in pupils]
    before, busy = bookings.of_pupils(event.id, ids), bookings.elsewhere(event, ids)
    years, restricted = (event.low_year, event.high_year), pupil_queries.restricted(pupils)
    for pupil in pupils:
        booking = before.get(pupil.id)
        if pupil.id in restricted:
            raise refusals.PupilRestricted(pupil.name)
        if pupil.left_at is not None:
            raise refusals.NamingRefused(f"{pupil.name} is no longer on your list of pupils.")
        if not years[0] <= pupil.year_group <= years[1]:
            raise refusals.NamingRefused(
                f"{pupil.name} is in {year_groups.name(pupil.year_group)}; this event is for "
                f"{year_groups.range_name(*years)}."
            )
        if booking is not None and booking.state in LIVE and booking.state is not may_be:
            raise refusals.NamedAlready(_named_already(pupil, booking))
        if pupil.id in busy:
            raise refusals.ElsewhereThatDay(
                f"{pupil.name} has a place at “{busy[pupil.id].title}” at the same time."
            )
    return before


def new_booking(event: Event, pupil: Pupil) -> Booking:
    """Return a booking that is not yet in the session."""
    return Booking(event_id=event.id, pupil_id=pupil.id, pupil=pupil, school_id=pupil.school_id)


def _nameable(event: Event, school: School, *, now: datetime) -> list[Place]:
    vacant = queries.vacant_places(event.id, school.id)
    open_ = [place for place in vacant if not is_overdue(event, place, now)]
    if vacant and not open_:
        raise refusals.NamingClosed(
            "The date for naming pupils has passed. Places without a name go to the next school."
        )
    return open_


def is_overdue(event: Event, place: Place, now: datetime) -> bool:
    """Return whether the time to name a pupil for this place is over."""
    closes_at = place.name_by_at or event.naming_close_at
    return closes_at is not None and closes_at <= now


def _too_many(chosen: int, vacant: int) -> str:
    pupils = english.plural(chosen, "pupil")
    if vacant == 0:
        return f"You chose {pupils}, but you have no free places. Add them as reserves."
    return (
        f"You chose {pupils}, but you have {english.plural(vacant, 'free place')}. Untick "
        f"{chosen - vacant}, or add them as reserves."
    )


def _named_already(pupil: Pupil, booking: Booking) -> str:
    if booking.state is BookingState.RESERVE:
        return f"{pupil.name} is already on your reserve list."
    return f"{pupil.name} already has a place at this event."
