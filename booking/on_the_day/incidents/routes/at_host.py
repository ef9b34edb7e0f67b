"""Incidents for the host's staff: what happened at their event, whosever pupils it was about."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.on_the_day.incidents import queries, service
from booking.on_the_day.incidents.forms import IncidentForm
from booking.on_the_day.incidents.forms.written import NOBODY, WhatHappened
from booking.on_the_day.incidents.models import Incident
from booking.on_the_day.incidents.routes import alike
from booking.on_the_day.incidents.routes.blueprint import incidents, load_incident, looked_after
from booking.on_the_day.rosters.routes.blueprint import hosted, load_event


@incidents.get("/host/events/<slug>/incidents")
@requires(Action.SEE_HEALTH, load=load_event, scope=hosted, name="event")
def listing(event: Event) -> str:
    """List what was written down about an event: no names, and nothing of what was written."""
    return render_template(
        "on_the_day/incidents/list.html", event=event, lines=queries.of_event(event.id)
    )


@incidents.route("/host/events/<slug>/incidents/new", methods=["GET", "POST"])
@requires(Action.SEE_HEALTH, load=load_event, scope=hosted, name="event")
def write_at_host(event: Event) -> ResponseReturnValue:
    """Write down what happened."""
    bookings = place_queries.expected(event.id)
    begun = {"happened_at": alike.now_to_the_minute(), "pupil": request.args.get("pupil", "")}
    form = IncidentForm(data=begun)
    form.offer(bookings, NOBODY)
    if done := form.carry_out(lambda: alike.write(event, bookings, form), alike.REFUSALS):
        flash("Written down. The pupil’s school, if there is one, is told at once.", "success")
        return redirects.see(alike.address(done.result, "host"))
    return form.page("on_the_day/incidents/write.html", event=event, side="host", changes=None)


@incidents.get("/host/incidents/<public_id>/")
@requires(Action.SEE_HEALTH, load=load_incident, scope=looked_after, name="incident")
def at_host(incident: Incident) -> ResponseReturnValue:
    """Show an incident to the host's staff, and record it."""
    return alike.show(incident, "host")


@incidents.route("/host/incidents/<public_id>/change", methods=["GET", "POST"])
@requires(Action.SEE_HEALTH, load=load_incident, scope=looked_after, name="incident")
def change(incident: Incident) -> ResponseReturnValue:
    """Correct what one has just written."""
    if not queries.may_change(incident, current_user.person_id, now=clock.now()):
        flash("This note can no longer be changed. Add to it instead.", "error")
        return redirects.see(alike.address(incident, "host"))
    form = editing(lambda: WhatHappened(obj=incident), incident, changed_by=("change_incident",))
    if form.carry_out(
        lambda: service.change(
            actor=current_user.actor,
            now=clock.now(),
            incident=incident,
            happened=form.happened(),
        ),
        alike.REFUSALS,
    ):
        flash("Changed.", "success")
        return redirects.see(alike.address(incident, "host"))
    return form.page(
        "on_the_day/incidents/write.html", event=incident.event, side="host", changes=incident
    )


@incidents.post("/host/incidents/<public_id>/add")
@requires(Action.SEE_HEALTH, load=load_incident, scope=looked_after, name="incident")
def add_at_host(incident: Incident) -> ResponseReturnValue:
    """Add to an incident."""
    return alike.add(incident, "host")


@incidents.post("/host/incidents/<public_id>/close")
@requires(Action.SEE_HEALTH, load=load_incident, scope=looked_after, name="incident")
def close_at_host(incident: Incident) -> ResponseReturnValue:
    """Close an incident."""
    return alike.close(incident, "host")


@incidents.post("/host/incidents/<public_id>/reopen")
@requires(Action.SEE_HEALTH, load=load_incident, scope=looked_after, name="incident")
def reopen_at_host(incident: Incident) -> ResponseReturnValue:
    """Open an incident again."""
    return alike.reopen(incident, "host")
