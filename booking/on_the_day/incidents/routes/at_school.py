"""Incidents for a school: what happened to its own pupils, and nobody else's."""

from collections.abc import Sequence

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.incidents import KeptFor
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.on_the_day.incidents import queries, refusals, service
from booking.on_the_day.incidents.forms import IncidentForm, KeepForm
from booking.on_the_day.incidents.models import Incident
from booking.on_the_day.incidents.routes import alike
from booking.on_the_day.incidents.routes.blueprint import incidents, load_incident, pupils_school
from booking.on_the_day.rosters.routes.blueprint import load_event, own_school
from booking.people.schools import acting


@incidents.get("/school/events/<slug>/incidents")
@requires(Action.READ_ANSWERS, load=load_event, scope=own_school, name="event")
def of_school(event: Event) -> str:
    """List what was written down about a school's own pupils at an event."""
    school = acting.school()
    return render_template(
        "on_the_day/incidents/of_school.html",
        event=event,
        school=school,
        lines=queries.of_event(event.id, school.id),
        may_write=bool(_own(event)),
    )


@incidents.route("/school/events/<slug>/incidents/new", methods=["GET", "POST"])
@requires(Action.READ_ANSWERS, load=load_event, scope=own_school, name="event")
def write_at_school(event: Event) -> ResponseReturnValue:
    """Write down what happened to a pupil of one's own school."""
    bookings = _own(event)
    form = IncidentForm(data={"happened_at": alike.now_to_the_minute()})
    form.offer(bookings, "Choose a pupil")
    if done := form.carry_out(lambda: _write(event, bookings, form), alike.REFUSALS):
        flash("Written down. The host’s staff can read it.", "success")
        return redirects.see(alike.address(done.result, "school"))
    return form.page("on_the_day/incidents/write.html", event=event, side="school", changes=None)


def _own(event: Event) -> Sequence[Booking]:
    school_id = acting.school_id()
    return [one for one in place_queries.expected(event.id) if one.school_id == school_id]


def _write(event: Event, bookings: Sequence[Booking], form: IncidentForm) -> Incident:
    if not form.chosen(bookings):
        raise refusals.NoPupilChosen
    return alike.write(event, bookings, form)


@incidents.get("/school/incidents/<public_id>/")
@requires(Action.READ_ANSWERS, load=load_incident, scope=pupils_school, name="incident")
def at_school(incident: Incident) -> ResponseReturnValue:
    """Show an incident to the pupils' own school, and record it."""
    return alike.show(incident, "school")


@incidents.post("/school/incidents/<public_id>/add")
@requires(Action.READ_ANSWERS, load=load_incident, scope=pupils_school, name="incident")
def add_at_school(incident: Incident) -> ResponseReturnValue:
    """Add to an incident, for the host as well or for the school alone."""
    return alike.add(incident, "school")


@incidents.post("/school/incidents/<public_id>/close")
@requires(Action.READ_ANSWERS, load=load_incident, scope=pupils_school, name="incident")
def close_at_school(incident: Incident) -> ResponseReturnValue:
    """Close an incident."""
    return alike.close(incident, "school")


@incidents.post("/school/incidents/<public_id>/reopen")
@requires(Action.READ_ANSWERS, load=load_incident, scope=pupils_school, name="incident")
def reopen_at_school(incident: Incident) -> ResponseReturnValue:
    """Open an incident again."""
    return alike.reopen(incident, "school")


@incidents.post("/school/incidents/<public_id>/keep")
@requires(Action.READ_ANSWERS, load=load_incident, scope=pupils_school, name="incident")
def keep(incident: Incident) -> ResponseReturnValue:
    """Set how long the record is kept."""
    form = KeepForm()
    if form.carry_out(
        lambda: service.keep_for(
            actor=current_user.actor,
            now=clock.now(),
            incident=incident,
            kept=KeptFor(form.kept_for.data),
        )
    ):
        flash("Saved.", "success")
        return redirects.see(url_for("incidents.at_school", public_id=incident.public_id))
    return alike.show(incident, "school", keeping=form)
