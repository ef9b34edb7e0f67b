"""The pages for those who decide on bids and pay claims."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import bidding, money
from booking.domain.bidding import LIVE, PROMISED, BidState
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.money.bids import pages, queries, service
from booking.money.bids.forms import APPROVE, PAY, DecideForm, PayForm
from booking.money.bids.models import Bid
from booking.money.bids.routes.blueprint import REFUSALS, bids, load_bid, scope_of
from booking.money.fund import forms as fund_forms
from booking.money.fund import queries as fund_queries
from booking.people.schools import queries as school_queries


@bids.route("/cpd/bids/<public_id>/decide", methods=["GET", "POST"])
@requires(Action.DECIDE_BIDS, load=load_bid, scope=scope_of, name="bid")
def decide(bid: Bid) -> ResponseReturnValue:
    """Approve a bid, for the amount asked for or less, or refuse it with a reason."""
    here = url_for(".bid", public_id=bid.public_id)
    form = DecideForm(data={"pence": bid.approved_pence or bid.asked_pence})
    if bid.state is BidState.APPROVED_ONCE:
        del form.pence  # the second person approves the same amount
    if form.carry_out(lambda: _decide(bid, form), REFUSALS):
        flash(f"{bidding.words(bid.state).label}.", "success")
        return redirects.see(here)
    if not form.is_submitted() and bid.state not in LIVE - PROMISED:
        return redirects.see(here)
    return form.page(
        "money/bids/decide.html",
        bid=bid,
        barred=_barred(bid),
        may_decide=not _barred(bid, first=True),
        money=queries.cpd_money(),
        facts=pages.facts(bid, from_outside=True),
        term=_term(bid),
    )


def _decide(bid: Bid, form: DecideForm) -> Bid:
    actor, now = current_user.actor, clock.now()
    if form.decision.data == APPROVE:
        pence = form.pence.data if "pence" in form else bid.approved_pence
        return service.approve(actor=actor, now=now, bid=bid, pence=pence or 0)
    return service.refuse(actor=actor, now=now, bid=bid, reason=form.reason.data or "")


def _barred(bid: Bid, *, first: bool = False) -> str:
    """Return why this person may not decide; the `first` to approve may still refuse."""
    actor = current_user.actor
    approved_by = () if first else [a.person_id for a in bid.approvals if a.person_id]
    return bidding.decision_barred(
        person_id=actor.person_id,
        person_schools=queries.schools_of(actor),
        applicant_id=bid.applicant_id,
        school_id=bid.school_id,
        approved_by=approved_by,
    )


def _term(bid: Bid) -> tuple[str, int, int]:
    """Return the term's name, what the school already has for it, and the limit (pence)."""
    span = bidding.term_of(school_queries.calendar(None).terms, bid.takes_place_on)
    had = queries.term_pence(bid.school_id, span, besides=bid.id)
    return span.name, had, queries.rules().term_max_pence


@bids.route("/cpd/bids/<public_id>/pay", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_bid, scope=scope_of, name="bid")
def pay(bid: Bid) -> ResponseReturnValue:
    """Record that a claim was paid, or send it back."""
    here, form = url_for(".bid", public_id=bid.public_id), PayForm()
    if form.carry_out(lambda: _pay(bid, form), REFUSALS):
        paid = form.decision.data == PAY
        flash(
            "Recorded in the ledger." if paid else "We have asked the school to claim again.",
            "success",
        )
        return redirects.see(here)
    if not form.is_submitted() and bid.state is not BidState.CLAIMED:
        return redirects.see(here)
    return form.page("money/bids/pay.html", bid=bid, receipt=queries.latest_receipt(bid.id))


def _pay(bid: Bid, form: PayForm) -> Bid:
    actor, now = current_user.actor, clock.now()
    if form.decision.data == PAY:
        paid_on = form.paid_on.data
        assert paid_on is not None, "the form asks for it"
        return service.pay(
            actor=actor, now=now, bid=bid, account=form.account.data, paid_on=paid_on
        )
    return service.send_back(actor=actor, now=now, bid=bid, reason=form.reason.data or "")


@bids.route("/cpd/bids/<public_id>/undo-payment", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_bid, scope=scope_of, name="bid")
def undo_payment(bid: Bid) -> ResponseReturnValue:
    """Take back that a claim was paid: it was recorded by mistake."""
    here, form = url_for(".bid", public_id=bid.public_id), fund_forms.UndoForm()
    if form.undone(
        lambda reason: service.undo_payment(
            actor=current_user.actor, now=clock.now(), bid=bid, reason=reason
        ),
        "The payment has been undone. The claim is waiting to be paid.",
    ):
        return redirects.see(here)
    if not form.is_submitted() and bid.state is not BidState.SPENT:
        return redirects.see(here)
    return form.page(
        "_layouts/undo.html",
        heading="Undo the payment",
        caption=bid.title,
        here=here,
        here_label="The bid",
        happens=[
            f"The claim of {money.pounds(bid.claimed_pence or 0)} waits to be paid, and its money "
            "is promised again.",
            "The payment’s entry in the ledger is reversed, and the school is told why.",
        ],
        **fund_queries.second_person(bid.entry.key if bid.entry else ""),
    )
