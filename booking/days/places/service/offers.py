"""A school's answer to an offered place."""

from datetime import datetime

from booking.days.events.models import Event
from booking.days.places import locks, refusals
from booking.days.places.models import Offer, OfferState, Place
from booking.days.places.service import line
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db

_OVER = {
    OfferState.ACCEPTED: "This place has already been accepted.",
    OfferState.DECLINED: "This place has been declined and gone to the next school in the queue.",
    OfferState.EXPIRED: "This offer has expired; the place went to the next school in the queue.",
    OfferState.WITHDRAWN: "This offer is no longer open: the event has been cancelled or changed.",
}


def accept_offer(*, actor: Actor, now: datetime, offer: Offer) -> Place:
    """Accept an offered place, which now belongs to the school."""
    event = locks.open_event(offer.event_id, now)
    offer = _open(offer, now)
    end_offer(offer, OfferState.ACCEPTED, actor=actor, now=now)
    line.hold(event, offer.place, offer.school_id, actor=actor, now=now)
    return offer.place


def decline_offer(*, actor: Actor, now: datetime, offer: Offer) -> None:
    """Decline an offered place, which is offered to the next school in line."""
    event = locks.open_event(offer.event_id, now)
    pass_on(event, _open(offer, now), OfferState.DECLINED, actor=actor, now=now)


def pass_on(event: Event, offer: Offer, to: OfferState, *, actor: Actor, now: datetime) -> None:
    """End an offer that was not taken and serve the line; its school wants no more for now."""
    end_offer(offer, to, actor=actor, now=now)
    line.leave_line(event, offer.school_id)
    line.serve(event, actor=actor, now=now)


def end_offer(offer: Offer, to: OfferState, *, actor: Actor, now: datetime) -> None:
    """End an open offer and record it."""
    assert offer.state is OfferState.OPEN, "an offer ends once"
    offer.state, offer.ended_at = to, now
    db.session.flush()
    audit.record(
        actor=actor,
        action="end_offer",
        subject=offer,
        school_id=offer.school_id,
        now=now,
        event_id=offer.event_id,
        place_id=offer.place_id,
        after=to.value,
    )


def _open(offer: Offer, now: datetime) -> Offer:
    offer = locks.offer(offer.id)
    state = offer.state
    if state is OfferState.OPEN and offer.expires_at <= now:
        state = OfferState.EXPIRED
    if state is not OfferState.OPEN:
        raise refusals.OfferOver(_OVER[state])
    return offer
