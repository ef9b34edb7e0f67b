"""Entries that the treasurer makes by hand: what was spent, given, banked and paid out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from booking.domain import ledger, money
from booking.domain.ledger import Draft, EntryKind, Fund, accounts, two_people
from booking.domain.ledger.two_people import TakesTwo
from booking.domain.permissions import Actor
from booking.foundation.clock import LONDON
from booking.money.fund import locks, ports, queries
from booking.money.fund.details import HandEntry
from booking.money.fund.models import Entry
from booking.money.fund.service import overspending, posting
from booking.people.schools.models import School


class DescriptionMissing(ValueError):
    """An entry made by hand does not say what it was for."""


class FormSentAlready(ValueError):
    """The same form was sent again with another amount, date or event."""


class RestrictedFund(ValueError):
    """Money that was given for a purpose may not be moved to another."""


class FundClosed(ValueError):
    """The fund is closed to new entries."""


class MoreThanExpected(ValueError):
    """The card processor paid out more than the ledger says it holds."""


def enter(*, actor: Actor, now: datetime, entry: HandEntry, decided: bool = False) -> Entry:
    """Post what the treasurer filled in, under the lock of the funds.

    `decided` says that the actor is the second person. Sending the same form twice records one
    entry. Raises TakesTwo where one person may not pay it alone (`spending.enter_or_ask` asks),
    NotEnoughMoney, DescriptionMissing, MoreThanExpected, FormSentAlready, FundClosed,
    RestrictedFund, and what `post` and the ledger's rules raise.
    """
    locks.funds()
    if found := queries.by_key(entry.key):
        return _same(found, entry)
    _check_open(entry)
    draft = _DRAFTS[entry.kind](entry)
    today = now.astimezone(LONDON).date()
    posting.check_day(entry.entered_on, today)
    if not decided and (why := why_two(entry, actor, today=today)) is not None:
        raise TakesTwo(why)
    return posting.post(actor=actor, now=now, draft=draft, entered_on=entry.entered_on)


def why_two(entry: HandEntry, actor: Actor, *, today: date) -> two_people.WhyTwo | None:
    """Return why a payment takes two people; None if the actor may record it alone.

    Commands and the worker record what is decided elsewhere.
    """
    if actor.kind != "person" or not two_people.PAYS_OUT[entry.kind]:
        return None
    school = queries.gaining_school(entry)
    return why_two_for(school, entry.pence, actor, on=entry.entered_on, today=today)


def why_two_for(
    school: School | None, pence: int, actor: Actor, *, on: date, today: date
) -> two_people.WhyTwo | None:
    """Return why paying so much to a school, or to none, takes two people; None if it does not."""
    return two_people.why_two(
        pence=pence,
        alone_up_to_pence=queries.alone_up_to_pence(),
        school_id=school.id if school else None,
        own_schools=actor.schools(),
        alone_pence=queries.paid_alone_pence(school, on=on, today=today),
    )


def _same(found: Entry, entry: HandEntry) -> Entry:
    """Return the entry that this form has already made, unless it was sent again with a change."""
    moved = _moved(found, entry)
    event = found.event.slug if found.event else None
    asked = (entry.pence or sum(entry.amounts.values()), entry.entered_on, entry.event or None)
    if (moved, found.entered_on, event) != asked:
        raise FormSentAlready(
            f"This form has already been recorded, as {money.pounds(moved)}. "
            "To correct it, reverse the entry and fill in a new form."
        )
    return found


def _moved(found: Entry, entry: HandEntry) -> int:
    """Return the amount that an entry moved, as its form asked for it."""
    lines = [line for line in found.lines if line.account == entry.account]
    if entry.kind is EntryKind.TRANSFER:
        return sum(line.pence for line in lines if line.fund == entry.target)
    return abs(sum(line.pence for line in lines))


def _check_open(entry: HandEntry) -> None:
    """Raise FundClosed if the entry puts money into a closed fund or takes some out."""
    used = {entry.fund, entry.target, *(fund for fund, pence in entry.amounts.items() if pence)}
    for row in queries.all_funds():
        if row.name in used and row.closed_at is not None:
            raise FundClosed(f"{row.title} is closed. Open it again, or choose another fund.")


def _described(entry: HandEntry) -> str:
    if not entry.description.strip():
        raise DescriptionMissing("Say what this was for.")
    return entry.description.strip()


def _spending(entry: HandEntry, fund: Fund) -> None:
    ledger.above_zero(entry.pence)
    overspending.refuse_overspending(pence=entry.pence, fund=fund, account=entry.account)


def _event_cost(entry: HandEntry) -> Draft:
    _spending(entry, entry.fund)
    return ledger.event_cost(
        key=entry.key,
        pence=entry.pence,
        description=_described(entry),
        event=entry.event or "",
        fund=entry.fund,
        account=entry.account,
    )


def _speaker(entry: HandEntry) -> Draft:
    _spending(entry, entry.fund)
    return ledger.speaker(
        key=entry.key,
        pence=entry.pence,
        description=_described(entry),
        fund=entry.fund,
        event=entry.event or None,
        account=entry.account,
    )


def _subsidy(entry: HandEntry) -> Draft:
    _spending(entry, Fund.CPD)
    return ledger.subsidy(
        key=entry.key,
        pence=entry.pence,
        description=_described(entry),
        school=entry.school,
        account=entry.account,
    )


def _admin_cost(entry: HandEntry) -> Draft:
    _spending(entry, Fund.ADMIN)
    return ledger.admin_cost(
        key=entry.key, pence=entry.pence, description=_described(entry), account=entry.account
    )


def _school_credit_back(entry: HandEntry) -> Draft:
    ledger.above_zero(entry.pence)
    credit = ports.school_credit(entry.school)
    if entry.pence > credit:
        raise overspending.NotEnoughMoney(
            f"This school has paid {money.pounds(credit)} more than it owes. Enter that, or less."
        )
    return ledger.school_credit_returned(
        key=entry.key, pence=entry.pence, school=entry.school, account=entry.account
    )


def _grant(entry: HandEntry) -> Draft:
    return ledger.grant(
        key=entry.key,
        pence=entry.pence,
        description=_described(entry),
        fund=entry.fund,
        account=entry.account,
    )


def _transfer(entry: HandEntry) -> Draft:
    ledger.above_zero(entry.pence)
    source = queries.fund_named(entry.fund)
    if source is not None and source.restricted:
        raise RestrictedFund(
            f"The money of {source.title} was given for its own purpose. Spend it on that from the "
            "fund itself; it cannot be moved to another fund."
        )
    free = queries.fund_money(entry.fund) - sum(ports.promised(entry.fund))
    if entry.pence > free:
        raise overspending.NotEnoughMoney(
            f"{overspending.named(entry.fund)} can spare {money.pounds(max(free, 0))}. Move less."
        )
    return ledger.transfer(
        key=entry.key,
        pence=entry.pence,
        source=entry.fund,
        target=entry.target,
        reason=entry.reason,
        account=entry.account,
    )


def _opening_balance(entry: HandEntry) -> Draft:
    ledger.above_zero(sum(entry.amounts.values()))
    return ledger.opening_balance(key=entry.key, amounts=entry.amounts, account=entry.account)


def _cash_banked(entry: HandEntry) -> Draft:
    cash = queries.held_by_fund(accounts.CASH)
    return ledger.cash_banked(key=entry.key, amount_pence=entry.pence, cash=cash)


def _payout(entry: HandEntry) -> Draft:
    ledger.above_zero(entry.pence)
    clearing = queries.held_by_fund(accounts.CARD_CLEARING)
    held = sum(clearing.values())
    if entry.pence > held and not entry.reason.strip():
        raise MoreThanExpected(
            f"According to the ledger, the card processor holds {money.pounds(held)}. "
            "Check the amount. "
            "If it is right, give a reason: the difference goes to administration."
        )
    draft = ledger.payout(key=entry.key, amount_pence=entry.pence, clearing=clearing)
    return replace(draft, reason=entry.reason.strip())


_DRAFTS: Mapping[EntryKind, Callable[[HandEntry], Draft]] = {
    EntryKind.EVENT_COST: _event_cost,
    EntryKind.SPEAKER: _speaker,
    EntryKind.SUBSIDY: _subsidy,
    EntryKind.ADMIN_COST: _admin_cost,
    EntryKind.SCHOOL_CREDIT_BACK: _school_credit_back,
    EntryKind.GRANT: _grant,
    EntryKind.TRANSFER: _transfer,
    EntryKind.OPENING_BALANCE: _opening_balance,
    EntryKind.CASH_BANKED: _cash_banked,
    EntryKind.PAYOUT: _payout,
}
#: The kinds of entry made by hand, in the order in which a page offers them.
KINDS = tuple(_DRAFTS)
