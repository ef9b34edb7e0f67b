"""Contributing, paying a charge, and coming back from the bank."""

import logging
from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from booking import clock
from booking.checkout import forms, pages, service
from booking.checkout.routes import ways_back
from booking.checkout.routes.blueprints import checkout, parent
from booking.checkout.routes.visits import address, opens, page, visit
from booking.db import transaction
from booking.domain.charging import FeeKind
from booking.domain.permissions import PARENT
from booking.payments import gateway
from booking.payments import queries as payments
from booking.payments import service as paying
from booking.payments.models import Method
from booking.web import redirects
from booking.web.access import by_token
from booking.web.forms import Form

log = logging.getLogger(__name__)
AMOUNT_REFUSALS = (paying.AmountTooSmall, paying.AmountTooLarge)
PLACE_HELD = {pages.Standing.CONFIRMED, pages.Standing.OVER}


def _may_contribute(seen: pages.Visit) -> bool:
    voluntary = seen.event.fee_kind is FeeKind.VOLUNTARY_CONTRIBUTION
    return voluntary and seen.standing in PLACE_HELD and not seen.has_given


@parent.get("/<token>/contribution")
@by_token("parent link")
def contribution(token: str) -> ResponseReturnValue:
    """Ask for a contribution, with three answers of equal weight."""
    return _contribution_page(token, "contribution", forms.ContributionForm(formdata=None))


@parent.post("/<token>/contribution")
@by_token("parent link")
def choose_contribution(token: str) -> ResponseReturnValue:
    """Go to the bank, ask for another amount, or record "not this time"."""
    form = forms.ContributionForm()
    if not form.validate():
        return _contribution_page(token, "contribution", form)
    seen = visit(token)
    match form.choice.data:
        case forms.SUGGESTED:
            return _to_the_bank(seen, seen.event.fee_pence)
        case forms.ANOTHER:
            return redirects.see(address("parent.another_amount", seen))
    with transaction():
        seen = visit(token)
        if _may_contribute(seen):
            service.not_this_time(actor=PARENT, now=clock.now(), booking=seen.booking)
    return redirects.see(f"/parent/{token}")


@parent.get("/<token>/contribution/amount")
@by_token("parent link")
def another_amount(token: str) -> ResponseReturnValue:
    """Ask how much."""
    return _contribution_page(token, "amount", forms.AmountForm(formdata=None))


@parent.post("/<token>/contribution/amount")
@by_token("parent link")
def contribute_amount(token: str) -> ResponseReturnValue:
    """Go to the bank with the parent's own amount."""
    form = forms.AmountForm()
    if form.validate():
        try:
            return _to_the_bank(visit(token), form.amount.data)
        except AMOUNT_REFUSALS as error:
            form.refuse(str(error), field="amount")
    return _contribution_page(token, "amount", form)


def _contribution_page(token: str, template: str, form: Form) -> ResponseReturnValue:
    seen = visit(token)
    if not _may_contribute(seen):
        return redirects.see(address("parent.overview", seen))
    return page(template, seen, form=form), 422 if form.errors else 200


@parent.get("/<token>/charge")
@by_token("parent link")
def charge(token: str) -> ResponseReturnValue:
    """Show the charge that stands before the place."""
    seen = visit(token)
    if seen.standing is not pages.Standing.TO_PAY:
        return redirects.see(address("parent.overview", seen))
    return page("charge", seen, **_due(seen))


@parent.post("/<token>/charge")
@by_token("parent link")
def pay_charge(token: str) -> ResponseReturnValue:
    """Go to the bank with the amount that our own books ask for."""
    seen = visit(token)
    if not forms.EmptyForm().validate():
        return redirects.see(address("parent.charge", seen))
    return _to_the_bank(seen, None)


def _due(seen: pages.Visit) -> dict[str, Any]:
    return {"due_pence": service.amount_due(seen.booking)}


def _to_the_bank(seen: pages.Visit, amount_pence: int | None) -> ResponseReturnValue:
    booking_id, parent_id = seen.booking.id, seen.parent.id
    try:
        bank = service.begin(parent_id=parent_id, wishes=[service.Wish(booking_id, amount_pence)])
    except service.AlreadyPaid:
        return redirects.see(address("parent.paid", seen))
    except service.NotPayable as error:
        flash(str(error), "warning")
        return redirects.see(f"/parent/{seen.token}")
    except (gateway.GatewayUnavailable, gateway.GatewayRefused) as error:
        log.error("no payment page for booking %s: %s", booking_id, error)
        return page("bank_unreachable", visit(seen.token)), 503
    ways_back.keep(bank.reference, seen.token)
    return redirects.see(bank.url)


@checkout.get("/paid/<reference>")
@by_token("payment reference")
def back(reference: str) -> ResponseReturnValue:
    """Bring a parent back from the bank to the private page, in the browser that left it.

    Any other browser is told what became of the payment, and nothing about a child.
    """
    token = ways_back.find(reference)
    if token is not None and opens(token):
        return redirects.see(url_for("parent.paid", token=token))
    payment = payments.by_public_id(reference)
    if payment is None or payment.method is not Method.CARD:
        return render_template("parent/payment_elsewhere.html", outcome=None), 404
    facts = {"amount_pence": payment.amount_pence, "reference": reference}
    outcome = _outcome(payment.session_id)
    return render_template("parent/payment_elsewhere.html", **facts, **outcome)


@parent.get("/<token>/paid")
@by_token("parent link")
def paid(token: str) -> ResponseReturnValue:
    """Show what became of the payment, whoever or whatever brought the parent here.

    The address proves nothing: the bank is asked. This is the one page whose GET may record
    something, namely what has already happened at the bank.
    """
    seen = visit(token)
    payment = payments.latest_of_parent(seen.booking.id, seen.parent.id)
    if payment is None:
        return redirects.see(address("parent.overview", seen))
    facts = {
        "amount_pence": payment.amount_pence,
        "reference": payment.public_id,
        **_outcome(payment.session_id),
    }
    return page("paid", visit(token), **facts)


def _outcome(session_id: str | None) -> dict[str, Any]:
    """Return how the payment stands, and whether the last card was declined."""
    if session_id is None:
        return {"outcome": service.Outcome.LAPSED.value, "declined": False}
    try:
        outcome = service.settle(session_id)
        open_ = outcome is service.Outcome.OPEN
        declined = open_ and gateway.current().session(session_id).declined
    except (gateway.GatewayUnavailable, gateway.GatewayRefused) as error:
        log.error("the bank does not answer about session %s: %s", session_id, error)
        return {"outcome": "unknown", "declined": False}
    return {"outcome": outcome.value, "declined": declined}
