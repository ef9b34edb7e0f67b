"""Back from the card payment page: what happened, whether money was taken, and what to do next."""

import logging
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from booking.foundation import outages
from booking.foundation.db import let_go
from booking.foundation.web import redirects
from booking.foundation.web.access import by_token
from booking.money.checkout import pages, service
from booking.money.checkout.queries import replies
from booking.money.checkout.routes import ways_back
from booking.money.checkout.routes.blueprints import checkout, parent
from booking.money.checkout.routes.visits import address, opens, page, visit
from booking.money.payments import gateway
from booking.money.payments import queries as payment_queries
from booking.money.payments.models import Method

log = logging.getLogger(__name__)
#: A payment for several places, part of which goes back; only the page needs this word.
PARTLY = "partly"
#: What happened to the payment cannot be said or recorded now.
UNKNOWN: dict[str, Any] = {"outcome": "unknown", "declined": False}


@checkout.get("/paid/<reference>")
@by_token("payment reference")
def back(reference: str) -> ResponseReturnValue:
    """Bring a parent back to the private page, in the browser that left it.

    Any other browser learns what happened to the payment, and nothing about a child.
    """
    token = ways_back.find(reference)
    if token is not None and opens(token):
        return redirects.see(url_for("parent.paid", token=token))
    payment = payment_queries.by_public_id(reference)
    if payment is None or payment.method is not Method.CARD:
        return render_template("money/parent/payment_elsewhere.html", outcome=None), 404
    facts = {"amount_pence": payment.amount_pence, "reference": reference}
    outcome = _outcome(payment.session_id)
    return render_template("money/parent/payment_elsewhere.html", **facts, **outcome)


@parent.get("/<token>/paid")
@by_token("parent link")
def paid(token: str) -> ResponseReturnValue:
    """Show what happened to the payment, whatever brought the parent here.

    The address proves nothing, so we ask the processor. This is the only page whose GET may record
    something, namely what has already happened at the processor.
    """
    seen = visit(token)
    payment = payment_queries.latest_of_parent(seen.booking.id, seen.parent.id)
    if payment is None:
        return redirects.see(address("parent.overview", seen))
    facts = {"reference": payment.public_id, **_outcome(payment.session_id)}
    seen = visit(token)
    paid_for = pages.paid_for(replies.lines_with_bookings(payment.public_id))
    kept_pence = sum(line.kept_pence for line in paid_for)
    if facts["outcome"] == service.SettlementOutcome.PAID and any(
        not line.kept_pence for line in paid_for
    ):
        facts["outcome"] = PARTLY
    amounts = {"amount_pence": sum(line.amount_pence for line in paid_for)}
    return page("paid", seen, paid_for=paid_for, kept_pence=kept_pence, **amounts, **facts)


def _outcome(session_id: str | None) -> dict[str, Any]:
    """Return the state of the payment, and whether the last card was declined.

    During an outage nothing can be recorded: the worker does so later, and the parent waits.
    """
    if session_id is None:
        return {"outcome": service.SettlementOutcome.LAPSED.value, "declined": False}
    try:
        with gateway.somebody_waits():
            outcome = service.settle(session_id)
            open_ = outcome is service.SettlementOutcome.OPEN
            declined = open_ and gateway.current().session(session_id).declined
    except (gateway.GatewayUnavailable, gateway.GatewayRefused) as error:
        log.error("the processor did not answer about session %s: %s", session_id, error)
        return UNKNOWN
    except outages.TROUBLE as error:
        if not outages.is_outage(error):
            raise
        let_go()
        log.error("nothing was recorded of session %s: %s", session_id, outages.cause(error))
        return UNKNOWN
    return {"outcome": outcome.value, "declined": declined}
