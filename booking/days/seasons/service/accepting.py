"""Accepting a plan, once: every event's places go to schools, and the record is published."""

import json
from collections.abc import Iterator
from datetime import datetime

from booking.days.events import locks as event_locks
from booking.days.events.models import Event
from booking.days.places import service as places
from booking.days.seasons import locks, queries, refusals
from booking.days.seasons.models import PlanRecord, PlanState, Proposal, SeasonPlan
from booking.days.seasons.service import mail, opening
from booking.domain import terms
from booking.domain.permissions import Actor
from booking.domain.season import check, outcome, record
from booking.foundation.audit import service as audit
from booking.foundation.db import db


def accept(*, actor: Actor, now: datetime, plan: SeasonPlan, digest: str) -> PlanRecord:
    """Share the places of all events as the proposal with this digest says, once, and publish it.

    Coordinators are told what their school has and who the plan proposes; they name the pupils. An
    event that nobody wishes for goes back to a round of its own. Raises AlreadyAccepted, NotOpen,
    NoProposal, ChangedMeanwhile, or a refusal of places.
    """
    plan = locks.open_plan(plan.id)
    proposal = _proposal(plan, digest, now)
    event_locks.events([row.event_id for row in plan.events if row.released_at is None])
    gathered = queries.gather(plan, seed=plan.seed, now=now)
    if record.inputs_digest(gathered.season) != proposal.inputs_digest:
        raise refusals.ChangedMeanwhile(
            "Choices, events or places have changed since this proposal was worked out. Work it "
            "out again, review it, and accept that."
        )
    content = json.loads(proposal.record)
    _, solved = record.read(content)
    check.assert_valid(gathered.season, solved)
    result = outcome.SeasonOutcome(gathered.season, solved)
    for event, shares in _shares(gathered, result):
        if shares:
            places.share_as_planned(actor=actor, now=now, event=event, shares=shares)
        else:
            opening.release(plan, [event], now=now)
    plan.state, plan.ended_at, plan.ended_by_id = PlanState.ACCEPTED, now, actor.person_id
    row = _publish(plan, proposal, gathered, result, actor=actor, now=now)
    mail.tell_accepted(plan, row, gathered, result, now=now)
    return row


def _proposal(plan: SeasonPlan, digest: str, now: datetime) -> Proposal:
    proposal = queries.proposal_of(plan.id)
    if plan.wishes_close_at > now:
        raise refusals.NoProposal(
            f"Schools can enter choices until {terms.in_sentence(plan.wishes_close_at)}. "
            "Work the plan out and accept it after that."
        )
    if proposal is None:
        raise refusals.NoProposal("There is no proposal yet. Work one out first, and review it.")
    if proposal.is_trial or proposal.digest != digest:
        raise refusals.NoProposal(
            "This is not the newest proposal, or it was made while choices were still coming in. "
            "Review the newest one, and accept that."
        )
    return proposal


def _shares(
    gathered: queries.Gathered, result: outcome.SeasonOutcome
) -> Iterator[tuple[Event, list[places.PlannedShare]]]:
    """Yield what each event gives to the schools whose pupils wish to come, in id order."""
    for event in sorted(gathered.events.values(), key=lambda event: event.id):
        wishing = [s for s in sorted(gathered.season.school_of) if (s, event.slug) in result.wished]
        yield event, [_share(gathered, result, school, event.slug) for school in wishing]


def _share(
    gathered: queries.Gathered, result: outcome.SeasonOutcome, school: str, event: str
) -> places.PlannedShare:
    known, here = gathered.season.school_of[school], (school, event)
    given = result.held.get(here, 0)
    return places.PlannedShare(
        school=gathered.schools[school],
        wished=result.wished[here],
        given=given,
        still_wanted=result.still_wanted.get(here, 0),
        weight=known.weight,
        # The line continues where the plan ended: the next place here is the school's next place.
        received=known.received + result.totals[school] - given,
    )


def _publish(
    plan: SeasonPlan,
    proposal: Proposal,
    gathered: queries.Gathered,
    result: outcome.SeasonOutcome,
    *,
    actor: Actor,
    now: datetime,
) -> PlanRecord:
    row = PlanRecord(
        plan_id=plan.id,
        record=proposal.record,
        digest=proposal.digest,
        published=proposal.published,
        accepted_at=now,
        accepted_by_id=actor.person_id,
    )
    db.session.add(row)
    audit.record(
        actor=actor,
        action="accept_season_plan",
        subject=plan,
        now=now,
        digest=row.digest,
        inputs_digest=proposal.inputs_digest,
        places=len(result.plan.given),
        schools=len(gathered.season.schools),
        pupils=len(gathered.season.pupils),
    )
    return row
