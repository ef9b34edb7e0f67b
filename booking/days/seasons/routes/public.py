"""A plan for everybody: the rule and sealed lottery beforehand, the numbers and proof
afterwards."""

from flask import Response, abort, render_template
from flask_login import current_user

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.seasons import pages, queries, words
from booking.days.seasons.details import PlanMark
from booking.days.seasons.models import PlanState, SeasonPlan
from booking.days.seasons.routes.blueprint import seasons
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.web.access import public
from booking.people.schools import queries as school_queries


@seasons.get("/plans/<slug>")
@public
def public_plan(slug: str) -> str:
    """Explain how the places of a plan are shared and, afterwards, what came of it."""
    plan = queries.by_slug(slug) or abort(404)
    row = queries.record_of(plan.id)
    published = pages.PublishedPlan(plan, row) if row else None
    return render_template(
        "days/seasons/public.html",
        plan=plan,
        rule=words.rule(plan),
        weighting=words.WEIGHTINGS[plan.weighting],
        state=words.STATES[plan.state],
        events=[(e, event_words.when(e), event_words.years(e)) for e in queries.events_of(plan)],
        published=published,
        own=_own(published) if published else [],
        is_closed=plan.wishes_close_at <= clock.now(),
    )


def _own(published: pages.PublishedPlan) -> list[tuple[str, str, str]]:
    """Return what the plan says to each school that the reader coordinates for."""
    ids = current_user.actor.school_ids(Role.COORDINATOR)
    own = school_queries.schools_by_id(ids) if ids else []
    return [
        (
            school.name,
            published.sentence(school.slug, to_itself=True),
            published.change(school.slug),
        )
        for school in own
        if school.slug in published.schools
    ]


@seasons.get("/plans/<slug>.json")
@public
def download(slug: str) -> Response:
    """Send the published part of an accepted plan, byte for byte."""
    plan = queries.by_slug(slug) or abort(404)
    row = queries.record_of(plan.id) or abort(404)
    response = Response(row.published.encode(), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-plan.json"'
    response.last_modified = row.accepted_at
    response.add_etag()
    return response


def event_explanation(event: Event, mark: PlanMark) -> str:
    """Return the page that explains how one event's places are, or were, shared by its plan."""
    plan = _plan(mark)
    row = queries.record_of(plan.id)
    published = pages.PublishedPlan(plan, row) if row else None
    has_part = published is not None and event.slug in published.titles
    return render_template(
        "days/seasons/event.html",
        event=event,
        plan=plan,
        rule=words.event_rule(mark, event),
        is_open=mark.state is PlanState.OPEN,
        published=published if has_part else None,
        rows=published.rows_of(event.slug) if published and has_part else [],
        totals=published.totals_of(event.slug) if published and has_part else (0, 0, 0),
    )


def _plan(mark: PlanMark) -> SeasonPlan:
    plan = queries.by_slug(mark.slug)
    assert plan is not None, "a mark names a plan"
    return plan
