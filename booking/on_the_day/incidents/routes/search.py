"""A pupil who cannot be found on the site: the search, step by step."""

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.incidents import IncidentKind
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.once import Sending
from booking.on_the_day.incidents import queries, refusals, service
from booking.on_the_day.incidents.details import IncidentFacts
from booking.on_the_day.incidents.forms import SearchForm, StepForm
from booking.on_the_day.incidents.models import Incident
from booking.on_the_day.incidents.routes import alike
from booking.on_the_day.incidents.routes.blueprint import incidents, load_incident, looked_after
from booking.on_the_day.rosters.routes.blueprint import hosted, load_event


@incidents.route("/host/events/<slug>/missing", methods=["GET", "POST"])
@requires(Action.SEE_HEALTH, load=load_event, scope=hosted, name="event")
def search(event: Event) -> ResponseReturnValue:
    """Begin the search for a pupil; somebody who has begun it already leads to its steps."""
    bookings = place_queries.expected(event.id)
    begun = {"happened_at": alike.now_to_the_minute(), "pupil": request.args.get("pupil", "")}
    form = SearchForm(data=begun)
    form.offer(bookings, "Choose the pupil")
    done = form.carry_out(
        lambda: service.start_search(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            booking_ids=form.chosen(bookings),
            happened=IncidentFacts(form.happened_at.data, form.what.data or ""),
        ),
        {**alike.REFUSALS, refusals.AlreadyMissing: ""},
    )
    if done:
        return redirects.see(alike.address(done.result, "host"))
    if isinstance(form.refusal, refusals.AlreadyMissing):
        flash(str(form.refusal), "info")
        return redirects.see(url_for("incidents.at_host", public_id=form.refusal.public_id))
    return form.page(
        "on_the_day/incidents/search.html",
        event=event,
        police_after=queries.times(event.id).police_after,
    )


@incidents.post("/host/incidents/<public_id>/steps")
@requires(Action.SEE_HEALTH, load=load_incident, scope=looked_after, name="incident")
def step(incident: Incident) -> ResponseReturnValue:
    """Tick a step, or take a tick back."""
    form = StepForm()
    wanted = form.wanted()
    if incident.kind is not IncidentKind.MISSING or wanted is None:
        abort(404)
    take = service.undo_step if form.undo.data else service.take_step
    acts.attempt(
        lambda: take(actor=current_user.actor, now=clock.now(), incident=incident, step=wanted),
        refusals.IncidentClosed,
        sending=Sending.ANY,  # several people tick beside each other, and take a tick back
    )
    return redirects.see(alike.address(incident, "host"))
