"""The rules that every entry of the ledger keeps."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import ledger
from booking.domain.ledger import Draft, DraftLine, EntryKind, Fund, accounts, shapes
from tests.domain.sums import account_by_fund

GOOD = Draft(
    key="cost:puzzle-day:1",
    kind=EntryKind.EVENT_COST,
    description="Puzzle boxes",
    lines=(
        DraftLine("expenses:event-costs", Fund.EVENTS, 12_000),
        DraftLine("assets:bank", Fund.EVENTS, -12_000),
    ),
)
FUNDS = st.sampled_from(list(Fund))
LINES = st.lists(
    st.builds(
        DraftLine,
        st.sampled_from([*accounts.NAMES, "assets:due-from-school:mill-lane"]),
        FUNDS,
        st.integers(-500, 500).filter(bool),
    ),
    max_size=8,
)


def test_balanced_entry_is_taken_as_it_is():
    assert ledger.check(GOOD) is GOOD


@pytest.mark.parametrize(
    ("change", "refusal", "message"),
    [
        ({"key": " "}, ledger.NoKey, "Give the entry a key"),
        ({"lines": ()}, ledger.EmptyEntry, "at least two lines"),
        (
            {"lines": (DraftLine("assets:bank", Fund.CPD, 0),)},
            ledger.ZeroLine,
            "The line for assets:bank has no amount",
        ),
        (
            {"lines": (*GOOD.lines, DraftLine("assets:sofa", Fund.CPD, 1))},
            ledger.UnknownAccount,
            "no account “assets:sofa”",
        ),
        (
            {"lines": (*GOOD.lines, DraftLine("assets:bank", Fund.CPD, -3))},
            ledger.Unbalanced,
            "differ by 3 pence",
        ),
        (
            {"lines": (GOOD.lines[0], DraftLine("assets:bank", Fund.CPD, -12_000))},
            ledger.UnbalancedFund,
            "Within the fund “events”, debits and credits differ by 12000 pence",
        ),
    ],
)
def test_broken_entry_is_refused_with_what_is_wrong(change, refusal, message):
    with pytest.raises(refusal, match=message):
        ledger.check(replace(GOOD, **change))


@given(LINES)
def test_entry_is_taken_exactly_when_every_fund_of_it_sums_to_zero(lines):
    draft = replace(GOOD, lines=tuple(lines))
    sums = [sum(line.pence for line in lines if line.fund == fund) for fund in Fund]
    if lines and not any(sums):
        assert ledger.check(draft) is draft
    else:
        with pytest.raises(ledger.EntryRefused):
            ledger.check(draft)


@pytest.mark.parametrize(
    "name",
    ["assets:bank", "equity:transfers", "assets:due-from-school:st-agnes-2"],
)
def test_account_is_known(name):
    assert ledger.account(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "bank",
        "Assets:Bank",
        "assets:due-from-school",
        "assets:due-from-school:",
        "assets:due-from-school:Mill Lane",
        "assets:due-from-school:a:b",
        "mill-lane",
    ],
)
def test_other_account_is_unknown(name):
    with pytest.raises(ledger.UnknownAccount):
        ledger.account(name)


def test_what_a_school_owes_has_an_account_of_its_own():
    assert ledger.due_from_school("mill-lane") == "assets:due-from-school:mill-lane"


@given(LINES, LINES)
def test_balances_add_up_in_any_order_and_in_any_batches(first, second):
    together = ledger.balances([*first, *second])
    assert together == ledger.balances([*second, *first])
    assert sum(together.values()) == sum(line.pence for line in (*first, *second))
    assert {place: together[place] for place in ledger.balances(first)} == {
        place: pence + ledger.balances(second).get(place, 0)
        for place, pence in ledger.balances(first).items()
    }


@given(LINES, FUNDS)
def test_fund_is_worth_its_money_and_what_schools_owe_it(lines, fund):
    totals = ledger.balances(lines)
    by_account = {
        name: account_by_fund(lines, name)[fund] for name in {line.account for line in lines}
    }
    worth = sum(p for name, p in by_account.items() if name.startswith("assets:"))
    owed = by_account.get("assets:due-from-school:mill-lane", 0)
    assert ledger.fund_balance(totals, fund) == worth
    assert ledger.fund_money(totals, fund) == worth - owed


@given(st.integers(-100, 500), st.integers(0, 500), st.integers(-50, 600))
def test_cpd_fund_is_never_spent_or_promised_below_zero(balance, promised, amount):
    allowed = ledger.may_spend(balance, promised, amount)
    assert allowed == (amount > 0 and balance - promised - amount >= 0)


@given(st.integers(1, 5_000), st.dictionaries(FUNDS, st.integers(-500, 3_000)))
def test_what_is_taken_from_each_fund_is_what_it_has(amount, held):
    there = sum(pence for pence in held.values() if pence > 0)
    if amount > there:
        with pytest.raises(ledger.MoreThanThere):
            shapes.shares_held(amount, held)
        return
    shares = shapes.shares_held(amount, held)
    assert sum(shares.values()) == amount
    assert all(0 <= share <= held[fund] for fund, share in shares.items())


def test_every_kind_of_entry_has_a_name():
    assert set(ledger.KIND_NAMES) == set(EntryKind)


CLEARING = {Fund.EVENTS: 500, Fund.ADMIN: -20}


@pytest.mark.parametrize(
    ("draft", "pence"),
    [
        (GOOD, 12_000),
        (ledger.close_event(key="k", event="puzzle-day", surplus_pence=450), 450),
        (
            ledger.payout(key="k", amount_pence=480, clearing={Fund.EVENTS: 500, Fund.ADMIN: -20}),
            480,
        ),
    ],
    ids=["a cost", "a surplus swept from fund to fund", "a payout less the card fee"],
)
def test_amount_of_an_entry_is_what_people_call_it(draft, pence):
    assert ledger.amount(draft.lines) == pence
