"""The status of the fee for a school's own pupils, and what the school records about it."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import queries as event_queries
from booking.days.events.models import EventState
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.payment_states import MoveNotAllowed
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.money.checkout import forms, pages, service
from booking.money.checkout.queries import replies
from booking.money.checkout.routes.blueprints import checkout
from booking.money.payments import service as payments
from booking.money.payments.models import Method
from booking.people.schools import acting

REFUSALS = (
    MoveNotAllowed,
    payments.AmountTooLarge,
    payments.Disputed,
    payments.MoreThanLeft,
    payments.NotWaiting,
    payments.NothingToRefund,
    service.MoreThanAsked,
    service.NothingAsked,
    service.RemindedAlready,
)


def load_booking(public_id: str) -> Booking | None:
    """Return the booking at an address."""
    return place_queries.booking_by_public_id(public_id)


def scope_of(booking: Booking) -> Scope:
    """Return the school that a booking belongs to."""
    return Scope(school_id=booking.school_id)


@checkout.get("/school/events/<slug>/money")
@requires(Action.SEE_FUNDING)
def money(slug: str) -> ResponseReturnValue:
    """Show the status of the fee for each of the school's own pupils."""
    event, school = event_queries.by_slug(slug), acting.school()
    if event is None or event.state is EventState.DRAFT:
        abort(404)  # only its host sees a draft
    rows = replies.money_rows(event.id, school.id)
    return render_template("money/checkout/money.html", seen=pages.money_page(event, school, rows))


@checkout.get("/school/bookings/<public_id>/money")
@requires(Action.KEEP_FUNDING, load=load_booking, scope=scope_of, name="booking")
def booking_money(booking: Booking) -> ResponseReturnValue:
    """Show one pupil's payments, and what can be recorded about them."""
    return show(booking.id)


def show(
    booking_id: int, *, money_form: Any = None, refund_form: Any = None, status: int = 200
) -> ResponseReturnValue:
    """Return one pupil's page, with the forms as they were sent."""
    seen = pages.booking_page(booking_id)
    return render_template(
        "money/checkout/booking_money.html",
        seen=seen,
        money_form=money_form
        or forms.MoneyForm(formdata=None, data={"amount": seen.due_pence or None}),
        refund_form=refund_form or forms.RefundForm(formdata=None, prefix="refund"),
    ), status


@checkout.post("/school/bookings/<public_id>/money/receive")
@requires(Action.KEEP_FUNDING, load=load_booking, scope=scope_of, name="booking")
def receive(booking: Booking) -> ResponseReturnValue:
    """Record cash, a cheque or a bank transfer."""
    form = forms.MoneyForm()
    if form.carry_out(
        lambda: service.receive_money(
            actor=current_user.actor,
            now=clock.now(),
            booking=booking,
            method=Method(form.method.data),
            amount_pence=form.amount.data,
            reference=form.reference.data or "",
        ),
        {service.ReferenceMissing: "reference", **dict.fromkeys(REFUSALS, "amount")},
    ):
        flash("The money has been recorded and a receipt is on its way.", "success")
        return back(booking)
    return show(booking.id, money_form=form, status=422)


@checkout.post("/school/bookings/<public_id>/money/remit")
@requires(Action.KEEP_FUNDING, load=load_booking, scope=scope_of, name="booking")
def remit(booking: Booking) -> ResponseReturnValue:
    """Remit the charge, privately."""
    return done(
        booking,
        lambda: service.remit(actor=current_user.actor, now=clock.now(), booking=booking),
        "The charge has been remitted. Nobody outside your school will be told.",
    )


@checkout.post("/school/bookings/<public_id>/money/ask")
@requires(Action.KEEP_FUNDING, load=load_booking, scope=scope_of, name="booking")
def ask_again(booking: Booking) -> ResponseReturnValue:
    """Cancel a remission."""
    return done(
        booking,
        lambda: service.ask_again(actor=current_user.actor, now=clock.now(), booking=booking),
        "The remission has been cancelled.",
    )


@checkout.post("/school/bookings/<public_id>/money/remind")
@requires(Action.KEEP_FUNDING, load=load_booking, scope=scope_of, name="booking")
def remind(booking: Booking) -> ResponseReturnValue:
    """Send one reminder about a contribution."""
    return done(
        booking,
        lambda: service.remind(actor=current_user.actor, now=clock.now(), booking=booking),
        "The reminder is on its way. No further reminder can be sent.",
    )


def done(booking: Booking, act: Callable[[], object], words: str) -> ResponseReturnValue:
    """Do what a button says, then say how it went."""
    if acts.attempt(act, *REFUSALS):
        flash(words, "success")
    return back(booking)


def back(booking: Booking) -> ResponseReturnValue:
    """Go back to the pupil's page."""
    return redirects.see(url_for("checkout.booking_money", public_id=booking.public_id))
