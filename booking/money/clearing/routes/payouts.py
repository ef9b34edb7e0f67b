"""Payouts compared with their rows, disputes, and the network's money at the card processor."""

import logging
from datetime import timedelta

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english
from booking.domain.ledger import accounts
from booking.domain.permissions import Action
from booking.domain.processor_states import OPEN
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.paging import asked_page, page_of
from booking.money.checkout import queries as checkout_queries
from booking.money.clearing import pages, service
from booking.money.clearing.routes.blueprint import clearing
from booking.money.clearing.routes.explaining import may_keep, network_wide
from booking.money.fund import ports as fund_ports
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.payments import gateway
from booking.money.payments.models import Payout, ProcessorWatch

log = logging.getLogger(__name__)
#: Anything not in a payout after this long is shown: a processor pays out within days.
PAID_OUT_WITHIN = timedelta(days=14)


def load_payout(payout_id: str) -> Payout | None:
    """Return the payout at an address, which is the processor's id."""
    return checkout_queries.payout_by_id(payout_id)


@clearing.get("/fund/payouts")
@requires(Action.SEE_FUND)
def payouts() -> ResponseReturnValue:
    """List the payouts, and compare what the processor holds with the books."""
    page = page_of(checkout_queries.payouts(), number=asked_page())
    watch = checkout_queries.watch()
    clearing_pence = sum(fund_queries.held_by_fund(accounts.CARD_CLEARING).values())
    return render_template(
        "money/clearing/payouts.html",
        page=page,
        rows=[(payout, pages.standing(payout)) for payout in page.items],
        watch=watch,
        clearing_pence=clearing_pence,
        comparison=_comparison(watch, clearing_pence),
        waiting=checkout_queries.waiting_long(clock.now() - PAID_OUT_WITHIN),
        may_keep=may_keep(),
    )


def _comparison(watch: ProcessorWatch | None, clearing_pence: int) -> pages.HeldAndBooked | None:
    if watch is None or watch.balance_pence is None or watch.balance_at is None:
        return None
    since, since_pence = fund_queries.moved_since(
        accounts.CARD_CLEARING, watch.balance_at, limit=pages.LISTED_MAX
    )
    return pages.compare(watch.balance_pence, clearing_pence, since, since_pence)


@clearing.get("/fund/payouts/<payout_id>")
@requires(Action.SEE_FUND, load=load_payout, scope=network_wide, name="payout")
def payout(payout: Payout) -> ResponseReturnValue:
    """Show one payout's rows, each with its entries."""
    page = page_of(checkout_queries.rows_of_payout(payout.id), number=asked_page())
    entries = checkout_queries.entries_of_rows([row.id for row in page.items])
    posted = fund_queries.by_key(f"payout:{payout.gateway_id}")
    return render_template(
        "money/clearing/payout.html",
        payout=payout,
        page=page,
        posted=posted,
        banked=fund_ports.banked(posted) if posted else None,
        entries=entries,
        homes=fund_ports.homes([each.key for row in entries.values() for each in row]),
        problems=checkout_queries.problems_of_rows([row.id for row in page.items]),
        problem=checkout_queries.explanation_by_key(f"payout:{payout.gateway_id}"),
        missing=may_keep() and service.is_missing(payout),
    )


@clearing.post("/fund/payouts/<payout_id>/again")
@requires(Action.KEEP_FUND, load=load_payout, scope=network_wide, name="payout")
def record_again(payout: Payout) -> ResponseReturnValue:
    """Record a payout again whose entry was reversed in the ledger alone."""
    if acts.attempt(
        lambda: service.record_again(actor=current_user.actor, now=clock.now(), payout=payout),
        fund.AlreadyUndone,
    ):
        flash("The payout is in the ledger again.", "success")
    return redirects.see(url_for("clearing.payout", payout_id=payout.gateway_id))


@clearing.post("/fund/payouts/ask")
@requires(Action.KEEP_FUND)
def ask_processor() -> ResponseReturnValue:
    """Do now what the worker does regularly: read missed messages, take in new payouts."""
    try:
        with gateway.somebody_waits():
            news, posted = service.hear_missed(clock.now()), service.reconcile_payouts(clock.now())
    except (gateway.GatewayUnavailable, gateway.GatewayRefused) as error:
        log.error("the card processor did not answer: %s", error)
        flash(
            "The card processor is not answering at the moment. Try again in a few minutes.",
            "warning",
        )
    else:
        payouts = english.plural(posted, "payout")
        messages = english.plural(news, "message")
        flash(f"We have asked the card processor. New: {messages} and {payouts}.", "success")
    return redirects.see(url_for("clearing.payouts"))


@clearing.get("/fund/disputes")
@requires(Action.SEE_FUND)
def disputes() -> ResponseReturnValue:
    """List the disputes with event, school, amount and date, but no family's name."""
    page = page_of(checkout_queries.disputes(), number=asked_page())
    return render_template(
        "money/clearing/disputes.html",
        page=page,
        paid_for=checkout_queries.paid_for([dispute.payment_id for dispute in page.items]),
        open_states=OPEN,
    )
