"""The lead opens a plan: first the days, then the events, deadline and rule."""

from datetime import date, datetime

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.seasons import forms, queries, service, words
from booking.days.seasons.models import Weighting
from booking.days.seasons.routes.blueprint import seasons
from booking.domain import english, terms
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form
from booking.people.schools import queries as school_queries

#: How many school days schools have for their wishes, unless the lead says otherwise.
WISHES_DAYS = 10
#: A plan spans no more days than a school year.
DAYS_MAX = 366


@seasons.get("/admin/plans/new")
@requires(Action.RUN_NETWORK)
def new_plan() -> ResponseReturnValue:
    """Ask for the days, then show their events and ask how to plan them."""
    asked = "first" in request.args or "last" in request.args
    days = forms.DaysForm(request.args if asked else None)
    span = _span(days) if asked else None
    if span is None:
        page = render_template("days/seasons/days.html", form=days, terms=_terms())
        return page, 422 if asked else 200
    found = queries.candidates(*span, clock.now())
    form = forms.PlanForm(
        name=_name(span[0]),
        at_most=1,
        weighting=Weighting.EQUAL,
        events=[event.slug for event in found],
        wishes_close_at=_suggested(),
    )
    return _page(form, span, found)


def _span(days: forms.DaysForm) -> tuple[date, date] | None:
    """Return the first and last days, or None if the form says what is wrong with them."""
    first, last = days.first.data, days.last.data
    if not days.validate() or first is None or last is None:
        return None
    if first > last:
        days.refuse("The last day cannot be before the first.", field="last")
    elif (last - first).days > DAYS_MAX:
        days.refuse("A plan can cover at most a school year. Choose an earlier day.", field="last")
    return None if days.errors else (first, last)


def _page(form: Form, span: tuple[date, date], found: list[Event]) -> str:
    form["events"].choices = [(event.slug, event.title) for event in found]
    return render_template(
        "days/seasons/new.html",
        form=form,
        first=span[0],
        last=span[1],
        events=found,
        hints={event.slug: _hint(event) for event in found},
        weighting_hints=words.WEIGHTING_HINTS,
    )


def _hint(event: Event) -> str:
    places = event.places - event.host_places
    own = event_words.BASIS_NAMES[event.basis].lower()
    guarantee = f", {event.guarantee} guaranteed" if event.guarantee else ""
    return (
        f"{event_words.when(event)} · {event_words.years(event)} · "
        f"{english.plural(places, 'place')} · its own rule until now: {own}{guarantee}"
    )


def _name(first: date) -> str:
    term = next((t for t in school_queries.terms() if t.first_on <= first <= t.last_on), None)
    return term.name if term else f"Season of {first:%B %Y}"


def _terms() -> list[tuple[str, str]]:
    """Return the terms that are not over, earliest first, each with the address of its events."""
    today = clock.today()
    return [
        (
            f"{term.name}, {terms.day_text(term.first_on)} to {terms.day_text(term.last_on)}",
            url_for(
                "seasons.new_plan", first=term.first_on.isoformat(), last=term.last_on.isoformat()
            ),
        )
        for term in reversed(school_queries.terms())
        if term.last_on >= today
    ]


def _suggested() -> datetime:
    """Return a deadline some school days away; the lead sees at once if it is too late."""
    return terms.add_school_days(school_queries.calendar(None), clock.now(), WISHES_DAYS)


@seasons.post("/admin/plans/new")
@requires(Action.RUN_NETWORK)
def open_plan() -> ResponseReturnValue:
    """Open the plan, and ask schools for wishes."""
    days, form = forms.DaysForm(request.args), forms.PlanForm()
    span = _span(days)
    if span is None:
        return render_template("days/seasons/days.html", form=days, terms=_terms()), 422
    done = form.carry_out(
        lambda: service.open_plan(
            actor=current_user.actor, now=clock.now(), details=_details(form, span)
        ),
        {service.PlanRefused: ""},
    )
    if done:
        flash(
            "The plan is open. Coordinators have been asked for their pupils’ choices.", "success"
        )
        return redirects.see(url_for("seasons.plan", slug=done.result.slug))
    return _page(form, span, queries.candidates(*span, clock.now())), 422


def _details(form: forms.PlanForm, span: tuple[date, date]) -> service.PlanDetails:
    return service.PlanDetails(
        name=form.name.data or "",
        first_on=span[0],
        last_on=span[1],
        event_slugs=tuple(form.events.data or ()),
        wishes_close_at=form.wishes_close_at.data,
        at_most=form.at_most.data or 0,
        weighting=form.weighting.data,
    )
