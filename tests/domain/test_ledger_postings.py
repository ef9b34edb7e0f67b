"""Each fact about money becomes one balanced entry, worked through as a bookkeeper would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import ledger
from booking.domain.charging import FeeKind, FeePart
from booking.domain.ledger import DraftLine, EntryKind, Fund
from tests.domain.sums import account_by_fund

PARTS = (
    FeePart("speaker", 340, Fund.EVENTS),
    FeePart("materials", 110, Fund.EVENTS),
    FeePart("administration", 90, Fund.ADMIN),
    FeePart("CPD fund", 60, Fund.CPD),
)
ASKING = st.sampled_from([FeeKind.VOLUNTARY_CONTRIBUTION, FeeKind.CHARGE])
FUNDS = st.sampled_from(list(Fund))
SOME_PARTS = st.lists(
    st.builds(FeePart, st.sampled_from(["speaker", "coach", ""]), st.integers(1, 900), FUNDS),
    max_size=6,
)
HELD = st.dictionaries(FUNDS, st.integers(-400, 5_000))


def paid(amount_pence=600, parts=PARTS, fee_kind=FeeKind.VOLUNTARY_CONTRIBUTION):
    """A family's payment by card."""
    return ledger.payment(
        key="payment:1", amount_pence=amount_pence, parts=parts, fee_kind=fee_kind, event="box"
    )


def in_account(drafts, account):
    """What one account holds, over all funds."""
    lines = [line for draft in drafts for line in draft.lines]
    return sum(account_by_fund(lines, account).values())


def test_payment_is_divided_as_the_parents_page_says():
    entry = paid()
    assert (entry.key, entry.kind, entry.event) == ("payment:1", EntryKind.PAYMENT, "box")
    assert entry.lines == (
        DraftLine("assets:card-clearing", Fund.EVENTS, 450),
        DraftLine("assets:card-clearing", Fund.ADMIN, 90),
        DraftLine("assets:card-clearing", Fund.CPD, 60),
        DraftLine("income:contributions", Fund.EVENTS, -340, "speaker"),
        DraftLine("income:contributions", Fund.EVENTS, -110, "materials"),
        DraftLine("income:contributions", Fund.ADMIN, -90, "administration"),
        DraftLine("income:contributions", Fund.CPD, -60, "CPD fund"),
    )


def test_charge_in_cash_without_a_breakdown_is_all_for_the_event():
    entry = ledger.payment(
        key="payment:2",
        amount_pence=450,
        parts=(),
        fee_kind=FeeKind.CHARGE,
        account="assets:cash",
    )
    assert entry.lines == (
        DraftLine("assets:cash", Fund.EVENTS, 450),
        DraftLine("income:charges", Fund.EVENTS, -450),
    )


def test_payment_of_nothing_or_for_a_free_event_is_refused():
    with pytest.raises(ledger.NotAboveZero):
        paid(amount_pence=0)
    with pytest.raises(ledger.NoFeeAsked):
        paid(fee_kind=FeeKind.FREE)


@given(st.integers(1, 20_000), SOME_PARTS, ASKING)
def test_payment_of_any_amount_loses_no_penny(amount, parts, kind):
    entry = paid(amount, parts, kind)
    assert in_account([entry], "assets:card-clearing") == amount


def test_card_fee_comes_out_of_clearing():
    entry = ledger.card_fee(key="fee:1", pence=29)
    assert entry.lines == (
        DraftLine("expenses:card-fees", Fund.ADMIN, 29),
        DraftLine("assets:card-clearing", Fund.ADMIN, -29),
    )


def test_full_refund_mirrors_the_payment():
    payment = paid()
    entry = ledger.refund(key="refund:1", amount_pence=600, posted=payment.lines)
    assert set(ledger.balances((*payment.lines, *entry.lines)).values()) == {0}


def test_refund_of_more_than_is_left_is_refused():
    payment = paid()
    first = ledger.refund(key="refund:1", amount_pence=500, posted=payment.lines)
    with pytest.raises(ledger.MoreThanThere, match=r"Only £1\.00 of this payment"):
        ledger.refund(key="refund:2", amount_pence=101, posted=(*payment.lines, *first.lines))
    with pytest.raises(ledger.NotAboveZero):
        ledger.refund(key="refund:3", amount_pence=0, posted=payment.lines)


@given(st.integers(1, 3_000), SOME_PARTS, ASKING, st.data())
def test_partial_refunds_take_from_each_part_what_it_got_and_together_the_payment(
    amount, parts, kind, data
):
    payment = paid(amount, parts, kind)
    posted, left, number = list(payment.lines), amount, 0
    while left:
        back = data.draw(st.integers(1, left)) if number < 5 else left
        entry = ledger.refund(key=f"refund:{number}", amount_pence=back, posted=posted)
        assert in_account([entry], "assets:card-clearing") == -back
        assert all(line.pence > 0 for line in entry.lines if line.account.startswith("income:"))
        posted += entry.lines
        left, number = left - back, number + 1
        incomes = {p for (name, _), p in ledger.balances(posted).items() if "income" in name}
        assert all(pence <= 0 for pence in incomes)
    assert set(ledger.balances(posted).values()) == {0}


def test_refund_that_fails_is_reversed_and_can_be_made_again():
    payment = paid()
    first = ledger.refund(key="refund:1", amount_pence=250, posted=payment.lines)
    failed = ledger.reversal(first, reason="The card processor sent it back.")
    posted = (*payment.lines, *first.lines, *failed.lines)
    again = ledger.refund(key="refund:2", amount_pence=250, posted=posted)
    assert again.lines == first.lines


def test_dispute_takes_the_payment_back_and_says_so():
    entry = ledger.refund(
        key="dispute:1", amount_pence=600, posted=paid().lines, kind=EntryKind.DISPUTE
    )
    assert (entry.kind, entry.description) == (EntryKind.DISPUTE, "Disputed payment")


def test_payout_moves_all_of_clearing_as_it_stands():
    clearing = {Fund.EVENTS: 450, Fund.ADMIN: -29, Fund.CPD: 60}
    entry = ledger.payout(key="payout:1", amount_pence=481, clearing=clearing)
    assert account_by_fund(entry.lines, "assets:bank") == clearing


def test_payout_we_cannot_account_for_falls_to_administration():
    entry = ledger.payout(key="payout:1", amount_pence=500, clearing={Fund.EVENTS: 450})
    held = account_by_fund(entry.lines, "assets:bank")
    assert held == {Fund.EVENTS: 450, Fund.ADMIN: 50, Fund.CPD: 0}


@given(st.integers(-2_000, 12_000).filter(bool), HELD)
def test_payout_moves_its_amount_and_no_fund_gives_more_than_it_has_of_a_part(amount, clearing):
    entry = ledger.payout(key="payout:1", amount_pence=amount, clearing=clearing)
    assert in_account([entry], "assets:bank") == amount
    assert in_account([entry], "assets:card-clearing") == -amount
    if 0 < amount < sum(clearing.values()):
        moved = account_by_fund(entry.lines, "assets:bank")
        assert all(0 <= moved[fund] <= max(0, clearing.get(fund, 0)) for fund in Fund)


def test_cash_is_banked_up_to_what_the_box_holds():
    box = {Fund.EVENTS: 900, Fund.ADMIN: 180, Fund.CPD: 120}
    entry = ledger.cash_banked(key="banked:1", amount_pence=600, cash=box)
    held = account_by_fund(entry.lines, "assets:bank")
    assert held == {Fund.EVENTS: 450, Fund.ADMIN: 90, Fund.CPD: 60}
    with pytest.raises(ledger.MoreThanThere, match=r"There is only £12\.00"):
        ledger.cash_banked(key="banked:2", amount_pence=1_201, cash=box)


def test_school_is_billed_and_pays():
    bill = ledger.school_invoice(
        key="invoice:1", amount_pence=2_400, parts=PARTS, school="mill-lane", event="box"
    )
    owes = "assets:due-from-school:mill-lane"
    due = account_by_fund(bill.lines, owes)
    assert due == {Fund.EVENTS: 1_800, Fund.ADMIN: 360, Fund.CPD: 240}
    first = ledger.school_invoice_paid(
        key="invoice-paid:1", amount_pence=1_000, due=due, school="mill-lane"
    )
    left = account_by_fund((*bill.lines, *first.lines), owes)
    second = ledger.school_invoice_paid(
        key="invoice-paid:2", amount_pence=1_400, due=left, school="mill-lane"
    )
    assert in_account([bill, first, second], owes) == 0
    assert in_account([bill, first, second], "assets:bank") == 2_400


def test_money_spent_leaves_the_bank_from_its_fund():
    entries = [
        ledger.event_cost(key="cost:1", pence=9_000, description="Box hire", event="box"),
        ledger.admin_cost(key="cost:2", pence=500, description="Stamps"),
        ledger.speaker(key="speaker:1", pence=7_500, description="Talk on maths"),
        ledger.subsidy(key="subsidy:1", pence=4_000, description="Course", school="mill-lane"),
    ]
    spent = [(entry.lines[0].account, entry.lines[0].fund) for entry in entries]
    assert spent == [
        ("expenses:event-costs", Fund.EVENTS),
        ("expenses:admin", Fund.ADMIN),
        ("expenses:speakers", Fund.CPD),
        ("expenses:course-subsidies", Fund.CPD),
    ]
    assert in_account(entries, "assets:bank") == -21_000


def test_books_open_with_balances_and_take_grants():
    opening = ledger.opening_balance(
        key="opening:bank", amounts={Fund.CPD: 30_000, Fund.ADMIN: 5_000, Fund.EVENTS: 0}
    )
    grant = ledger.grant(key="grant:1", pence=25_000, description="Town council")
    totals = ledger.balances((*opening.lines, *grant.lines))
    assert ledger.fund_balance(totals, Fund.CPD) == 55_000
    assert ledger.fund_balance(totals, Fund.ADMIN) == 5_000
    assert totals["equity:opening", Fund.CPD] == -30_000


def test_surplus_of_an_event_goes_to_the_cpd_fund():
    entry = ledger.close_event(key="close:box", event="box", surplus_pence=1_250)
    assert entry.lines == (
        DraftLine("assets:bank", Fund.EVENTS, -1_250),
        DraftLine("equity:transfers", Fund.EVENTS, 1_250),
        DraftLine("assets:bank", Fund.CPD, 1_250),
        DraftLine("equity:transfers", Fund.CPD, -1_250),
    )


def test_deficit_of_an_event_is_met_by_administration_with_a_reason():
    with pytest.raises(ledger.EntryReasonMissing):
        ledger.close_event(key="close:box", event="box", surplus_pence=-800)
    entry = ledger.close_event(
        key="close:box", event="box", surplus_pence=-800, reason="Snow kept two schools away."
    )
    held = account_by_fund(entry.lines, "assets:bank")
    assert held == {Fund.EVENTS: 800, Fund.ADMIN: -800, Fund.CPD: 0}


def test_event_that_came_out_even_needs_no_entry():
    with pytest.raises(ledger.EmptyEntry):
        ledger.close_event(key="close:box", event="box", surplus_pence=0)


@given(st.lists(st.integers(1, 2_000), max_size=5), st.lists(st.integers(1, 4_000), max_size=3))
def test_closed_event_has_nothing_over_and_no_money_is_made(payments, costs):
    entries = [paid(pence) for pence in payments]
    entries += [
        ledger.event_cost(key="cost", pence=pence, description="Hire", event="box")
        for pence in costs
    ]
    lines = [line for entry in entries for line in entry.lines]
    surplus = ledger.event_surplus(lines)
    assert surplus == ledger.fund_balance(ledger.balances(lines), Fund.EVENTS)
    if surplus:
        closing = ledger.close_event(
            key="close", event="box", surplus_pence=surplus, reason="Agreed."
        )
        lines += closing.lines
    totals = ledger.balances(lines)
    assert ledger.event_surplus(lines) == 0
    assert ledger.fund_balance(totals, Fund.EVENTS) == 0
    assert sum(ledger.fund_balance(totals, fund) for fund in Fund) == sum(payments) - sum(costs)


def test_mistake_is_undone_by_a_mirror_entry_with_a_reason():
    payment = paid()
    undone = ledger.reversal(payment, reason=" Entered twice. ")
    assert set(ledger.balances((*payment.lines, *undone.lines)).values()) == {0}
    assert (undone.key, undone.reverses) == ("reversal:payment:1", "payment:1")
    assert (undone.kind, undone.reason) == (EntryKind.REVERSAL, "Entered twice.")


def test_reversal_without_reason_or_of_a_reversal_is_refused():
    payment = paid()
    with pytest.raises(ledger.EntryReasonMissing):
        ledger.reversal(payment, reason=" ")
    undone = ledger.reversal(payment, reason="Entered twice.")
    with pytest.raises(ledger.ReversalOfReversal):
        ledger.reversal(undone, reason="It was right.")


@given(st.integers(1, 3_000), SOME_PARTS, ASKING)
def test_reversal_undoes_any_payment_line_by_line(amount, parts, kind):
    payment = paid(amount, parts, kind)
    undone = ledger.reversal(payment, reason="Entered twice.")
    assert [-line.pence for line in undone.lines] == [line.pence for line in payment.lines]


def test_one_event_from_first_payment_to_closed_books():
    """Ten families give £6.00, one gives £10.00, one is refunded; the box costs £42.00."""
    payments = [paid() for _ in range(10)] + [paid(1_000)]
    fees = [ledger.card_fee(key=f"fee:{n}", pence=29) for n in range(11)]
    back = ledger.refund(key="refund:1", amount_pence=600, posted=payments[0].lines)
    entries = [*payments, *fees, back]
    clearing = account_by_fund(
        [line for entry in entries for line in entry.lines], "assets:card-clearing"
    )
    entries.append(ledger.payout(key="payout:1", amount_pence=7_000 - 600 - 319, clearing=clearing))
    entries.append(ledger.event_cost(key="cost:1", pence=4_200, description="Box", event="box"))
    lines = [line for entry in entries for line in entry.lines]
    # £4.50 of each of nine fees, £7.50 of the £10.00, less the box.
    assert ledger.event_surplus(lines) == 9 * 450 + 750 - 4_200 == 600
    closing = ledger.close_event(key="close:box", event="box", surplus_pence=600)
    totals = ledger.balances((*lines, *closing.lines))
    assert {fund: ledger.fund_balance(totals, fund) for fund in Fund} == {
        Fund.EVENTS: 0,
        Fund.ADMIN: 9 * 90 + 150 - 319,
        Fund.CPD: 9 * 60 + 100 + 600,
    }
    assert sum(pence for (name, _), pence in totals.items() if name == "assets:bank") == 1_881
