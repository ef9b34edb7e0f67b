"""A school's side of the workshops: wishes from paper, and families told about late changes."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.groups import forms, service
from booking.days.groups.pages import choosing
from booking.days.groups.queries import workshops
from booking.days.groups.routes.blueprint import (
    groups_pages,
    home_school,
    load_booking,
    own_school,
    public_event,
)
from booking.days.places.models import Booking
from booking.domain import english
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.people.schools import acting


@groups_pages.route("/school/bookings/<public_id>/workshops", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS, load=load_booking, scope=home_school, name="booking")
def choose_on_paper(booking: Booking) -> ResponseReturnValue:
    """Type in what a pupil would like, as the family told the school."""
    view = choosing.family_choice(booking, clock.now())
    back = url_for("school.event", slug=booking.event.slug)
    if view is None or not view.is_open:
        flash("Workshops can no longer be chosen for this event.", "warning")
        return redirects.see(back)
    stored = forms.wished(workshops.wishes_of(booking.id), view.offered)
    form = forms.WishesForm(data=stored).offer(view)
    done = form.carry_out(
        lambda: service.choose(
            actor=current_user.actor, now=clock.now(), booking=booking, wishes=form.wishes(view)
        ),
        {service.WorkshopsRefused: ""},
    )
    if done:
        flash("The choices have been recorded.", "success")
        return redirects.see(back)
    return form.page("days/groups/paper.html", booking=booking, view=view, back_url=back)


@groups_pages.post("/school/events/<slug>/workshops/told")
@requires(Action.REQUEST_PLACES, load=public_event, scope=own_school, name="event")
def told_families(event: Event) -> ResponseReturnValue:
    """Note that the school has told its families about another workshop."""
    done = acts.attempt(
        lambda: service.seating.told(
            actor=current_user.actor, now=clock.now(), event=event, school_id=acting.school().id
        ),
        service.WorkshopsRefused,
    )
    if done:
        flash(f"Noted for {english.plural(done.result, 'pupil')}.", "success")
    return redirects.see(url_for("school.event", slug=event.slug))
