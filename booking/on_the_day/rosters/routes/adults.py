"""Pages where a school says who accompanies its pupils and how the host can ring them."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.domain import english
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.on_the_day.rosters import queries, service
from booking.on_the_day.rosters.forms import AdultForm
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.on_the_day.rosters.routes.blueprint import (
    adults_school,
    load_adult,
    load_event,
    own_school,
    rosters,
)
from booking.people.schools import acting


@rosters.route("/school/events/<slug>/adults", methods=["GET", "POST"])
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
def adults(event: Event) -> ResponseReturnValue:
    """Show the school's accompanying adults, and add one."""
    school, form = acting.school(), AdultForm()
    done = form.carry_out(
        lambda: service.add_adult(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            school=school,
            name=form.name.data,
            mobile=form.mobile.data,
            email=form.email.data or "",
            leads=form.leads.data,
            gives_first_aid=form.gives_first_aid.data,
        ),
        {service.AdultRefused: ""},
    )
    if done:
        flash(f"{done.result.name} is on the roster.", "success")
        return redirects.see(url_for("rosters.adults", slug=event.slug))
    return form.page(
        "on_the_day/rosters/adults.html",
        event=event,
        school=school,
        adults=queries.adults(event.id, school.id),
        before=queries.adults_before(event.id, school.id),
        restricted=queries.ways_to_restricted(school.id),
    )


@rosters.post("/school/events/<slug>/adults/as-before")
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
def as_before(event: Event) -> ResponseReturnValue:
    """Name the adults who went to the school's last event."""
    school = acting.school()
    done = acts.attempt(
        lambda: service.bring_as_before(
            actor=current_user.actor, now=clock.now(), event=event, school=school
        ),
        service.AdultRefused,
    )
    if done:
        named = [adult.name for adult in done.result]
        flash(f"Added: {english.listed(named) if named else 'nobody new'}.", "success")
    return redirects.see(url_for("rosters.adults", slug=event.slug))


@rosters.post("/school/adults/<public_id>/remove")
@requires(Action.REQUEST_PLACES, load=load_adult, scope=adults_school, name="adult")
def remove(adult: AccompanyingAdult) -> ResponseReturnValue:
    """Remove an adult from the roster."""
    event, name = db.session.get_one(Event, adult.event_id), adult.name
    acts.run(lambda: service.remove_adult(actor=current_user.actor, now=clock.now(), adult=adult))
    flash(f"{name} is no longer on the roster.", "success")
    return redirects.see(url_for("rosters.adults", slug=event.slug))
