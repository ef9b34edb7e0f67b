"""A proposal: the season is read, solved outside any transaction, and kept if nothing has
changed."""

from datetime import datetime
from importlib.util import find_spec
from time import perf_counter

from booking.days.seasons import locks, queries, refusals
from booking.days.seasons.models import PlanState, Proposal, SeasonPlan
from booking.domain import english
from booking.domain.permissions import Actor
from booking.domain.season import clashes, planning, record, solving, wishes
from booking.foundation.audit import service as audit
from booking.foundation.db import db, transaction

#: Until wishes have closed, this draws ties, so that nobody sees the real lottery beforehand.
TRIAL_SEED = "a trial draw, not the draw of this plan"
NO_SOLVER = (
    "Plans are worked out by OR-tools, which is not installed on this site. The person who runs "
    "the site can install it with “pip install -c constraints.txt '.[season]'” in the project’s "
    "folder and restart the site. Meanwhile choices can still be entered, and nothing is lost."
)


def has_solver() -> bool:
    """Return whether plans can be worked out here, because the solver is optional."""
    return find_spec("ortools") is not None


def solver() -> solving.Solver:
    """Return the solver; raise NoSolver, which says what to do, if it is not installed."""
    if not has_solver():
        raise refusals.NoSolver(NO_SOLVER)
    from booking.days.seasons.solver import OrTools  # noqa: PLC0415 - an optional installation

    return OrTools()


def seed_of(plan: SeasonPlan, now: datetime) -> str:
    """Return the seed that draws ties: a trial one until wishes have closed."""
    return plan.seed if plan.wishes_close_at <= now else TRIAL_SEED


def propose(*, actor: Actor, now: datetime, plan: SeasonPlan) -> Proposal:
    """Work out the fairest plan for the current wishes, and keep it for review.

    It opens its own transaction at the end, because nothing slow may happen inside one. Raises
    NoSolver, NothingWished, AlreadyAccepted, NotOpen, or ChangedMeanwhile if wishes came in while
    it was solving.
    """
    found, plan_id = solver(), plan.id
    season = _read(plan, now)
    seed, inputs = season.seed, record.inputs_digest(season)
    db.session.rollback()  # end the read, so that nobody waits while we solve
    began = perf_counter()
    try:
        solved = planning.propose(season, found)
    except solving.NotSolved as error:
        raise refusals.NothingToPlan(str(error)) from error
    content = record.record(season, solved)
    published = record.public(season, solved, content["sha256"])
    took = round((perf_counter() - began) * 1000)
    with transaction():
        locked = locks.open_plan(plan_id)
        again = queries.gather(locked, seed=seed, now=now).season
        if record.inputs_digest(again) != inputs or seed != seed_of(locked, now):
            raise refusals.ChangedMeanwhile(
                "More choices came in while the plan was being worked out. Work it out again."
            )
        return _keep(locked, content, published, inputs, took, actor=actor, now=now)


def _read(plan: SeasonPlan, now: datetime) -> wishes.Season:
    if plan.state is not PlanState.OPEN:
        locks.open_plan(plan.id)  # says why not
    gathered = queries.gather(plan, seed=seed_of(plan, now), now=now)
    if not gathered.season.pupils:
        raise refusals.NothingToPlan(
            "No pupil has a choice that could be met, so there is nothing to plan. Schools enter "
            "choices on their own pages; you can extend the deadline."
        )
    _refuse_chains(gathered)
    return gathered.season


def _refuse_chains(gathered: queries.Gathered) -> None:
    """Raise if dates have changed so that a pupil's events overlap one after another."""
    season = gathered.season
    clashing = clashes.clashes(season.events)
    for pupil in season.pupils:
        try:
            clashes.groups(pupil, clashing)
        except clashes.ChainOfOverlaps as chain:
            titles = english.listed(f"“{gathered.events[slug].title}”" for slug in chain.events)
            raise refusals.WishRefused(
                f"A pupil at {gathered.schools[pupil.school].name} has chosen {titles}, which now "
                "overlap one after another. Ask the school’s coordinator to remove one of them.",
                "",
            ) from chain


def _keep(
    plan: SeasonPlan,
    content: record.Record,
    published: record.Record,
    inputs: str,
    took: int,
    *,
    actor: Actor,
    now: datetime,
) -> Proposal:
    row = queries.proposal_of(plan.id) or Proposal(plan_id=plan.id)
    row.record = record.to_bytes(content).decode("ascii")
    row.published = record.to_bytes(published).decode("ascii")
    row.digest, row.inputs_digest = content["sha256"], inputs
    row.is_trial = content["seed"] == TRIAL_SEED
    row.milliseconds, row.made_at, row.made_by_id = took, now, actor.person_id
    db.session.add(row)
    audit.record(
        actor=actor,
        action="propose_season_plan",
        subject=plan,
        now=now,
        digest=row.digest,
        trial=row.is_trial,
        places=len(content["result"]),
    )
    return row


def is_current(plan: SeasonPlan, proposal: Proposal, now: datetime) -> bool:
    """Return whether everything that the proposal was worked out from is still the same."""
    gathered = queries.gather(plan, seed=seed_of(plan, now), now=now)
    return record.inputs_digest(gathered.season) == proposal.inputs_digest
