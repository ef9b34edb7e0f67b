"""Leaving to pay by card: from our own page to another company's."""

import logging
from collections.abc import Sequence

from flask import flash
from flask.typing import ResponseReturnValue

from booking.foundation.web import redirects
from booking.money.checkout import pages, service
from booking.money.checkout.details import PaymentWish
from booking.money.checkout.routes import ways_back
from booking.money.checkout.routes.visits import address, page, visit
from booking.money.payments import gateway
from booking.money.payments import queries as payment_queries

log = logging.getLogger(__name__)
ON_ITS_WAY = (
    "A payment for this is on its way, so please do not pay again. You will get an e-mail as "
    "soon as the money arrives."
)
#: When the processor may be asked again, if it was left alone.
AGAIN_AFTER_S = 60
PAID_MEANWHILE = "One of these has just been paid. Here is what is left."


def to_card_page(seen: pages.Visit, wishes: Sequence[PaymentWish]) -> ResponseReturnValue:
    """Go to the card payment page for what the parent wants to pay, or say why not.

    Raises payments.service's refusals of an amount, which the page shows beside the amount.
    """
    # `begin` opens its own transactions, and asks the card processor between them, not inside.
    try:
        with gateway.somebody_waits():
            paying = service.begin(parent_id=seen.parent.id, wishes=wishes)
    except service.OnItsWay as error:
        return _waiting(seen, error.reference)
    except service.AlreadyPaid:
        if len(wishes) == 1:
            return redirects.see(address("parent.paid", seen))
        flash(PAID_MEANWHILE, "info")
        return redirects.see(address("parent.together", seen))
    except service.NotPayable as error:
        flash(str(error), "warning")
        return redirects.see(address("parent.overview", seen))
    except (gateway.GatewayUnavailable, gateway.GatewayRefused) as error:
        log.error("no payment page for booking %s: %s", wishes[0].booking_id, error)
        unreachable = page("card_page_unreachable", visit(seen.token))
        return unreachable, 503, {"Retry-After": str(AGAIN_AFTER_S)}
    ways_back.keep(paying.reference, seen.token)
    return redirects.see(paying.url)


def _waiting(seen: pages.Visit, reference: str) -> ResponseReturnValue:
    """Show the payment that is on its way, or say so if it was begun from another page."""
    begun = payment_queries.latest_of_parent(seen.booking.id, seen.parent.id)
    if begun is not None and begun.public_id == reference:
        return redirects.see(address("parent.paid", seen))
    flash(ON_ITS_WAY, "info")
    return redirects.see(address("parent.overview", seen))
