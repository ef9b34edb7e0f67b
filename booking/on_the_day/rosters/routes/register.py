"""The register: one tap per pupil, for a phone in a noisy hall, without JavaScript."""

from datetime import datetime

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event, EventDate
from booking.days.places import queries as place_queries
from booking.domain import english
from booking.domain.permissions import Action
from booking.domain.registering import Arrival
from booking.foundation import clock
from booking.foundation.web import acts, paging, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.once import Sending
from booking.on_the_day.rosters import pages, service, windows
from booking.on_the_day.rosters.routes.blueprint import hosted, load_event, rosters

#: What a button of the page sends: an arrival, or "none" to take a mark back.
MARKS: dict[str, Arrival | None] = {**{one.value: one for one in Arrival}, "none": None}


@rosters.get("/host/events/<slug>/register")
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def register(event: Event) -> str:
    """Show who is expected on a date and who has been marked."""
    now = clock.now()
    view = _view(event, now)
    return render_template("on_the_day/rosters/register.html", event=event, view=view)


@rosters.post("/host/events/<slug>/register")
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def mark(event: Event) -> ResponseReturnValue:
    """Mark one pupil; marking the same again changes nothing."""
    day, wanted = _asked_date(event), request.form.get("mark", "")
    booking = place_queries.booking_by_public_id(request.form.get("booking", ""))
    if booking is None or booking.event_id != event.id or wanted not in MARKS:
        abort(404)
    acts.attempt(
        lambda: service.mark(
            actor=current_user.actor,
            now=clock.now(),
            day=day,
            booking=booking,
            arrival=MARKS[wanted],
        ),
        service.RegisterRefused,
        sending=Sending.ANY,  # a pupil is marked as often as one likes; others mark beside you
    )
    return _back(event, day, f"pupil-{booking.public_id}")


@rosters.post("/host/events/<slug>/register/rest")
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def rest(event: Event) -> ResponseReturnValue:
    """Mark everybody not marked yet as here, of those shown."""
    day, view = _asked_date(event), _view(event, clock.now())
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
    return pages.Register(event, _asked_date(event), school, now, group=group)


def _asked_date(event: Event) -> EventDate:
    """Return the date given in the address or the form, or else today's or the nearest."""
    number = request.values.get("date", type=paging.whole)
    if number is None:
        return windows.register_date(event.dates, clock.now())
    found = next((day for day in event.dates if day.number == number), None)
    return found if found is not None else abort(404)


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
