"""The home school's side: an answer on paper after a move, and a parent who does not agree."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import words as event_words
from booking.days.places.models import Booking
from booking.domain import booking_states
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.money.checkout import forms, service
from booking.money.checkout.models import Objection
from booking.money.checkout.queries import questions, replies
from booking.money.checkout.routes.blueprints import checkout
from booking.money.checkout.routes.money import load_booking, scope_of
from booking.money.checkout.routes.paper import REFUSALS


@checkout.get("/school/bookings/<public_id>/still-fine")
@requires(Action.KEEP_PUPILS, load=load_booking, scope=scope_of, name="booking")
def still_fine_on_paper(booking: Booking) -> ResponseReturnValue:
    """Ask what a parent said about an event that has moved."""
    return _paper_page(booking.id, forms.StillFineOnPaperForm(formdata=None))


@checkout.post("/school/bookings/<public_id>/still-fine")
@requires(Action.KEEP_PUPILS, load=load_booking, scope=scope_of, name="booking")
def record_still_fine(booking: Booking) -> ResponseReturnValue:
    """Record what a parent said, as if by private link."""
    form = forms.StillFineOnPaperForm()
    try:
        done = form.carry_out(lambda: _record(booking, form), REFUSALS)
    except service.NotInvited:
        flash("This pupil is no longer waiting for a reply.", "error")
        return redirects.see(_school_event(booking))
    if done:
        flash("The answer has been recorded.", "success")
        return redirects.see(_school_event(booking))
    return _paper_page(booking.id, form, status=422)


def _record(booking: Booking, form: forms.StillFineOnPaperForm) -> Booking:
    facts: dict[str, Any] = {"actor": current_user.actor, "now": clock.now(), "booking": booking}
    if form.agreed.data == "no":
        return service.decline(**facts, given_by=form.given_by.data, channel="paper")
    return service.renew(
        **facts, given_by=form.given_by.data, read=form.read.data or "", channel="paper"
    )


def _paper_page(booking_id: int, form: Any, *, status: int = 200) -> ResponseReturnValue:
    booking = replies.booking_with_event(booking_id)
    return render_template(
        "money/checkout/still_fine.html",
        booking=booking,
        back_url=_school_event(booking),
        words=service.consent_words(booking).sentences,
        read=service.facts_digest(booking),
        form=form,
    ), status


def _school_event(booking: Booking) -> str:
    return url_for("school.event", slug=booking.event.slug)


def load_objection(public_id: str) -> Objection | None:
    """Find the objection that an address names."""
    return questions.objection_by_public_id(public_id)


def scope_of_objection(found: Objection) -> Scope:
    """Return the school whose pupil it is about."""
    return Scope(school_id=found.booking.school_id)


@checkout.get("/school/objections/<public_id>")
@requires(Action.KEEP_PUPILS, load=load_objection, scope=scope_of_objection, name="found")
def objection(found: Objection) -> ResponseReturnValue:
    """Show who does not agree, with what, and what was answered so far."""
    booking = found.booking
    return render_template(
        "money/checkout/objection.html",
        found=found,
        booking=booking,
        when=event_words.dates(booking.event),
        state=booking_states.words(booking.state).label,
        state_then=booking_states.words(found.state).label,
        answers=questions.answers_sent(booking),
        back_url=_school_event(booking),
    )


@checkout.post("/school/objections/<public_id>")
@requires(Action.KEEP_PUPILS, load=load_objection, scope=scope_of_objection, name="found")
def settle_objection(found: Objection) -> ResponseReturnValue:
    """Record that it has been dealt with."""
    acts.run(
        lambda: service.settle_objection(actor=current_user.actor, now=clock.now(), objection=found)
    )
    flash("This is no longer on your list of tasks.", "success")
    return redirects.see(_school_event(found.booking))
