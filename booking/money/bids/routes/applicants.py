"""The applicants' pages: their bids, a new one, a claim, a withdrawal."""

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.bidding import ENDED, LIVE, PROMISED, BidState
from booking.domain.permissions import RULES, Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.paging import asked_page, page_of
from booking.money.bids import pages, queries, service
from booking.money.bids.forms import BidForm, ClaimForm, WithdrawBidForm
from booking.money.bids.models import Bid
from booking.money.bids.routes.blueprint import REFUSALS, bids, load_bid, may, scope_of
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School

#: What a new bid copies from an unsuccessful one.
TAKEN_OVER = ("title", "provider", "for_whom", "benefit")


class NotYourSchool(ValueError):
    """The person has no role at the school that the bid is for."""


@bids.get("/cpd/")
@requires(Action.BID)
def home() -> str:
    """Show the status of a person's own bids and those of the schools they coordinate."""
    return render_template(
        "money/bids/home.html",
        page=page_of(queries.seen_by(current_user.actor), number=asked_page()),
        money=queries.cpd_money(),
        rules=pages.rule_words(queries.rules()),
    )


@bids.route("/cpd/apply", methods=["GET", "POST"])
@requires(Action.BID)
def apply() -> ResponseReturnValue:
    """Make a bid; `?again=` starts with the words of an earlier one, `?title=` … with others."""
    own = _own_schools()
    asked = {name: request.args[name] for name in TAKEN_OVER if name in request.args}
    form = BidForm(schools=own, **asked | _earlier(request.args.get("again", "")))
    if done := form.carry_out(lambda: _apply(own, form), {**REFUSALS, NotYourSchool: "school"}):
        flash("Your bid has been sent. We will write to you when it has been decided.", "success")
        return redirects.see(url_for(".bid", public_id=done.result.public_id))
    return form.page(
        "money/bids/apply.html",
        several=len(own) > 1,
        rules=pages.rule_words(queries.rules()),
        money=queries.cpd_money(),
        may_propose=may(Action.PROPOSE_SPEAKER),
    )


def _apply(own: list[School], form: BidForm) -> Bid:
    school = next((school for school in own if school.slug == form.school.data), None)
    if school is None:
        raise NotYourSchool("Choose one of your own schools.")
    return service.apply(
        actor=current_user.actor, now=clock.now(), school=school, details=form.details()
    )


def _own_schools() -> list[School]:
    bidding = RULES[Action.BID].school
    ids = {g.school_id for g in current_user.actor.grants if g.role in bidding and g.school_id}
    return [s for s in school_queries.schools_by_id(tuple(sorted(ids))) if s.left_on is None]


def _earlier(public_id: str) -> dict[str, str]:
    found = queries.by_public_id(public_id) if public_id else None
    if found is None or not may(Action.KEEP_BID, found):
        return {}
    return {"school": found.school.slug, "kind": found.kind} | {
        name: getattr(found, name) for name in TAKEN_OVER
    }


@bids.get("/cpd/bids/<public_id>")
@requires(Action.SEE_BID, load=load_bid, scope=scope_of, name="bid")
def bid(bid: Bid) -> str:
    """Show a bid: its status, what happens next, and what this person may do."""
    keeps, of_network = may(Action.KEEP_BID, bid), may(Action.SEE_FUND)
    return render_template(
        "money/bids/bid.html",
        bid=bid,
        whats_next=pages.whats_next(bid, queries.promised_to(bid.id)),
        facts=pages.facts(bid, from_outside=of_network),
        history=pages.history(bid),
        has_ended=bid.state in ENDED,
        receipt=queries.latest_receipt(bid.id) if may(Action.SEE_RECEIPT, bid) else None,
        of_network=of_network,
        may_claim=keeps and bid.state is BidState.APPROVED,
        may_withdraw=_may_withdraw(bid),
        may_bid_again=keeps and bid.state not in LIVE and may(Action.BID),
        may_decide=may(Action.DECIDE_BIDS) and bid.state in LIVE - PROMISED,
        may_pay=may(Action.KEEP_FUND) and bid.state is BidState.CLAIMED,
        may_undo=may(Action.KEEP_FUND) and bid.state is BidState.SPENT,
    )


@bids.route("/cpd/bids/<public_id>/claim", methods=["GET", "POST"])
@requires(Action.KEEP_BID, load=load_bid, scope=scope_of, name="bid")
def claim(bid: Bid) -> ResponseReturnValue:
    """Claim promised money, with the receipt."""
    promised, here = queries.promised_to(bid.id), url_for(".bid", public_id=bid.public_id)
    form = ClaimForm(data={"pence": promised or None})
    if form.carry_out(
        lambda: service.claim(
            actor=current_user.actor, now=clock.now(), bid=bid, claim=form.claim()
        ),
        REFUSALS,
    ):
        flash("Your claim is with the treasurer.", "success")
        return redirects.see(here)
    if not form.is_submitted() and bid.state is not BidState.APPROVED:
        return redirects.see(here)
    return form.page("money/bids/claim.html", bid=bid, promised_pence=promised)


@bids.route("/cpd/bids/<public_id>/withdraw", methods=["GET", "POST"])
@requires(Action.SEE_BID, load=load_bid, scope=scope_of, name="bid")
def withdraw(bid: Bid) -> ResponseReturnValue:
    """Withdraw a bid, for its school, or cancel its promise, for the network."""
    if not may(Action.KEEP_BID, bid) and not may(Action.DECIDE_BIDS):
        abort(404)
    here, form = url_for(".bid", public_id=bid.public_id), WithdrawBidForm()
    by_network = not may(Action.KEEP_BID, bid)
    if form.carry_out(lambda: _withdraw(bid, form.reason.data or "", by_network), REFUSALS):
        flash("The bid has been withdrawn. No money is promised for it any more.", "success")
        return redirects.see(here)
    if not form.is_submitted() and not _may_withdraw(bid):
        return redirects.see(here)
    return form.page(
        "money/bids/withdraw.html",
        bid=bid,
        by_network=by_network,
        promised_pence=queries.promised_to(bid.id),
    )


def _withdraw(bid: Bid, reason: str, by_network: bool) -> Bid:
    return service.withdraw(
        actor=current_user.actor, now=clock.now(), bid=bid, reason=reason, by_network=by_network
    )


def _may_withdraw(bid: Bid) -> bool:
    """Return whether this person may withdraw it: its school if open, the network if promised."""
    if may(Action.KEEP_BID, bid):
        return bid.state in LIVE
    return may(Action.DECIDE_BIDS) and bid.state in PROMISED
