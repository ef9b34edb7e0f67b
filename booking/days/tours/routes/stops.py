"""The keeper's answers to schools: accept a time, decline, cancel a stop."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import service as events
from booking.days.tours import service, words
from booking.days.tours.forms import StopReasonForm
from booking.days.tours.models import TourStop
from booking.days.tours.routes.blueprint import REFUSALS, address, of_a_stop, tours
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects


@tours.post("/<slug>/stops/<public_id>/accept")
@of_a_stop(Action.WRITE_EVENTS)
def accept(stop: TourStop) -> ResponseReturnValue:
    """Accept one of the times that a school offers."""
    tour, wanted = stop.tour, request.form.get("time", "")
    offered = {str(time.id): time.starts_at for time in stop.times}
    if wanted not in offered:
        flash("The school does not offer this time any more. Please look again.", "error")
        return redirects.see(address(tour, "work"))
    done = acts.attempt(
        lambda: service.accept(
            actor=current_user.actor, now=clock.now(), stop=stop, starts_at=offered[wanted]
        ),
        service.StopNotOpen,
        service.TimeTaken,
        events.EventRefused,
    )
    if done:
        flash(
            f"Agreed: {words.when(done.result)}. {done.result.school.name} has a draft of its "
            "event to publish, and has been told.",
            "success",
        )
    return redirects.see(address(tour, "work"))


@tours.route("/<slug>/stops/<public_id>/decline", methods=["GET", "POST"])
@of_a_stop(Action.WRITE_EVENTS)
def decline(stop: TourStop) -> ResponseReturnValue:
    """Decline a school's wish, and say why."""
    form, tour = StopReasonForm(), stop.tour
    if form.carry_out(
        lambda: service.decline(
            actor=current_user.actor, now=clock.now(), stop=stop, reason=form.reason.data or ""
        ),
        REFUSALS,
    ):
        flash("Declined. The school has been told.", "success")
        return redirects.see(address(tour, "work"))
    return form.page("days/tours/reason.html", stop=stop, words=words, calling_off=False)


@tours.route("/<slug>/stops/<public_id>/cancel", methods=["GET", "POST"])
@of_a_stop(Action.WRITE_EVENTS)
def call_off(stop: TourStop) -> ResponseReturnValue:
    """Cancel an agreed stop: its event is cancelled, or its draft deleted."""
    form, tour = StopReasonForm(), stop.tour
    if form.carry_out(
        lambda: service.call_off(
            actor=current_user.actor, now=clock.now(), stop=stop, reason=form.reason.data or ""
        ),
        {**REFUSALS, events.OverAlready: "", events.NotPublished: ""},
    ):
        flash("The stop is cancelled, and its time is free again.", "success")
        return redirects.see(address(tour, "work"))
    return form.page("days/tours/reason.html", stop=stop, words=words, calling_off=True)
