"""What was sent to a pupil's family about one booking, for the pupil's own school."""

from typing import Any

from flask import render_template

from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web.access import requires
from booking.network.outbox import pages, queries
from booking.network.outbox.routes.blueprint import outbox


def load_booking(**url: Any) -> Booking | None:
    """Return a booking."""
    return place_queries.booking_by_public_id(url["public_id"])


def own_school(booking: Booking) -> Scope:
    """Return the school that a booking belongs to."""
    return Scope(booking.school_id)


@outbox.get("/school/bookings/<public_id>/mail")
@requires(Action.KEEP_PUPILS, load=load_booking, scope=own_school, name="booking")
def of_booking(booking: Booking) -> str:
    """Show what was sent about a booking, when, and what became of it."""
    now = clock.now()
    found = queries.undelivered(
        booking.school_id, now=now, event_id=booking.event_id, pupil_id=booking.pupil_id
    )
    return render_template(
        "network/outbox/of_booking.html",
        booking=booking,
        mails=pages.family_mail(queries.sent_to_family([booking.id]), {}, now=now),
        troubles=pages.trouble_rows(found),
    )
