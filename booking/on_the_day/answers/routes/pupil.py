"""One pupil on one event, for the pupil's own school."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.places.models import Booking
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.money.checkout import service as checkout
from booking.on_the_day.answers import pages
from booking.on_the_day.answers.forms import DietNoteForm
from booking.on_the_day.answers.routes.blueprint import answers, load_booking, own_school
from booking.on_the_day.rosters import service as rosters


@answers.route("/school/bookings/<public_id>/", methods=["GET", "POST"])
@requires(Action.READ_ANSWERS, load=load_booking, scope=own_school, name="booking")
def pupil(booking: Booking) -> ResponseReturnValue:
    """Show all that the school may know about one pupil's day, and note what the kitchen needs.

    Alerts are shown in the same window as to the day's staff, and reading them is recorded.
    """
    form = DietNoteForm()
    if form.carry_out(
        lambda: checkout.note_diet(
            actor=current_user.actor, now=clock.now(), booking=booking, note=form.note.data or ""
        ),
        {checkout.NothingToNote: "", checkout.NotInvited: "", checkout.TooLong: "note"},
    ):
        flash("Saved. The host reads it on the roster.", "success")
        return redirects.see(url_for("answers.pupil", public_id=booking.public_id))
    now = clock.now()
    seen = pages.pupil_day(booking, now)
    if seen.shows_health:
        acts.run(
            lambda: rosters.note_health_read(
                actor=current_user.actor,
                now=now,
                event=booking.event,
                rows=1,
                school_id=booking.school_id,
            )
        )
    if not form.is_submitted() and seen.sent:
        form.note.data = seen.sent.diet_note
    return form.page("on_the_day/answers/pupil.html", seen=seen, booking=seen.booking)
