"""Entries that the treasurer makes by hand, one form for each kind."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import ledger, money
from booking.domain.ledger import Fund, Kind, accounts
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.money.fund import ports, queries, service
from booking.money.fund.forms import EntryForm, entry_form
from booking.money.fund.models import Entry
from booking.money.fund.routes.blueprint import fund
from booking.money.fund.service import HandEntry
from booking.people.schools import queries as school_queries

#: Which field a refusal is shown beside, the first that fits; the rest go to the amount.
FIELDS: tuple[tuple[type[Exception], str], ...] = (
    (service.DateInFuture, "entered_on"),
    (ledger.YearIsClosed, "entered_on"),
    (service.FundClosed, "fund"),
    (service.RestrictedFund, "fund"),
    (ledger.SameFund, "target"),
    (ledger.ReasonMissing, "reason"),
    (service.DescriptionMissing, "description"),
    (service.NoSuchEvent, "event"),
    (ledger.UnknownAccount, "account"),
)
REFUSALS = (
    ledger.EntryRefused,
    ledger.UnknownAccount,
    service.DateInFuture,
    service.DescriptionMissing,
    service.FormSentAlready,
    service.FundClosed,
    service.KeyTaken,
    service.MoreThanExpected,
    service.NoSuchEvent,
    service.NotEnoughMoney,
    service.RestrictedFund,
    service.UnknownFund,
)
#: The page of each kind: its heading, and what a treasurer should know before filling it in.
PAGES = {
    Kind.EVENT_COST: ("Record a cost of an event", "A coach, materials, a provider's fee."),
    Kind.SPEAKER: ("Record a speaker’s fee", "Speakers for teachers are paid by the CPD fund."),
    Kind.SUBSIDY: ("Record a course subsidy", "What the CPD fund pays towards a teacher’s course."),
    Kind.ADMIN_COST: ("Record an administration cost", "Postage, bank charges, room hire."),
    Kind.GRANT: ("Record a grant or gift", "Money from outside, for one fund."),
    Kind.TRANSFER: (
        "Move money between funds",
        "The money stays where it lies; another fund may spend it. A restricted fund gives none.",
    ),
    Kind.OPENING_BALANCE: (
        "Enter opening balances",
        "What an account held on the day these books begin. Once for each account.",
    ),
    Kind.CASH_BANKED: ("Record cash taken to the bank", "It stays in the funds that it is in."),
    Kind.PAYOUT: (
        "Record a payout",
        "Payouts come into the books by themselves. Record one only if none is listed for it.",
    ),
}
#: Addresses have hyphens: /fund/entries/new/event-cost.
BY_ADDRESS = {kind.value.replace("_", "-"): kind for kind in PAGES}


@fund.route("/entries/new/<kind>", methods=["GET", "POST"])
@requires(Action.KEEP_FUND)
def new(kind: str) -> ResponseReturnValue:
    """Record one entry by hand."""
    of_kind = BY_ADDRESS.get(kind) or abort(404)
    form = entry_form(
        of_kind,
        events=queries.events_with_money(),
        schools=[(school.slug, school.name) for school in school_queries.member_schools()],
        fund_choices=[(row.name.value, row.full_title) for row in queries.open_funds()],
        **_known(of_kind),
    )
    if not form.is_submitted():
        return _page(of_kind, form)
    if form.validate():
        try:
            entry = _enter(of_kind, form)
        except REFUSALS as refusal:
            form.refuse(str(refusal), field=_field_of(refusal, form))
        else:
            flash("It is in the ledger.", "success")
            return redirects.see(url_for("fund.entry", key=entry.key))
    return _page(of_kind, form), 422


def _enter(kind: Kind, form: EntryForm) -> Entry:
    hand = HandEntry(kind=kind, **form.facts())
    with transaction():
        return service.enter(actor=current_user.actor, now=clock.now(), entry=hand)


def _field_of(refusal: Exception, form: EntryForm) -> str:
    for kind, name in FIELDS:
        if isinstance(refusal, kind) and name in form:
            return name
    return "pence" if "pence" in form else "events"


def _known(kind: Kind) -> dict[str, Any]:
    """Return what the form may start from: all of the cash, all that awaits its payout."""
    if kind is Kind.EVENT_COST or kind is Kind.SPEAKER:
        return {"event": request.args.get("event", "")}
    account = {Kind.CASH_BANKED: accounts.CASH, Kind.PAYOUT: accounts.CARD_CLEARING}.get(kind)
    if account is None:
        return {}
    held = sum(queries.held_by_fund(account).values())
    return {"pence": held} if held > 0 else {}


def _page(kind: Kind, form: EntryForm) -> str:
    title, lede = PAGES[kind]
    return render_template(
        "money/fund/new_entry.html", form=form, title=title, lede=lede, holds=_holds(kind)
    )


def _holds(kind: Kind) -> str:
    """Return the balance that matters to this form, in a sentence."""
    if kind in {Kind.SPEAKER, Kind.SUBSIDY}:
        left = queries.fund_money(Fund.CPD) - sum(ports.promised(Fund.CPD))
        return f"The CPD fund can spend {money.pounds(max(0, left))}, besides what is promised."
    if kind is Kind.CASH_BANKED:
        cash = sum(queries.held_by_fund(accounts.CASH).values())
        return f"{money.pounds(cash)} is in the cash box."
    if kind is Kind.PAYOUT:
        clearing = sum(queries.held_by_fund(accounts.CARD_CLEARING).values())
        return f"By the ledger the card processor holds {money.pounds(clearing)}."
    return ""
