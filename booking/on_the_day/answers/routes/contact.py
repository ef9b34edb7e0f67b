"""Whom to ring for a pupil, for the day's staff in an emergency."""

from datetime import datetime

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.places.models import Booking
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.on_the_day.answers import pages, refusals, service
from booking.on_the_day.answers.forms import OpenContactForm
from booking.on_the_day.answers.routes.blueprint import answers, load_booking
from booking.on_the_day.rosters import windows


def hosted(booking: Booking) -> Scope:
    """Return whose staff look after the pupil on the day."""
    return windows.scope_of(booking.event, _now())


def _now() -> datetime:
    return clock.now()


@answers.route("/host/bookings/<public_id>/contact", methods=["GET", "POST"])
@requires(Action.SEE_HEALTH, load=load_booking, scope=hosted, name="booking")
def contact(booking: Booking) -> ResponseReturnValue:
    """Ask why the number is needed, then show it for a quarter of an hour."""
    form, actor = OpenContactForm(), current_user.actor
    if form.carry_out(
        lambda: service.open_contact(
            actor=actor, now=_now(), booking=booking, reason=form.reason.data or ""
        ),
        {refusals.ContactReasonMissing: "reason", refusals.NotTheDay: ""},
    ):
        return redirects.see(url_for("answers.contact", public_id=booking.public_id))
    seen = pages.contact_page(booking, actor=actor, now=_now())
    return form.page("on_the_day/answers/contact.html", seen=seen, booking=booking)
