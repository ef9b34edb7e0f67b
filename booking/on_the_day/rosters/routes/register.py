"""The register: one tap per pupil, for a phone in a noisy hall, also without JavaScript."""

from collections.abc import Mapping
from datetime import datetime

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event, EventDate
from booking.days.places import queries as place_queries
from booking.domain import english
from booking.domain.permissions import Action
from booking.domain.registering import Arrival, Aspect, Departure
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.once import Sending
from booking.on_the_day.rosters import pages, service, words
from booking.on_the_day.rosters.routes.blueprint import asked_date, hosted, load_event, rosters
from booking.on_the_day.rosters.routes.phones import facts, tidy_name

#: What a button of the page sends, and what it marks; None takes a mark back.
MARKS: Mapping[str, tuple[Aspect, Arrival | Departure | None]] = {
    **{one.value: (Aspect.ARRIVAL, one) for one in Arrival},
    **{one.value: (Aspect.DEPARTURE, one) for one in Departure},
    "none": (Aspect.ARRIVAL, None),
    "still_here": (Aspect.DEPARTURE, None),
}


@rosters.get("/host/events/<slug>/register")
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def register(event: Event) -> str:
    """Show who is expected on a date and how they were marked; record it if alerts were shown."""
    actor, now = current_user.actor, clock.now()
    view = _view(event, now)
    if any(pupil.health for pupil in view.pupils):
        acts.run(
            lambda: service.note_health_read(
                actor=actor, now=now, event=event, rows=len(view.pupils)
            )
        )
    return render_template(
        "on_the_day/rosters/register.html",
        event=event,
        view=view,
        facts=facts(event, view.day, now),
        labels={**words.ARRIVALS, **words.DEPARTURES},
    )


@rosters.post("/host/events/<slug>/register")
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def mark(event: Event) -> ResponseReturnValue:
    """Mark one pupil; marking the same again changes nothing."""
    day, wanted = asked_date(event), request.form.get("mark", "")
    booking = place_queries.booking_by_public_id(request.form.get("booking", ""))
    if booking is None or booking.event_id != event.id or wanted not in MARKS:
        abort(404)
    acts.attempt(
        lambda: service.mark(
            actor=current_user.actor,
            now=clock.now(),
            day=day,
            booking=booking,
            aspect=MARKS[wanted][0],
            mark=MARKS[wanted][1],
            left_with=tidy_name(request.form.get("left_with", "")),
        ),
        service.RegisterRefused,
        sending=Sending.ANY,  # a pupil is marked as often as one likes; others mark beside you
    )
    return _back(event, day, f"pupil-{booking.public_id}")


@rosters.post("/host/events/<slug>/register/rest")
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def rest(event: Event) -> ResponseReturnValue:
    """Mark everybody not marked yet as here, of those shown."""
    day, view = asked_date(event), _view(event, clock.now())
    done = acts.attempt(
        lambda: service.mark_rest_present(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            day=day,
            school_id=view.school_id,
            among={booking.id for booking in view.bookings},
        ),
        service.RegisterRefused,
    )
    if done:
        flash(f"{english.plural(done.result, 'pupil')} marked as here.", "success")
    return _back(event, day, "")


def _view(event: Event, now: datetime) -> pages.Register:
    """Return the register of the date, school and group given in the address or the form."""
    school, group = request.values.get("school", ""), request.values.get("group", "")
    return pages.Register(
        event, asked_date(event), school, now, actor=current_user.actor, group=group
    )


def _back(event: Event, day: EventDate, anchor: str) -> ResponseReturnValue:
    school, group = request.form.get("school", ""), request.form.get("group", "")
    return redirects.see(
        url_for(
            "rosters.register",
            slug=event.slug,
            date=day.number,
            school=school or None,
            group=group or None,
            _anchor=anchor or None,
        )
    )
