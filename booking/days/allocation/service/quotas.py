"""Set quotas: the host keeps a number of places for each school, until they are released."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from booking.days.allocation import queries, refusals
from booking.days.allocation.service import mail, rounds
from booking.days.events import locks as event_locks
from booking.days.events.models import Event, EventState, Sharing
from booking.days.places import locks as place_locks
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.domain import english
from booking.domain.allocation import check, claims, share
from booking.domain.permissions import WORKER, Actor
from booking.foundation.audit import service as audit
from booking.people.schools.models import School


def set_quotas(
    *, actor: Actor, now: datetime, event: Event, quotas: Mapping[str, int]
) -> list[School]:
    """Keep this many places for each school, by slug; return the schools that changed.

    It is all or nothing. Coordinators of a changed school are told. Raises a RoundRefused, or
    `places.EventNotOpen` for an event that is not published, cancelled, or has begun.
    """
    event = place_locks.open_event(event.id, now)
    if event.sharing is not Sharing.SET_QUOTAS:
        raise refusals.NoRound(f"“{event.title}” does not share its places by set quotas.")
    kept = {row.school.slug: row for row in queries.kept(event)}
    _refuse_total(event, {slug: quotas.get(slug, row.quota) for slug, row in kept.items()})
    changed = [row for slug, row in kept.items() if quotas.get(slug, row.quota) != row.quota]
    # Places are released before others are kept, so that no school waits for what another returns.
    for row in sorted(changed, key=lambda row: quotas[row.school.slug] - row.quota):
        _set(event, row.school, quotas[row.school.slug], actor=actor, now=now)
    if changed:
        audit.record(
            actor=actor,
            action="set_quotas",
            subject=event,
            school_id=event.host_school_id,
            now=now,
            changed={row.school.slug: quotas[row.school.slug] for row in changed},
        )
    return [row.school for row in changed]


def _refuse_total(event: Event, quotas: Mapping[str, int]) -> None:
    total, over = sum(quotas.values()), sum(quotas.values()) - event.places
    if over > 0:
        raise refusals.QuotasAbovePlaces(
            f"The numbers add up to {english.plural(total, 'place')}, but the event has "
            f"{event.places:,}. Reduce them by {over:,}."
        )


def _set(event: Event, school: School, quota: int, *, actor: Actor, now: datetime) -> None:
    try:
        places.set_quota(actor=actor, now=now, event=event, school=school, quota=quota)
    except places.PlaceRefused as refusal:
        raise refusals.QuotaRefused(str(refusal), school.slug) from refusal
    mail.tell_quota(event, school, quota, now=now)


def publish_quotas(now: datetime) -> int:
    """Publish the record of final quotas, with the seed that orders the line.

    Returns how many events were published; if it is not 0, more may be waiting.
    """
    count = 0
    for event_id in queries.quotas_to_publish(now):
        event = event_locks.event(event_id)
        if event.state is not EventState.PUBLISHED or queries.was_run(event_id):
            continue
        round_ = _round_of_quotas(event)
        allotment = share.allot(round_)
        check.assert_valid(round_, allotment)
        rounds.publish(actor=WORKER, now=now, event=event, round_=round_, allotment=allotment)
        count += 1
    return count


def _round_of_quotas(event: Event) -> claims.RoundFacts:
    """Return the quotas as a round: each school is guaranteed its quota and may have no more."""
    quotas = {r.school.slug: r.quota for r in place_queries.requests(event.id) if r.quota}
    round_ = place_queries.round_of(event)
    asked = {claim.school: claim for claim in round_.claims}
    return replace(
        round_,
        # Places given back may since have been removed from the event; they were kept all the same.
        places=max(round_.places, sum(quotas.values())),
        claims=tuple(
            replace(
                # A school that has since left the network has no claim, but it had its quota.
                asked.get(slug, claims.Claim(slug, wanted=quota)),
                wanted=quota,
                at_least=quota,
                at_most=quota,
                late=False,
                in_time=0,
            )
            for slug, quota in quotas.items()
        ),
    )
