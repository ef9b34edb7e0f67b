"""Our books follow the card processor row by row, worked through as a bookkeeper would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import ledger
from booking.domain.charging import FeeKind, FeePart
from booking.domain.ledger import DraftLine, EntryKind, Fund
from tests.domain.sums import account_by_fund

PARTS = (
    FeePart("speaker", 340, Fund.EVENTS),
    FeePart("administration", 60, Fund.ADMIN),
    FeePart("CPD", 200, Fund.CPD),
)
ASKING = st.sampled_from([FeeKind.VOLUNTARY_CONTRIBUTION, FeeKind.CHARGE])
FUNDS = st.sampled_from(list(Fund))
SOME_PARTS = st.lists(
    st.builds(FeePart, st.sampled_from(["speaker", "coach", ""]), st.integers(1, 900), FUNDS),
    max_size=6,
)
PENCE = st.integers(1, 50_000)
SIGNED = PENCE | PENCE.map(lambda pence: -pence)
CLEARING, BANK, TO_EXPLAIN = "assets:card-clearing", "assets:bank", "assets:to-explain"


def payment(amount_pence=600, parts=PARTS, fee_kind=FeeKind.CHARGE):
    return ledger.payment(
        key="payment:1", amount_pence=amount_pence, parts=parts, fee_kind=fee_kind, event="box"
    )


def attached(amount_pence=600, parts=PARTS, fee_kind=FeeKind.CHARGE, account=CLEARING):
    return ledger.attached(
        key="attached:1",
        amount_pence=amount_pence,
        parts=parts,
        fee_kind=fee_kind,
        account=account,
        event="box",
    )


def by_fund(drafts, account):
    lines = [line for draft in drafts for line in draft.lines]
    return {f: p for f, p in account_by_fund(lines, account).items() if p}


def total(drafts, account):
    return sum(by_fund(drafts, account).values())


def income(drafts):
    lines = [line for draft in drafts for line in draft.lines]
    found = ledger.balances(line for line in lines if line.account.startswith("income:"))
    return {place: pence for place, pence in found.items() if pence}


def test_a_payout_moves_what_each_fund_has_among_its_rows():
    rows = {Fund.EVENTS: 340, Fund.ADMIN: 25, Fund.CPD: 200}

    entry = ledger.paid_out(key="payout:po_1", amount_pence=565, rows=rows)

    assert (entry.kind, entry.key) == (EntryKind.PAYOUT, "payout:po_1")
    assert by_fund([entry], BANK) == rows
    assert by_fund([entry], CLEARING) == {fund: -pence for fund, pence in rows.items()}


def test_a_difference_of_a_payout_falls_to_administration():
    entry = ledger.paid_out(key="p", amount_pence=500, rows={Fund.EVENTS: 340, Fund.CPD: 200})

    assert by_fund([entry], BANK) == {Fund.EVENTS: 340, Fund.ADMIN: -40, Fund.CPD: 200}


@given(st.dictionaries(FUNDS, st.integers(-4_000, 9_000)), SIGNED)
def test_the_processor_gets_exactly_the_payout_and_clearing_loses_it(rows, amount_pence):
    entry = ledger.paid_out(key="p", amount_pence=amount_pence, rows=rows)

    assert total([entry], BANK) == amount_pence
    assert total([entry], CLEARING) == -amount_pence
    moved = by_fund([entry], BANK)
    assert all(moved.get(fund, 0) == rows.get(fund, 0) for fund in (Fund.EVENTS, Fund.CPD))


@given(SIGNED)
def test_the_processors_fee_is_borne_by_administration(pence):
    entry = ledger.processor_fee(key="fee:1", pence=pence)

    assert by_fund([entry], CLEARING) == {Fund.ADMIN: -pence}
    assert by_fund([entry], "expenses:card-fees") == {Fund.ADMIN: pence}


def test_a_fee_of_nothing_is_refused():
    with pytest.raises(ledger.ZeroLine):
        ledger.processor_fee(key="fee:1", pence=0)


@given(SIGNED)
def test_parked_money_is_in_clearing_and_belongs_to_nobody(pence):
    entry = ledger.parked(key="txn:1", pence=pence)

    assert by_fund([entry], CLEARING) == {Fund.ADMIN: pence}
    totals = ledger.balances(entry.lines)
    assert [ledger.fund_balance(totals, fund) for fund in Fund] == [0, 0, 0]
    assert income([entry]) == {}


def test_money_noted_as_administrations_own_needs_a_reason():
    with pytest.raises(ledger.EntryReasonMissing):
        ledger.noted(key="n", pence=500, reason=" ")


@given(SIGNED)
def test_noting_leaves_nothing_to_explain(pence):
    drafts = [
        ledger.parked(key="txn:1", pence=pence),
        ledger.noted(key="noted:1", pence=pence, reason="A test of the card reader."),
    ]

    assert total(drafts, TO_EXPLAIN) == 0
    assert total(drafts, CLEARING) == pence
    account = "income:grants" if pence > 0 else "expenses:admin"
    assert by_fund(drafts, account) == {Fund.ADMIN: -pence}


def test_attached_money_is_divided_as_if_it_had_been_a_payment_from_the_first():
    drafts = [ledger.parked(key="txn:1", pence=600), attached()]

    assert attached().lines == (
        DraftLine(TO_EXPLAIN, Fund.ADMIN, 600),
        DraftLine(CLEARING, Fund.ADMIN, -540),
        DraftLine(CLEARING, Fund.EVENTS, 340),
        DraftLine(CLEARING, Fund.CPD, 200),
        DraftLine("income:charges", Fund.EVENTS, -340, "speaker"),
        DraftLine("income:charges", Fund.ADMIN, -60, "administration"),
        DraftLine("income:charges", Fund.CPD, -200, "CPD"),
    )
    assert by_fund(drafts, CLEARING) == by_fund([payment()], CLEARING)


@given(PENCE, SOME_PARTS, ASKING)
def test_parking_and_attaching_is_the_same_as_a_payment(amount_pence, parts, fee_kind):
    drafts = [
        ledger.parked(key="txn:1", pence=amount_pence),
        attached(amount_pence, parts, fee_kind),
    ]

    straight = [payment(amount_pence, parts, fee_kind)]
    assert by_fund(drafts, TO_EXPLAIN) == {}
    assert by_fund(drafts, CLEARING) == by_fund(straight, CLEARING)
    assert income(drafts) == income(straight)


@given(PENCE, SOME_PARTS)
def test_money_attached_after_its_payout_changes_hands_in_the_processor(amount_pence, parts):
    drafts = [
        ledger.parked(key="txn:1", pence=amount_pence),
        ledger.paid_out(key="po", amount_pence=amount_pence, rows={Fund.ADMIN: amount_pence}),
        attached(amount_pence, parts, account=BANK),
    ]

    assert by_fund(drafts, CLEARING) == {}
    assert by_fund(drafts, BANK) == by_fund([payment(amount_pence, parts)], CLEARING)


def test_no_payment_can_belong_to_a_free_event():
    with pytest.raises(ledger.NoFeeAsked):
        attached(fee_kind=FeeKind.FREE)


def test_more_than_is_left_of_a_payment_cannot_be_given():
    with pytest.raises(ledger.MoreThanThere):
        ledger.given_instead(key="r", amount_pence=601, posted=payment().lines)


def test_a_gift_in_place_of_a_refund_takes_every_part_to_the_cpd_fund():
    entry = ledger.given_instead(key="gift:1", amount_pence=600, posted=payment().lines)

    assert entry.kind is EntryKind.GRANT
    assert by_fund([entry], CLEARING) == {Fund.EVENTS: -340, Fund.ADMIN: -60, Fund.CPD: 400}
    assert income([payment(), entry]) == {("income:grants", Fund.CPD): -600}


@given(PENCE, SOME_PARTS, ASKING, st.data())
def test_a_gift_moves_no_money_but_between_funds(amount_pence, parts, fee_kind, data):
    given_pence = data.draw(st.integers(1, amount_pence))
    paid = payment(amount_pence, parts, fee_kind)

    gift = ledger.given_instead(key="gift:1", amount_pence=given_pence, posted=paid.lines)

    assert total([gift], CLEARING) == 0
    totals = ledger.balances((*paid.lines, *gift.lines))
    assert sum(ledger.fund_balance(totals, fund) for fund in Fund) == amount_pence
    assert ledger.fund_balance(totals, Fund.CPD) >= given_pence
    assert not any(ledger.fund_balance(totals, f) < 0 for f in Fund)


@given(PENCE, SOME_PARTS, ASKING, st.data())
def test_what_was_given_cannot_go_back_as_well(amount_pence, parts, fee_kind, data):
    given_pence = data.draw(st.integers(1, amount_pence))
    paid = payment(amount_pence, parts, fee_kind)
    gift = ledger.given_instead(key="gift:1", amount_pence=given_pence, posted=paid.lines)
    posted = (*paid.lines, *gift.lines)

    with pytest.raises(ledger.MoreThanThere):
        ledger.refund(key="r", amount_pence=amount_pence - given_pence + 1, posted=posted)
    if rest := amount_pence - given_pence:
        again = ledger.refund(key="r", amount_pence=rest, posted=posted)
        assert total([again], CLEARING) == -rest


@given(PENCE, SOME_PARTS, ASKING, st.data())
def test_a_dispute_won_leaves_the_books_as_they_were(amount_pence, parts, fee_kind, data):
    withdrawn = data.draw(st.integers(1, amount_pence))
    paid = payment(amount_pence, parts, fee_kind)
    taken = ledger.refund(
        key="dispute:1", amount_pence=withdrawn, posted=paid.lines, kind=EntryKind.DISPUTE
    )
    won = ledger.reversal(taken, reason="The card processor returned what the dispute had taken.")

    assert total([paid, taken], CLEARING) == amount_pence - withdrawn
    left = ledger.balances((*taken.lines, *won.lines))
    assert {place: pence for place, pence in left.items() if pence} == {}
