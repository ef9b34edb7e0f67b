"""Payouts beside their rows, disputes, and what the card processor holds of the network's money."""

import logging
from datetime import timedelta

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from booking import clock
from booking.checkout import bank_queries, service
from booking.checkout.routes.blueprints import checkout
from booking.checkout.routes.explaining import may_keep, network_wide
from booking.domain.bank_states import OPEN
from booking.domain.ledger import accounts
from booking.domain.permissions import Action
from booking.fund import queries as fund
from booking.payments import gateway
from booking.payments.models import Payout
from booking.web import redirects
from booking.web.access import requires
from booking.web.paging import asked_page, page_of

log = logging.getLogger(__name__)
#: What is not in a payout after this long is shown: a processor pays out within days.
PAID_OUT_WITHIN = timedelta(days=14)


def load_payout(payout_id: str) -> Payout | None:
    """Find the payout that an address names, by the bank's id of it."""
    return bank_queries.payout_by_id(payout_id)


@checkout.get("/fund/payouts")
@requires(Action.SEE_FUND)
def payouts() -> ResponseReturnValue:
    """List the payouts, and compare what the processor holds with the books."""
    watch = bank_queries.watch()
    return render_template(
        "checkout/payouts.html",
        page=page_of(bank_queries.payouts(), number=asked_page()),
        watch=watch,
        clearing_pence=sum(fund.held_by_fund(accounts.CARD_CLEARING).values()),
        waiting=bank_queries.waiting_long(clock.now() - PAID_OUT_WITHIN),
        may_keep=may_keep(),
    )


@checkout.get("/fund/payouts/<payout_id>")
@requires(Action.SEE_FUND, load=load_payout, scope=network_wide, name="payout")
def payout(payout: Payout) -> ResponseReturnValue:
    """Show one payout's rows, each with the entries that it stands for."""
    page = page_of(bank_queries.rows_of_payout(payout.id), number=asked_page())
    return render_template(
        "checkout/payout.html",
        payout=payout,
        page=page,
        entries=bank_queries.entries_of_rows([row.id for row in page.items]),
        problems=bank_queries.problems_of_rows([row.id for row in page.items]),
        problem=bank_queries.explanation_by_key(f"payout:{payout.gateway_id}"),
    )


@checkout.post("/fund/payouts/ask")
@requires(Action.KEEP_FUND)
def ask_bank() -> ResponseReturnValue:
    """Do now what the worker does by itself: hear what was missed, take in what was paid out."""
    try:
        news, posted = service.hear_missed(clock.now()), service.reconcile_payouts(clock.now())
    except (gateway.GatewayUnavailable, gateway.GatewayRefused) as error:
        log.error("the card processor does not answer: %s", error)
        flash("The card processor does not answer just now. Try again in a few minutes.", "warning")
    else:
        payouts = "1 payout" if posted == 1 else f"{posted} payouts"
        messages = "1 message" if news == 1 else f"{news} messages"
        flash(f"The card processor was asked: {messages} and {payouts} were new.", "success")
    return redirects.see(url_for("checkout.payouts"))


@checkout.get("/fund/disputes")
@requires(Action.SEE_FUND)
def disputes() -> ResponseReturnValue:
    """List the disputes: reference, amount and date, and no family's name."""
    return render_template(
        "checkout/disputes.html",
        page=page_of(bank_queries.disputes(), number=asked_page()),
        open_states=OPEN,
    )
