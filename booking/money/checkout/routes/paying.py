"""Contributing and paying a charge: what is asked, and the button to pay by card."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from booking.domain import charging
from booking.domain.charging import FeeKind
from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import by_token
from booking.foundation.web.forms import ButtonForm, Form
from booking.money.checkout import forms, pages, ports, service
from booking.money.checkout.details import PaymentWish
from booking.money.checkout.queries import together
from booking.money.checkout.routes.blueprints import parent
from booking.money.checkout.routes.leaving import to_card_page
from booking.money.checkout.routes.visits import address, page, visit
from booking.money.payments import gateway
from booking.money.payments import service as payments

AMOUNT_REFUSALS = (payments.AmountTooSmall, payments.AmountTooLarge)
PLACE_HELD = {pages.FirstPage.CONFIRMED, pages.FirstPage.OVER}


def _may_contribute(seen: pages.Visit) -> bool:
    voluntary = seen.event.fee_kind is FeeKind.VOLUNTARY_CONTRIBUTION
    return voluntary and seen.standing in PLACE_HELD and not seen.has_given


@parent.get("/<token>/contribution")
@by_token("parent link")
def contribution(token: str) -> ResponseReturnValue:
    """Ask for a contribution, with three answers of equal weight."""
    return _contribution_page(token, forms.ContributionForm(formdata=None))


@parent.post("/<token>/contribution")
@by_token("parent link")
def choose_contribution(token: str) -> ResponseReturnValue:
    """Go to the card payment page with one amount or the other, or record "not this time"."""
    form = forms.ContributionForm()
    if not form.validate():
        return _contribution_page(token, form)
    seen = visit(token)
    if form.choice.data != forms.NOT_THIS_TIME:
        suggested = form.choice.data == forms.SUGGESTED
        try:
            return _for_this(seen, seen.event.fee_pence if suggested else form.amount.data)
        except AMOUNT_REFUSALS as error:
            form.refuse(str(error), field="amount")
            return _contribution_page(token, form)
    acts.run(lambda: _not_this_time(visit(token)))
    return redirects.see(url_for("parent.overview", token=token))


def _not_this_time(seen: pages.Visit) -> None:
    if _may_contribute(seen):
        service.not_this_time(actor=PARENT, now=clock.now(), booking=seen.booking)


def _contribution_page(token: str, form: Form) -> ResponseReturnValue:
    seen = visit(token)
    if not _may_contribute(seen):
        return redirects.see(address("parent.overview", seen))
    facts = {"form": form, "transfer_page": ports.transfer_page(), **_family(seen)}
    return page("contribution", seen, **facts), 422 if form.errors else 200


@parent.get("/<token>/charge")
@by_token("parent link")
def charge(token: str) -> ResponseReturnValue:
    """Show the charge that the place waits for."""
    seen = visit(token)
    if seen.standing is not pages.FirstPage.TO_PAY:
        return redirects.see(address("parent.overview", seen))
    return page("charge", seen, transfer_page=ports.transfer_page(), **_due(seen))


@parent.post("/<token>/charge")
@by_token("parent link")
def pay_charge(token: str) -> ResponseReturnValue:
    """Go to the card payment page with the amount from our own books."""
    seen = visit(token)
    if not ButtonForm().validate():
        return redirects.see(address("parent.charge", seen))
    try:
        return _for_this(seen, None)
    except payments.AmountTooSmall:
        return redirects.see(address("parent.charge", seen))  # it says what to do instead


def _for_this(seen: pages.Visit, amount_pence: int | None) -> ResponseReturnValue:
    return to_card_page(seen, [PaymentWish(seen.booking.id, amount_pence)])


def _due(seen: pages.Visit) -> dict[str, Any]:
    due_pence = service.amount_due(seen.booking)
    return {
        "due_pence": due_pence,
        "by_card": due_pence >= charging.MINIMUM_CARD_PENCE,
        **_family(seen),
    }


def _family(seen: pages.Visit) -> dict[str, Any]:
    """Return the other places the family has to pay for and the total, to offer one payment."""
    items = together.payable(seen.parent.id, clock.now()) if gateway.takes_cards() else []
    return {
        "others": [item for item in items if item.booking.id != seen.booking.id],
        "family_pence": sum(item.amount_pence for item in items),
    }
