"""Wishes: which events each of a school's pupils could go to, and how many of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from booking.days.events.models import Event
from booking.days.seasons import locks, queries, refusals
from booking.days.seasons.details import PupilWishes
from booking.days.seasons.models import PlannedPupil, PlannedSchool, SeasonPlan, Wish
from booking.domain import year_groups
from booking.domain.permissions import Actor
from booking.domain.season import clashes
from booking.domain.season import wishes as season_wishes
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.pupils import locks as pupil_locks
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School


def enter_wishes(
    *, actor: Actor, now: datetime, plan: SeasonPlan, school: School, answers: Sequence[PupilWishes]
) -> int:
    """Save the wishes of some of a school's pupils, all or none; return how many changed.

    Raises WishRefused beside the first pupil whose wishes cannot be met, or WishesClosed.
    """
    plan = locks.wishes_open(plan.id, now)
    events = {event.slug: event for event in queries.events_of(plan)}
    ids = sorted(answer.pupil.id for answer in answers)
    pupils = {pupil.id: pupil for pupil in pupil_locks.pupils(ids)}
    rows = queries.planned_pupils(plan.id, ids)
    default, restricted = _default(plan, school), pupil_queries.restricted(pupils.values())
    changed = 0
    for answer in answers:
        pupil = pupils[answer.pupil.id]
        if pupil.id in restricted:
            raise refusals.WishRefused(
                f"{pupil.name} is restricted, so nothing new is done in their name. Reload the "
                "page.",
                pupil.public_id,
            )
        _refuse(pupil, school, answer, events, default)
        changed += _write(plan, pupil, rows.get(pupil.id), answer, events)
    if changed:
        _begin_again(plan, school)
        audit.record(
            actor=actor,
            action="enter_wishes",
            subject=plan,
            school_id=school.id,
            now=now,
            pupils=changed,
        )
    return changed


def _default(plan: SeasonPlan, school: School) -> int:
    own = queries.planned_school(plan.id, school.id)
    return (own.at_most if own else None) or plan.at_most


def _refuse(
    pupil: Pupil, school: School, answer: PupilWishes, events: Mapping[str, Event], default: int
) -> None:
    if pupil.school_id != school.id or pupil.left_at is not None:
        raise refusals.WishRefused(
            "Somebody is no longer on your list of pupils. Reload the page and check it.",
            pupil.public_id,
        )
    for slug in answer.events:
        if slug not in events:
            raise refusals.WishRefused(
                "An event is no longer part of the plan. Reload the page and check it.",
                pupil.public_id,
            )
        event = events[slug]
        if not event.low_year <= pupil.year_group <= event.high_year:
            raise refusals.WishRefused(
                f"{pupil.name} is in {year_groups.name(pupil.year_group)}; “{event.title}” is for "
                f"{year_groups.range_name(event.low_year, event.high_year)}.",
                pupil.public_id,
            )
    if answer.first and answer.first not in answer.events:
        raise refusals.WishRefused(
            f"{pupil.name}: tick the first choice as well, or choose none.", pupil.public_id
        )
    if answer.at_most is not None and answer.at_most < 1:
        raise refusals.WishRefused(
            f"{pupil.name}: enter 1 event or more. If the pupil is not going to any, do not tick "
            "any event.",
            pupil.public_id,
        )
    _refuse_chain(pupil, answer, events, answer.at_most or default)


def _refuse_chain(
    pupil: Pupil, answer: PupilWishes, events: Mapping[str, Event], at_most: int
) -> None:
    """Raise if events overlap one after another, which no plan can share exactly."""
    if at_most == 1 or len(answer.events) < 3:
        return
    wished = tuple(events[slug] for slug in answer.events)
    clashing = clashes.clashes([as_season_event(event) for event in wished])
    try:
        clashes.groups(
            season_wishes.SeasonPupil(pupil.public_id, "own", answer.events, at_most), clashing
        )
    except clashes.ChainOfOverlaps as chain:
        titles = [f"“{events[slug].title}”" for slug in chain.events]
        raise refusals.WishRefused(
            f"{pupil.name}: {titles[0]}, {titles[1]} and {titles[2]} overlap one after another, "
            "but not all with one another. Untick one of them, or set at most 1 event.",
            pupil.public_id,
        ) from chain


def as_season_event(event: Event) -> season_wishes.SeasonEvent:
    """Return an event with only its dates, to see what overlaps."""
    dates = tuple(season_wishes.Date(date.starts_at, date.ends_at) for date in event.dates)
    return season_wishes.SeasonEvent(event.slug, event.places, dates)


def _write(
    plan: SeasonPlan,
    pupil: Pupil,
    row: PlannedPupil | None,
    answer: PupilWishes,
    events: Mapping[str, Event],
) -> bool:
    """Replace the stored wishes with those of the answer; return whether anything changed."""
    wanted = {events[slug].id: slug == answer.first for slug in answer.events}
    before = {wish.event_id: wish.is_first for wish in row.wishes} if row else {}
    if before == wanted and (row.at_most if row else None) == answer.at_most:
        return False
    if row is None:
        row = PlannedPupil(plan_id=plan.id, pupil_id=pupil.id)
        db.session.add(row)
    row.at_most = answer.at_most
    kept = {wish.event_id: wish for wish in row.wishes if wish.event_id in wanted}
    for event_id, wish in kept.items():
        wish.is_first = wanted[event_id]
    new = [
        Wish(event_id=event_id, is_first=is_first)
        for event_id, is_first in wanted.items()
        if event_id not in kept
    ]
    row.wishes = [*kept.values(), *new]
    return True


def set_at_most(
    *, actor: Actor, now: datetime, plan: SeasonPlan, school: School, at_most: int
) -> None:
    """Set how many events each of a school's pupils may go to, unless set otherwise."""
    plan = locks.wishes_open(plan.id, now)
    if at_most < 1:
        raise refusals.PlanRefused("Enter 1 or more.", "at_most")
    row = _row(plan, school)
    if row.at_most == at_most:
        return
    before, row.at_most = row.at_most, at_most
    audit.record(
        actor=actor,
        action="set_at_most_events",
        subject=plan,
        school_id=school.id,
        now=now,
        before=before,
        after=at_most,
    )


def finish(*, actor: Actor, now: datetime, plan: SeasonPlan, school: School) -> None:
    """Record that a school has entered all its wishes, or has none; repeating it is harmless."""
    plan = locks.wishes_open(plan.id, now)
    row = _row(plan, school)
    if row.finished_at is None:
        row.finished_at = now
        audit.record(
            actor=actor, action="finish_wishes", subject=plan, school_id=school.id, now=now
        )


def _begin_again(plan: SeasonPlan, school: School) -> None:
    """Reopen a school's list if it changes wishes after having finished."""
    row = queries.planned_school(plan.id, school.id)
    if row is not None:
        row.finished_at = None


def _row(plan: SeasonPlan, school: School) -> PlannedSchool:
    row = queries.planned_school(plan.id, school.id)
    if row is None:
        row = PlannedSchool(plan_id=plan.id, school_id=school.id)
        db.session.add(row)
    return row
