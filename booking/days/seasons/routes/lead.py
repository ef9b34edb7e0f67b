"""The lead's pages about plans: all of them, how far schools have got, its deadline, its end."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.seasons import forms, locks, queries, service, words
from booking.days.seasons.models import PlanState, SeasonPlan
from booking.days.seasons.routes.blueprint import load_plan, of_network, seasons
from booking.domain import permissions
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import paging, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form, editing

SEES = requires(Action.SEE_NETWORK, load=load_plan, scope=of_network, name="plan")
RUNS = requires(Action.RUN_NETWORK, load=load_plan, scope=of_network, name="plan")


@seasons.get("/admin/plans/")
@requires(Action.SEE_NETWORK)
def plans() -> str:
    """Show every season plan, newest first."""
    return render_template(
        "days/seasons/plans.html",
        page=paging.page_of(queries.listing(), number=paging.asked_page()),
        states=words.STATES,
        has_solver=service.has_solver(),
        may_run=may_run(),
    )


def may_run() -> bool:
    """Return whether the reader may do more than read."""
    return permissions.may(current_user.actor, Action.RUN_NETWORK)


@seasons.get("/admin/plans/<slug>/")
@SEES
def plan(plan: SeasonPlan) -> str:
    """Show one plan: its events, how far the schools have got, and what to do next."""
    return render(plan)


def render(plan: SeasonPlan, wrong: Form | None = None) -> str:
    """Return the page; `wrong` is the form that was sent and needs correcting."""
    now, events, row = clock.now(), queries.events_of(plan), queries.record_of(plan.id)
    deadline = _deadline_form(plan, formdata=None)
    return render_template(
        "days/seasons/plan.html",
        plan=plan,
        events=_event_rows(plan, events),
        page=_schools(events),
        progress=queries.progress(plan.id),
        proposal=queries.proposal_of(plan.id),
        row=row,
        discrepancies=service.verify(row) if row else [],
        states=words.STATES,
        weightings=words.WEIGHTINGS,
        is_closed=plan.wishes_close_at <= now,
        has_solver=service.has_solver(),
        may_run=may_run(),
        deadline_form=wrong if isinstance(wrong, forms.DeadlineForm) else deadline,
        wrong=wrong,
    )


def _deadline_form(plan: SeasonPlan, **sent: Any) -> forms.DeadlineForm:
    return editing(
        lambda: forms.DeadlineForm(wishes_close_at=plan.wishes_close_at, **sent),
        changed_by=("open_season_plan", "extend_season_plan"),
        lock=lambda: locks.plan(plan.id),
    )


def _event_rows(plan: SeasonPlan, events: list[Event]) -> list[dict[str, Any]]:
    wishing = queries.wishing(plan.id)
    return [
        {
            "event": event,
            "when": event_words.when(event),
            "years": event_words.years(event),
            "places": event.places - event.host_places,
            "wished": wishing.get(event.id, 0),
        }
        for event in events
    ]


def _schools(events: list[Event]) -> paging.Page[Any]:
    low = min((event.low_year for event in events), default=99)
    high = max((event.high_year for event in events), default=-99)
    return paging.page_of(queries.schools_for(low, high), number=paging.asked_page())


@seasons.post("/admin/plans/<slug>/deadline")
@RUNS
def extend(plan: SeasonPlan) -> ResponseReturnValue:
    """Let schools enter wishes for longer."""
    form = _deadline_form(plan)
    if not form.carry_out(
        lambda: service.extend(
            actor=current_user.actor,
            now=clock.now(),
            plan=plan,
            wishes_close_at=form.wishes_close_at.data,
        ),
        {service.DeadlineRefused: "wishes_close_at", service.SeasonRefused: ""},
    ):
        return render(plan, form), 422
    flash("Schools can enter choices until then.", "success")
    return redirects.see(url_for("seasons.plan", slug=plan.slug))


@seasons.route("/admin/plans/<slug>/withdraw", methods=["GET", "POST"])
@RUNS
def withdraw(plan: SeasonPlan) -> ResponseReturnValue:
    """Withdraw the plan, with a reason; its events go back to their own rounds."""
    form = forms.WithdrawPlanForm()
    if form.carry_out(
        lambda: service.withdraw(
            actor=current_user.actor,
            now=clock.now(),
            plan=plan,
            reason=form.reason.data or "",
        ),
        {service.SeasonRefused: ""},
    ):
        flash("The plan has been withdrawn. Schools have been told.", "success")
        return redirects.see(url_for("seasons.plan", slug=plan.slug))
    return form.page("days/seasons/withdraw.html", plan=plan, is_open=plan.state is PlanState.OPEN)
