"""All bids, the rules, and what CPD money was used for."""

from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta

from flask import current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import bidding, money, terms
from booking.domain.bidding import BidState
from booking.domain.ledger import Fund, accounts
from booking.domain.ledger.rule_changes import RuleBook
from booking.domain.permissions import Action
from booking.domain.terms import LONDON
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import public, requires
from booking.foundation.web.forms import editing
from booking.foundation.web.paging import asked_page, page_of
from booking.money.bids import locks, pages, queries
from booking.money.bids.forms import BidRulesForm
from booking.money.bids.routes.blueprint import bids, may
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.routes import rules as fund_rules


@bids.get("/fund/bids")
@requires(Action.SEE_FUND)
def all_bids() -> str:
    """List the network's bids: what is waiting and promised, and by school."""
    state = request.args.get("state", type=BidState)
    held = queries.cpd_money()
    return render_template(
        "money/bids/all.html",
        page=page_of(queries.all_bids(state), number=asked_page()),
        state=state.value if state else "",
        states=[(s.value, bidding.words(s).label) for s in BidState],
        chips=[(bidding.words(state).label, url_for(".all_bids"))] if state else [],
        money=held,
        stats=[
            ("Held", money.pounds(held.held_pence), "by the CPD fund, according to the ledger"),
            ("Promised", money.pounds(held.promised_pence), "to approved bids, not paid yet"),
            ("Available", money.pounds(held.available_pence), "to promise or spend"),
        ],
        schools=queries.by_school(),
        year_end=_year_end(),
        to_decide=queries.to_decide(current_user.actor) if may(Action.DECIDE_BIDS) else 0,
    )


def _year_end() -> tuple[str, str]:
    """Return the last school year that has ended, and what was promised at its end."""
    this_year = terms.school_year(clock.today())
    begins = datetime.combine(terms.school_year_bounds(this_year)[0], time(0), tzinfo=LONDON)
    ended = terms.school_year(begins.date() - timedelta(days=1))
    return ended, money.pounds(queries.promised(until=begins.astimezone(UTC)))


@bids.get("/fund/bids/rules")
@requires(Action.SEE_FUND)
def rules() -> ResponseReturnValue:
    """Show the rules; as a form to the lead and the treasurer."""
    return _rules_page(_rules_form())


@bids.post("/fund/bids/rules")
@requires(Action.DECIDE_BIDS)
def keep_rules() -> ResponseReturnValue:
    """Propose other rules, which a second person confirms."""
    form = _rules_form()
    if form.carry_out(
        lambda: fund.propose_rules(
            actor=current_user.actor,
            now=clock.now(),
            book=RuleBook.BIDS,
            wanted=asdict(bidding.check_rules(form.rules())),
        ),
        {bidding.RulesWrong: "", **fund_rules.NOT_PROPOSED},
    ):
        flash(fund_rules.PROPOSED, "success")
        return redirects.see(url_for(".rules"))
    return _rules_page(form), 422


def _rules_form() -> BidRulesForm:
    return editing(
        lambda: BidRulesForm(data=asdict(queries.rules())),
        changed_by=("keep_bid_rules",),
        lock=locks.rules,
    )


def _rules_page(form: BidRulesForm) -> str:
    return render_template(
        "money/bids/rules.html",
        form=form,
        may_keep=may(Action.DECIDE_BIDS),
        rows=pages.rule_words(queries.rules()),
        deciders=len(queries.deciders()),
        waiting=fund_queries.waiting_rules(clock.now(), RuleBook.BIDS),
    )


@bids.get("/cpd/spent")
@public
def spent() -> ResponseReturnValue:
    """Show what CPD money was used for, to members and, if the network allows it, to visitors."""
    if not (queries.rules().shown_to_visitors or may(Action.BID) or may(Action.SEE_FUND)):
        return _not_for_everybody()
    balances = fund_queries.balances()
    courses, speakers = (
        balances.get((name, Fund.CPD), 0) for name in (accounts.COURSE_SUBSIDIES, accounts.SPEAKERS)
    )
    listed = queries.spent_pence()
    return render_template(
        "money/bids/spent.html",
        page=page_of(queries.spent(), number=asked_page()),
        stats=[
            ("Courses", money.pounds(courses), "for members of staff"),
            ("Speakers", money.pounds(speakers), "for teachers"),
        ],
        listed=money.pounds(listed),
        others=money.pounds(courses + speakers - listed) if courses + speakers > listed else "",
        shown_to_visitors=queries.rules().shown_to_visitors,
    )


def _not_for_everybody() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return render_template("errors/404.html"), 404
    answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    return answer
