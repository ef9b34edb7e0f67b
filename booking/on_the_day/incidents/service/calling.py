"""Calls about a pupil who has not come: each is kept, with what was learnt."""

from datetime import datetime

from booking.days.events.models import EventDate
from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.domain.booking_states import EXPECTED
from booking.domain.permissions import Actor
from booking.domain.registering import Arrival, Aspect
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.incidents import queries
from booking.on_the_day.incidents.models import Call, Callee, CallResult
from booking.on_the_day.incidents.refusals import NotAtTheEvent, Settled
from booking.on_the_day.rosters import service as rosters


def note_call(
    *,
    actor: Actor,
    now: datetime,
    day: EventDate,
    booking: Booking,
    callee: Callee,
    result: CallResult,
    learnt: str,
) -> Call:
    """Keep who rang whom about a pupil, how it ended and what was learnt. Raises NotAtTheEvent."""
    assert actor.person_id is not None, "only people ring"
    booking = place_locks.booking(booking.id)
    if booking.event_id != day.event_id or booking.state not in EXPECTED:
        raise NotAtTheEvent
    call = Call(
        date_id=day.id,
        booking_id=booking.id,
        callee=callee,
        result=result,
        learnt=learnt.strip(),
        made_at=now,
        made_by_id=actor.person_id,
    )
    db.session.add(call)
    audit.record(
        actor=actor,
        action="note_call",
        subject=call,
        school_id=booking.school_id,
        now=now,
        event_id=day.event_id,
        callee=callee.value,
        result=result.value,
    )
    return call


def settle(
    *, actor: Actor, now: datetime, day: EventDate, booking: Booking, arrival: Arrival
) -> Booking:
    """Mark where a pupil is who was unexplained; whoever comes second is told to look again.

    Raises Settled, and what the register raises.
    """
    assert arrival in queries.KNOWN, "it says where the pupil is"
    booking = place_locks.booking(booking.id)
    if booking.id not in {one.id for one in queries.unexplained(day.event_id, day.id)}:
        raise Settled
    return rosters.mark(
        actor=actor, now=now, day=day, booking=booking, aspect=Aspect.ARRIVAL, mark=arrival
    )
