"""What coordinators are told: a plan is open, accepted or withdrawn. No mail names a pupil."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from booking.days.events.models import Event
from booking.days.seasons import pages, queries
from booking.days.seasons.models import PlanRecord, SeasonPlan
from booking.domain import year_groups
from booking.domain.season import outcome
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School


def tell_opened(plan: SeasonPlan, events: Sequence[Event], *, now: datetime) -> None:
    """Ask each school's coordinators what their pupils could go to."""
    for school in _schools(events):
        years = (school.low_year, school.high_year)
        if own := [e for e in events if year_groups.overlap(years, (e.low_year, e.high_year))]:
            label = "Enter your pupils’ choices"
            until = plan.wishes_close_at
            _tell(plan, school, "plan_opened", label, now=now, keep_until=until, events=own)


def tell_accepted(
    plan: SeasonPlan,
    row: PlanRecord,
    gathered: queries.Gathered,
    result: outcome.SeasonOutcome,
    *,
    now: datetime,
) -> None:
    """Tell each school that took part what it has, and why."""
    published = pages.PublishedPlan(plan, row)
    for slug in published.schools:
        given = [
            (event.title, count)
            for event in gathered.events.values()
            if (count := result.held.get((slug, event.slug), 0))
        ]
        is_full = result.totals[slug] == result.wanted[slug]
        _tell(
            plan,
            gathered.schools[slug],
            "plan_accepted",
            "See who is suggested, and name them",
            now=now,
            given=given,
            count=result.totals[slug],
            sentence=published.sentence(slug, to_itself=True),
            change="" if is_full else published.change(slug),
            explanation_url=absolute_url(addresses.PLAN(slug=plan.slug)),
        )


def tell_withdrawn(
    plan: SeasonPlan, events: Sequence[Event], reason: str, *, now: datetime
) -> None:
    """Tell each school's coordinators to ask for places event by event again."""
    for school in _schools(events):
        _tell(
            plan,
            school,
            "plan_withdrawn",
            "Ask for places",
            now=now,
            path=addresses.SCHOOL(),
            events=events,
            reason=reason,
        )


def remind(
    plan: SeasonPlan, school: School, person_id: int, email: str, name: str, *, now: datetime
) -> None:
    """Remind one coordinator that wishes close soon."""
    notifications.queue(
        key=f"wishes_closing:{plan.id}:{school.id}:{person_id}",
        to=email,
        template="wishes_closing",
        now=now,
        keep_until=plan.wishes_close_at,
        reply_to=school_queries.person_or_lead(plan.opened_by_id),
        name=name,
        plan=plan,
        school_name=school.name,
        action_url=absolute_url(addresses.SCHOOL_PLAN(slug=plan.slug)),
        action_label="Enter your pupils’ choices",
    )


def _schools(events: Sequence[Event]) -> list[School]:
    if not events:
        return []
    low, high = min(e.low_year for e in events), max(e.high_year for e in events)
    return list(db.session.scalars(queries.schools_for(low, high)))


def _tell(
    plan: SeasonPlan,
    school: School,
    template: str,
    action_label: str,
    *,
    now: datetime,
    path: addresses.Path | None = None,
    keep_until: datetime | None = None,
    **words: Any,
) -> None:
    reply_to = school_queries.person_or_lead(plan.opened_by_id)
    for person in school_queries.coordinators(school.id):
        notifications.queue(
            key=f"{template}:{plan.id}:{school.id}:{person.id}",
            to=person.email,
            template=template,
            now=now,
            keep_until=keep_until,
            reply_to=reply_to,
            name=person.name,
            plan=plan,
            school_name=school.name,
            action_url=absolute_url(path or addresses.SCHOOL_PLAN(slug=plan.slug)),
            action_label=action_label,
            **words,
        )
