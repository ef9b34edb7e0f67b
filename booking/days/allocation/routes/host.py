"""The host's pages: requests so far, what each rule would give, running the round, quotas."""

from flask import Response, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.allocation import charts, queries, service
from booking.days.allocation.forms import field_name, quotas_form, typed_quotas
from booking.days.allocation.pages import previews, tables
from booking.days.allocation.routes.blueprint import (
    allocation,
    asked_width,
    picture,
    published_event,
    scope_of,
)
from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events import words as event_words
from booking.days.events.models import Event, Sharing
from booking.days.places import service as places
from booking.days.seasons import queries as season_queries
from booking.domain import english
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form, Refusals, editing

RUNS_ROUND = requires(Action.RUN_ROUND, load=published_event, scope=scope_of, name="event")
QUOTA_REFUSALS: Refusals = {
    service.QuotaRefused: lambda refusal: field_name(refusal.slug),
    service.RoundRefused: "",
    places.PlaceRefused: "",
}


@allocation.get("/host/events/<slug>/round")
@RUNS_ROUND
def round_page(event: Event) -> str:
    """Show the requests so far and what each rule would give, or the result of the round."""
    _only(event, Sharing.FAIR_ROUND)
    if mark := season_queries.mark_of(event.id):
        return render_template("days/allocation/planned.html", event=event, mark=mark)
    return render_template("days/allocation/round.html", **_round_facts(event))


def _round_facts(event: Event) -> dict[str, object]:
    now, preview = clock.now(), previews.preview(event, now=clock.now())
    closes_at = event.requests_close_at
    return {
        "event": event,
        "preview": preview,
        "row": queries.round_of(event.id),
        "is_open": closes_at is not None and now < closes_at,
        "is_live": event_states.is_live(event, now),
        "basis_name": event_words.BASIS_NAMES[preview.basis],
        "tables": tables,
        "chart_height": charts.height(len(preview.rows)),
    }


@allocation.get("/host/events/<slug>/round.svg")
@RUNS_ROUND
def round_chart(event: Event) -> Response:
    """Draw what each school asks for and would receive under the event's rule."""
    preview = previews.preview(event, now=clock.now())
    bars = [charts.Bar(r.name, r.claim.wanted, r.counts[preview.basis]) for r in preview.rows]
    return picture(
        charts.requested_and_received(bars, width=asked_width(), received="Would receive")
    )


@allocation.get("/host/events/<slug>/round/check")
@RUNS_ROUND
def check_round(event: Event) -> str:
    """Ask for confirmation before the round is run."""
    _only(event, Sharing.FAIR_ROUND)
    if mark := season_queries.mark_of(event.id):
        return render_template("days/allocation/planned.html", event=event, mark=mark)
    return render_template("days/allocation/check.html", form=Form(), **_round_facts(event))


@allocation.post("/host/events/<slug>/round")
@RUNS_ROUND
def run_round(event: Event) -> ResponseReturnValue:
    """Run the round, and show what came of it."""
    _only(event, Sharing.FAIR_ROUND)
    form = Form()
    if form.carry_out(
        lambda: service.run(actor=current_user.actor, now=clock.now(), event=event),
        {service.RoundRefused: "", places.PlaceRefused: ""},
    ):
        flash(
            "The places have been shared out. Each school has been told what it received and why.",
            "success",
        )
    elif isinstance(form.refusal, service.AlreadyRun):
        flash(str(form.refusal), "info")
    else:
        return form.page("days/allocation/check.html", **_round_facts(event))
    return redirects.see(url_for(".explanation", slug=event.slug))


@allocation.route("/host/events/<slug>/quotas", methods=["GET", "POST"])
@RUNS_ROUND
def quotas(event: Event) -> ResponseReturnValue:
    """Show and set how many places are kept for each school."""
    _only(event, Sharing.SET_QUOTAS)
    rows = queries.kept(event)
    form = editing(
        lambda: quotas_form(queries.kept(event)),
        changed_by=("set_quotas",),
        lock=lambda: event_locks.event(event.id),
    )
    done = form.carry_out(
        lambda: service.set_quotas(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            quotas=typed_quotas(form, rows),
        ),
        QUOTA_REFUSALS,
    )
    if done:
        flash(_saved(len(done.result)), "success" if done.result else "info")
        return redirects.see(url_for(".quotas", slug=event.slug))
    return form.page(
        "days/allocation/quotas.html",
        event=event,
        rows=queries.kept(event),
        field_name=field_name,
        row=queries.round_of(event.id),
        now=clock.now(),
    )


def _saved(changed: int) -> str:
    if not changed:
        return "No numbers have changed."
    return f"Saved. We have e-mailed the coordinators of {english.plural(changed, 'school')}."


def _only(event: Event, sharing: Sharing) -> None:
    if event.sharing is not sharing:
        abort(404)
