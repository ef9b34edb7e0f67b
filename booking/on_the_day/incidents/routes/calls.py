"""The call list: pupils who are neither here nor reported absent, and whom to ring in order."""

from collections.abc import Mapping, Sequence

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event, EventDate
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.permissions import Action
from booking.domain.registering import Arrival
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.on_the_day.incidents import pages, refusals, service
from booking.on_the_day.incidents.forms import CallForm
from booking.on_the_day.incidents.models import Call, Callee
from booking.on_the_day.incidents.routes.blueprint import incidents
from booking.on_the_day.rosters import service as rosters
from booking.on_the_day.rosters.routes.blueprint import asked_date, hosted, load_event, own_school
from booking.people.schools import acting


@incidents.get("/host/events/<slug>/calls")
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def calls(event: Event) -> str:
    """Show the host's staff whom to ring about whom: no parent."""
    seen = pages.calls_at_host(event, asked_date(event), now=clock.now())
    return render_template("on_the_day/incidents/calls.html", event=event, seen=seen, side="host")


@incidents.post("/host/events/<slug>/calls")
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def call(event: Event) -> ResponseReturnValue:
    """Keep a call that the host's staff made."""
    return _keep(event, asked_date(event), place_queries.expected(event.id), "calls")


@incidents.post("/host/events/<slug>/calls/settle")
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def settle(event: Event) -> ResponseReturnValue:
    """Mark where a pupil is: here and late, or absent as the school has said."""
    wanted = {"late": Arrival.LATE, "absent": Arrival.ABSENT_REPORTED}
    return _settle(event, place_queries.expected(event.id), wanted, "calls")


@incidents.get("/school/events/<slug>/calls")
@requires(Action.READ_ANSWERS, load=load_event, scope=own_school, name="event")
def calls_of_school(event: Event) -> str:
    """Show a school which of its own pupils are unexplained, with their parents' numbers."""
    seen = pages.calls_at_school(event, asked_date(event), acting.school(), now=clock.now())
    return render_template("on_the_day/incidents/calls.html", event=event, seen=seen, side="school")


@incidents.post("/school/events/<slug>/calls")
@requires(Action.READ_ANSWERS, load=load_event, scope=own_school, name="event")
def call_of_school(event: Event) -> ResponseReturnValue:
    """Keep a call that the pupils' own school made."""
    school_id = acting.school_id()
    own = [one for one in place_queries.expected(event.id) if one.school_id == school_id]
    return _keep(event, asked_date(event), own, "calls_of_school")


@incidents.post("/school/events/<slug>/calls/absent")
@requires(Action.READ_ANSWERS, load=load_event, scope=own_school, name="event")
def report_absent(event: Event) -> ResponseReturnValue:
    """Report that one of the school's own pupils does not come."""
    school_id = acting.school_id()
    own = [one for one in place_queries.expected(event.id) if one.school_id == school_id]
    return _settle(event, own, {"absent": Arrival.ABSENT_REPORTED}, "calls_of_school")


def _settle(
    event: Event, among: Sequence[Booking], wanted: Mapping[str, Arrival], page: str
) -> ResponseReturnValue:
    day = asked_date(event)
    arrival = wanted.get(request.form.get("mark", ""))
    asked = request.form.get("booking", "")
    booking = next((one for one in among if one.public_id == asked), None)
    if arrival is None or booking is None:
        abort(404)
    if acts.attempt(
        lambda: service.settle(
            actor=current_user.actor, now=clock.now(), day=day, booking=booking, arrival=arrival
        ),
        refusals.Settled,
        rosters.RegisterRefused,
    ):
        flash("Marked in the register.", "success")
    return redirects.see(url_for(f"incidents.{page}", slug=event.slug, date=day.number))


def _keep(event: Event, day: EventDate, among: Sequence[Booking], page: str) -> ResponseReturnValue:
    form = CallForm()
    pressed = form.pressed()
    about = [one for one in among if one.public_id in set(form.bookings.data or ())]
    if pressed is None or (pressed[0] is Callee.PARENT and page == "calls"):
        abort(404)
    if not about or not form.validate():
        words = next(iter(form.learnt.errors), "Tick whom the call was about.")
        flash(str(words), "error")
    elif acts.attempt(lambda: _calls(day, about, form), refusals.NotAtTheEvent):
        flash("The call is on the list.", "success")
    return redirects.see(url_for(f"incidents.{page}", slug=event.slug, date=day.number))


def _calls(day: EventDate, about: Sequence[Booking], form: CallForm) -> list[Call]:
    pressed = form.pressed()
    assert pressed is not None, "a button was pressed"
    callee, result = pressed
    return [
        service.note_call(
            actor=current_user.actor,
            now=clock.now(),
            day=day,
            booking=booking,
            callee=callee,
            result=result,
            learnt=form.learnt.data or "",
        )
        for booking in sorted(about, key=lambda one: one.id)
    ]
