"""The round: gather what schools asked for, share the places once, publish how it was done."""

from datetime import datetime

from booking.days.allocation import queries, refusals
from booking.days.allocation.models import Round
from booking.days.allocation.service import mail
from booking.days.events.models import Event, Sharing
from booking.days.places import locks as place_locks
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.seasons import queries as season_queries
from booking.domain import terms
from booking.domain.allocation import check, claims, record, share
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db


def run(*, actor: Actor, now: datetime, event: Event) -> Round:
    """Share the places of an event among the schools that asked, once, and publish the result.

    Each school's coordinators are told what it received and why. Raises a RoundRefused, or
    `places.EventNotOpen` for an event that is not published, cancelled, or has begun.
    """
    event = place_locks.open_event(event.id, now)
    _refuse(event, now)
    round_ = place_queries.round_of(event)  # the line goes on from the same claims
    if not round_.claims:
        raise refusals.NobodyAsked(
            f"No school has asked for places at “{event.title}”, so there is nothing to share "
            "out. Extend the deadline, or tell schools about the event."
        )
    allotment = share.allot(round_)
    check.assert_valid(round_, allotment)
    ids = {request.school.slug: request.school_id for request in place_queries.requests(event.id)}
    counts = {ids[slug]: count for slug, count in allotment.counts.items()}
    received = {ids[claim.school]: claim.received for claim in round_.claims}
    places.allot(actor=actor, now=now, event=event, counts=counts, received=received)
    assert place_queries.round_of(event) == round_, (
        "the line goes on from the claims that are published"
    )
    row = publish(actor=actor, now=now, event=event, round_=round_, allotment=allotment)
    mail.tell_results(event, row, round_, allotment, ids, now=now)
    places.serve(event, actor=actor, now=now)  # what the host had given back of its own places
    return row


def _refuse(event: Event, now: datetime) -> None:
    if event.sharing is not Sharing.FAIR_ROUND:
        raise refusals.NoRound(_NO_ROUND[event.sharing].format(title=event.title))
    if before := queries.round_of(event.id):
        raise refusals.AlreadyRun(
            f"The round of “{event.title}” was run at {terms.in_sentence(before.run_at)}. "
            "A round is only run once, and its result stands."
        )
    if mark := season_queries.mark_of(event.id):
        raise refusals.NoRound(
            f"The places of “{event.title}” are shared by the season plan “{mark.name}”, together "
            "with those of other events. An event is only shared once, so there is no round to run."
        )
    closes_at = event.requests_close_at
    if closes_at is not None and now < closes_at:
        raise refusals.RequestsStillOpen(
            f"Schools may ask for places at “{event.title}” until "
            f"{terms.in_sentence(closes_at)}. Run the round after that."
        )


_NO_ROUND = {
    Sharing.SET_QUOTAS: (
        "The places at “{title}” are shared by quotas that the host sets, so there is no round to "
        "run."
    ),
    Sharing.FIRST_COME: (
        "The places at “{title}” are first come, first served, so there is no round to run."
    ),
}


def publish(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    round_: claims.RoundFacts,
    allotment: claims.Allotment,
) -> Round:
    """Store everything needed to recompute a round; the caller holds the event's lock."""
    published = record.record(round_, allotment)
    row = Round(
        event_id=event.id,
        record=record.to_bytes(published).decode("ascii"),
        digest=published["sha256"],
        run_by_id=actor.person_id,
        run_at=now,
    )
    db.session.add(row)
    audit.record(
        actor=actor,
        action="publish_round",
        subject=row,
        school_id=event.host_school_id,
        now=now,
        event_id=event.id,
        digest=row.digest,
        places=round_.places,
        schools=len(round_.schools),
    )
    return row
