"""Opening a plan over a term's events, extending its deadline, and withdrawing it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.events.service import publishing
from booking.days.seasons import locks, queries, refusals
from booking.days.seasons.models import PlannedEvent, PlanState, SeasonPlan, Weighting
from booking.days.seasons.service import mail
from booking.domain import names, terms
from booking.domain.allocation import draw
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.schools import queries as school_queries

#: With fewer, a round would do.
EVENTS_MIN = 2
AT_MOST_MAX = 20
#: After a plan is withdrawn, schools have at least this many school days to ask event by event.
ASK_AGAIN_DAYS = 5


@dataclass(frozen=True)
class PlanDetails:
    """A plan as entered in the lead's form."""

    name: str
    first_on: date
    last_on: date
    event_slugs: tuple[str, ...]
    wishes_close_at: datetime
    #: The most events for a pupil, unless the school says otherwise.
    at_most: int = 1
    weighting: Weighting = Weighting.EQUAL


def open_plan(*, actor: Actor, now: datetime, details: PlanDetails) -> SeasonPlan:
    """Move events from their own rounds into one plan, and ask schools for wishes.

    The lottery's seed is drawn and committed to here, before any wish is read. Coordinators of
    schools that may send pupils are told. Raises PlanRefused.
    """
    _refuse_details(details)
    found = queries.candidates(details.first_on, details.last_on, now)
    chosen = {event.slug: event for event in found if event.slug in details.event_slugs}
    events = event_locks.events([event.id for event in chosen.values()])
    _refuse_events(details, events, now)
    seed = secrets.token_hex(32)
    plan = SeasonPlan(
        slug=_free_slug(details),
        name=names.tidy(details.name),
        first_on=details.first_on,
        last_on=details.last_on,
        weighting=details.weighting,
        at_most=details.at_most,
        wishes_close_at=details.wishes_close_at,
        state=PlanState.OPEN,
        seed=seed,
        seed_commitment=draw.new_commitment(seed),
        opened_at=now,
        opened_by_id=actor.person_id,
    )
    db.session.add(plan)
    db.session.flush()
    for event in events:
        _take(plan, event)
    audit.record(
        actor=actor,
        action="open_season_plan",
        subject=plan,
        now=now,
        slug=plan.slug,
        events=[event.slug for event in events],
        wishes_close_at=plan.wishes_close_at.isoformat(),
        seed_commitment=plan.seed_commitment,
    )
    mail.tell_opened(plan, events, now=now)
    return plan


def _take(plan: SeasonPlan, event: Event) -> None:
    """Put an event into a plan; its requests now close at the plan's deadline."""
    db.session.add(
        PlannedEvent(plan_id=plan.id, event_id=event.id, requests_close_at=event.requests_close_at)
    )
    event.requests_close_at = plan.wishes_close_at


def _refuse_details(details: PlanDetails) -> None:
    if not names.tidy(details.name):
        raise refusals.PlanRefused("Give the plan a name, such as “Spring term”.", "name")
    if details.first_on > details.last_on:
        raise refusals.PlanRefused("The last day cannot be before the first.", "last_on")
    if not 1 <= details.at_most <= AT_MOST_MAX:
        raise refusals.PlanRefused(f"Enter a number from 1 to {AT_MOST_MAX}.", "at_most")


def _refuse_events(details: PlanDetails, events: Sequence[Event], now: datetime) -> None:
    # Checked again under the lock, because a round or another plan may have got there first.
    free = [e for e in events if queries.still_shareable(e, now) and not queries.mark_of(e.id)]
    if len(free) < len(set(details.event_slugs)):
        raise refusals.PlanRefused(
            "An event that you chose can no longer be planned: its requests have closed, another "
            "plan has it, or it was cancelled. Check the list again.",
            "events",
        )
    if len(events) < EVENTS_MIN:
        raise refusals.PlanRefused(
            "Choose at least two events. A single event has its own round.", "events"
        )
    _refuse_deadline(details.wishes_close_at, events, now)


def _refuse_deadline(at: datetime, events: Sequence[Event], now: datetime) -> None:
    if at <= now:
        raise refusals.PlanRefused("Choose a closing time in the future.", "wishes_close_at")
    for event in events:
        ends_at = event.naming_close_at or event.first_starts_at
        if ends_at is not None and at >= ends_at:
            raise refusals.PlanRefused(
                f"Choices must close before pupils are named for “{event.title}”, at "
                f"{terms.in_sentence(ends_at)}. Choose an earlier time, or leave that event out.",
                "wishes_close_at",
            )


def _free_slug(details: PlanDetails) -> str:
    stem = f"{publishing.slugify(details.name)}-{details.first_on.year}"
    taken, wanted, number = queries.slugs_like(stem), stem, 2
    while wanted in taken:
        wanted, number = f"{stem}-{number}", number + 1
    return wanted


def extend(*, actor: Actor, now: datetime, plan: SeasonPlan, wishes_close_at: datetime) -> None:
    """Let wishes close later. Raises DeadlineRefused, AlreadyAccepted or NotOpen."""
    plan = locks.open_plan(plan.id)
    if wishes_close_at <= plan.wishes_close_at:
        raise refusals.DeadlineRefused(
            f"Choices close at {terms.in_sentence(plan.wishes_close_at)}. Schools rely on that, "
            "so choose a later time."
        )
    events = event_locks.events([event.id for event in queries.events_of(plan)])
    try:
        to_come = [event for event in events if not event_states.has_begun(event, now)]
        _refuse_deadline(wishes_close_at, to_come, now)
    except refusals.PlanRefused as refusal:
        raise refusals.DeadlineRefused(str(refusal)) from refusal
    before, plan.wishes_close_at = plan.wishes_close_at, wishes_close_at
    for event in events:
        event.requests_close_at = wishes_close_at
    audit.record(
        actor=actor,
        action="extend_season_plan",
        subject=plan,
        now=now,
        before=before.isoformat(),
        after=wishes_close_at.isoformat(),
    )


def withdraw(*, actor: Actor, now: datetime, plan: SeasonPlan, reason: str) -> None:
    """Withdraw a plan: each event is shared by its own round again, and requests count again."""
    plan = locks.open_plan(plan.id)
    if not reason.strip():
        raise refusals.PlanRefused(
            "Say why. The coordinators who entered choices will be told.", "reason"
        )
    events = event_locks.events([row.event_id for row in plan.events if row.released_at is None])
    release(plan, events, now=now)
    plan.state, plan.ended_at, plan.ended_by_id = PlanState.WITHDRAWN, now, actor.person_id
    audit.record(
        actor=actor,
        action="withdraw_season_plan",
        subject=plan,
        now=now,
        reason=reason.strip(),
        events=[event.slug for event in events],
    )
    mail.tell_withdrawn(plan, events, reason.strip(), now=now)


def release(plan: SeasonPlan, events: Sequence[Event], *, now: datetime) -> None:
    """Return locked events to their own rounds, with time for schools to ask."""
    rows = {row.event_id: row for row in plan.events}
    ask_until = terms.add_school_days(school_queries.calendar(None), now, ASK_AGAIN_DAYS)
    for event in events:
        row = rows[event.id]
        row.released_at = now
        event.requests_close_at = _close_again(event, row.requests_close_at, ask_until)


def _close_again(event: Event, before: datetime | None, ask_until: datetime) -> datetime | None:
    """Return when a released event's requests close: as before, or late enough to ask."""
    if before is None or before >= ask_until:
        return before
    ends_at = event.naming_close_at or event.first_starts_at
    return min(ask_until, ends_at) if ends_at else ask_until
