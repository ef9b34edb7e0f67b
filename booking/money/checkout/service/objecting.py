"""A parent does not agree with what the other did: told to their school, the place taken again.

A place that one parent gave back may be asked for again by either, once, as long as it is free:
no reserve of the school has it, no school in the line was offered it, and the school may hold one
more. The pupil is then invited anew, so that consent is given by whoever wants the place, and both
parents are told. After that the school decides.
"""

from datetime import datetime

from booking.days.places import locks as place_locks
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.checkout import locks
from booking.money.checkout.models import Objection
from booking.money.checkout.queries import questions, replies
from booking.money.checkout.service import mail

#: Of anything else there is nothing to object to: the page says what to do.
OBJECTIONABLE = frozenset(
    {
        BookingState.INVITED,
        BookingState.CONFIRMED,
        BookingState.DECLINED,
        BookingState.LAPSED,
        BookingState.WITHDRAWN,
    }
)
GIVEN_BACK = frozenset({BookingState.DECLINED, BookingState.WITHDRAWN})


class NothingToObjectTo(ValueError):
    """The event is over or cancelled, or nobody has answered yet."""

    def __init__(self) -> None:
        super().__init__("There is no longer anything to decide about this place.")


class NotToBeTakenAgain(ValueError):
    """The place was not given back by a parent, or was asked for again before."""

    def __init__(self) -> None:
        super().__init__("The place cannot be asked for again here. Please ask the school.")


def raise_objection(*, actor: Actor, now: datetime, booking: Booking, parent_id: int) -> Objection:
    """Tell the pupil's school that a parent does not agree; saying it twice is once.

    Raises NothingToObjectTo.
    """
    booking = place_locks.booking_at_event(booking.id)
    if booking.state not in OBJECTIONABLE:
        raise NothingToObjectTo
    for known in questions.objections_to([booking.id]):
        if known.parent_id == parent_id and known.settled_at is None:
            return known
    return _object(booking, parent_id, took_back=False, actor=actor, now=now)


def may_take_again(booking: Booking, now: datetime) -> bool:
    """Return whether a parent may ask for the place again: one of them gave it back, once."""
    return _was_given_back(booking) and places.may_take_again(booking, now)


def take_again(*, actor: Actor, now: datetime, booking: Booking, parent_id: int) -> Booking:
    """Give a pupil a place again that a parent gave back; the parents are asked anew.

    Raises NotToBeTakenAgain, places.NoPlaceFree and what naming refuses.
    """
    booking = place_locks.booking_at_event(booking.id)
    if booking.state in {BookingState.INVITED, BookingState.CONFIRMED}:
        return booking  # the same button once more, or the other parent was quicker
    if not _was_given_back(booking):
        raise NotToBeTakenAgain
    answers = questions.answers_to(booking.id)
    same = answers[-1].parent_id == parent_id
    found = _object(booking, parent_id, took_back=True, actor=actor, now=now, settled=same)
    booking = places.take_again(actor=actor, now=now, booking=booking)
    assert found.took_back, "a place is taken again once"
    return booking


def settle_objection(*, actor: Actor, now: datetime, objection: Objection) -> Objection:
    """Record that the school has dealt with it. Doing it again changes nothing."""
    found = locks.objection(objection.id)
    if found.settled_at is None:
        found.settled_at, found.settled_by_id = now, actor.person_id
        school_id = found.booking.school_id
        audit.record(
            actor=actor, action="settle_objection", subject=found, school_id=school_id, now=now
        )
    return found


def _was_given_back(booking: Booking) -> bool:
    consent = replies.reply(booking).consent
    return (
        booking.state in GIVEN_BACK
        and consent is not None
        and not consent.given
        and not any(known.took_back for known in questions.objections_to([booking.id]))
    )


def _object(
    booking: Booking,
    parent_id: int,
    *,
    took_back: bool,
    actor: Actor,
    now: datetime,
    settled: bool = False,
) -> Objection:
    found = Objection(
        booking_id=booking.id,
        parent_id=parent_id,
        state=booking.state,
        raised_at=now,
        took_back=took_back,
        settled_at=now if settled else None,
    )
    db.session.add(found)
    db.session.flush()
    audit.record(
        actor=actor,
        action="take_place_again" if took_back else "object",
        subject=found,
        school_id=booking.school_id,
        now=now,
        booking=booking.id,
    )
    if not settled:
        mail.objection(found, booking, now=now)
    return found
