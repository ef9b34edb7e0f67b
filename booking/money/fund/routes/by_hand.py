"""Entries that the treasurer makes by hand, with one form for each kind."""

from typing import Any

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import ledger, money
from booking.domain.ledger import EntryKind, Fund, accounts, two_people
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import once, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.money.fund import ports, queries, service
from booking.money.fund.details import HandEntry
from booking.money.fund.forms import EntryForm, entry_form
from booking.money.fund.models import SpendingProposal
from booking.money.fund.routes.blueprint import fund
from booking.people.schools import queries as school_queries

PROPOSED = "This takes two people. Nothing is recorded until a second approves; we wrote to them."
#: The field beside which a refusal is shown, if the form has it.
FIELDS: dict[type[Exception], str] = {
    service.DateInFuture: "entered_on",
    ledger.YearIsClosed: "entered_on",
    service.FundClosed: "fund",
    service.RestrictedFund: "fund",
    ledger.SameFund: "target",
    ledger.EntryReasonMissing: "reason",
    service.DescriptionMissing: "description",
    service.NoSuchEvent: "event",
    ledger.UnknownAccount: "account",
}
#: The others are shown beside the amount, or where the form says.
REFUSALS: tuple[type[Exception], ...] = (
    *FIELDS,
    ledger.EntryRefused,
    service.AlreadyAsked,
    service.FormSentAlready,
    service.KeyTaken,
    service.MoreThanExpected,
    service.NobodyToDecide,
    service.NotEnoughMoney,
    service.UnknownFund,
)
#: For each kind, the page's heading, and what a treasurer should know before filling it in.
PAGES = {
    EntryKind.EVENT_COST: ("Record a cost of an event", "A coach, materials, a provider's fee."),
    EntryKind.SPEAKER: (
        "Record a speaker’s fee",
        "The CPD fund pays for speakers for teachers.",
    ),
    EntryKind.SUBSIDY: (
        "Record a course subsidy",
        "What the CPD fund pays towards a teacher’s course.",
    ),
    EntryKind.ADMIN_COST: ("Record an administration cost", "Postage, bank charges, room hire."),
    EntryKind.GRANT: ("Record a grant or gift", "Money from outside, for one fund."),
    EntryKind.TRANSFER: (
        "Move money between funds",
        "The money stays where it is, but another fund can spend it. Not from a restricted fund.",
    ),
    EntryKind.OPENING_BALANCE: (
        "Enter opening balances",
        "What an account held on the day when these books start. Once for each account.",
    ),
    EntryKind.CASH_BANKED: (
        "Record cash taken to the bank",
        "The money stays in the same funds.",
    ),
    EntryKind.PAYOUT: (
        "Record a payout",
        "Payouts are entered automatically. Record one only if it has not been listed.",
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
    done = form.carry_out(
        lambda: service.enter_or_ask(
            actor=current_user.actor,
            now=clock.now(),
            entry=HandEntry(kind=of_kind, reference=once.key_sent(), **form.facts()),
        ),
        refusals(form, others="pence" if "pence" in form else "events"),
    )
    if done and isinstance(done.result, SpendingProposal):
        return proposed(done.result)
    if done:
        flash("Recorded in the ledger.", "success")
        return redirects.see(url_for("fund.entry", key=done.result.key))
    title, lede = PAGES[of_kind]
    return form.page(
        "money/fund/new_entry.html",
        title=title,
        lede=lede,
        holds=_holds(of_kind),
        two_above=queries.alone_up_to_pence() if two_people.PAYS_OUT[of_kind] else None,
    )


def proposed(proposal: SpendingProposal) -> ResponseReturnValue:
    """Lead to a payment that waits for a second person, and say so."""
    flash(PROPOSED, "success")
    return redirects.see(url_for("fund.spending", public_id=proposal.public_id))


def refusals(form: EntryForm, *, others: str) -> Refusals:
    """Return the field beside which each refusal is shown; `others` for the rest."""
    here = {kind: name for kind, name in FIELDS.items() if name in form}
    return here | {kind: others for kind in REFUSALS if kind not in here}


def _known(kind: EntryKind) -> dict[str, Any]:
    """Return the form's initial values: all of the cash, or all that awaits its payout."""
    if kind is EntryKind.EVENT_COST or kind is EntryKind.SPEAKER:
        return {"event": request.args.get("event", "")}
    account = {EntryKind.CASH_BANKED: accounts.CASH, EntryKind.PAYOUT: accounts.CARD_CLEARING}.get(
        kind
    )
    if account is None:
        return {}
    held = sum(queries.held_by_fund(account).values())
    return {"pence": held} if held > 0 else {}


def _holds(kind: EntryKind) -> str:
    """Return the balance that matters for this form, in a sentence."""
    if kind in {EntryKind.SPEAKER, EntryKind.SUBSIDY}:
        left = queries.fund_money(Fund.CPD) - sum(ports.promised(Fund.CPD))
        return (
            f"The CPD fund can spend {money.pounds(max(0, left))}, not counting what is promised."
        )
    if kind is EntryKind.CASH_BANKED:
        cash = sum(queries.held_by_fund(accounts.CASH).values())
        return f"There is {money.pounds(cash)} in the cash box."
    if kind is EntryKind.PAYOUT:
        clearing = sum(queries.held_by_fund(accounts.CARD_CLEARING).values())
        return f"According to the ledger, the card processor holds {money.pounds(clearing)}."
    return ""
