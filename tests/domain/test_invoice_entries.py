"""What an invoice by hand, and what is paid for it, put into the ledger: balanced in each fund."""

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import ledger
from booking.domain.funds import Fund
from booking.domain.ledger import accounts

DUE = accounts.due_from_school("mill-lane")
LINES = st.lists(st.tuples(st.text(min_size=1, max_size=20), st.integers(1, 100_000)), min_size=1)
INCOMES = (accounts.SUBSCRIPTIONS, accounts.SCHOOL_PAYMENTS, accounts.GRANTS)


@given(LINES, st.sampled_from([*Fund]), st.sampled_from(INCOMES), st.data())
def test_an_invoice_by_hand_and_its_payments_balance_in_each_fund(lines, fund, income, data):
    total = sum(pence for _, pence in lines)
    drafts = [
        ledger.school_invoice_by_hand(
            key="k", lines=lines, income=income, fund=fund, school="mill-lane"
        )
    ]
    paid = data.draw(st.integers(0, total))
    if paid:
        drafts.append(
            ledger.school_invoice_paid(
                key="p", amount_pence=paid, due={fund: total}, school="mill-lane"
            )
        )

    held = ledger.balances(line for draft in drafts for line in draft.lines)

    by_fund = {}
    for (_, of), pence in held.items():
        by_fund[of] = by_fund.get(of, 0) + pence
    assert set(by_fund.values()) == {0}
    assert held[DUE, fund] == total - paid
    assert held[income, fund] == -total
