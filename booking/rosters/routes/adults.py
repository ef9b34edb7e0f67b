"""The home school says who accompanies its pupils, and how the host can ring them."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking import clock
from booking.db import db, transaction
from booking.domain.permissions import Action
from booking.events.models import Event
from booking.rosters import queries, service
from booking.rosters.forms import AdultForm
from booking.rosters.models import AccompanyingAdult
from booking.rosters.routes.blueprint import (
    adults_school,
    load_adult,
    load_event,
    own_school,
    rosters,
)
from booking.schools import acting
from booking.web import redirects
from booking.web.access import requires


@rosters.route("/school/events/<slug>/adults", methods=["GET", "POST"])
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
def adults(event: Event) -> ResponseReturnValue:
    """Show the school's accompanying adults and enter one more."""
    school, form = acting.school(), AdultForm()
    if form.validate_on_submit():
        try:
            with transaction():
                adult = service.add_adult(
                    actor=current_user.actor,
                    now=clock.now(),
                    event=event,
                    school=school,
                    name=form.name.data,
                    mobile=form.mobile.data,
                )
        except service.AdultRefused as error:
            form.refuse(str(error), error.field)
        else:
            flash(f"{adult.name} is on the roster.", "success")
            return redirects.see(url_for("rosters.adults", slug=event.slug))
    found = queries.adults(event.id, school.id)
    page = render_template(
        "rosters/adults.html", event=event, school=school, adults=found, form=form
    )
    return page, 422 if form.errors else 200


@rosters.post("/school/adults/<public_id>/remove")
@requires(Action.REQUEST_PLACES, load=load_adult, scope=adults_school, name="adult")
def remove(adult: AccompanyingAdult) -> ResponseReturnValue:
    """Take an adult off the roster."""
    event, name = db.session.get_one(Event, adult.event_id), adult.name
    with transaction():
        service.remove_adult(actor=current_user.actor, now=clock.now(), adult=adult)
    flash(f"{name} is no longer on the roster.", "success")
    return redirects.see(url_for("rosters.adults", slug=event.slug))
