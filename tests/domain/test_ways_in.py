"""What brings money in, or moves what stays ours, never takes any of it away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import ledger
from booking.domain.charging import FeeKind, FeePart
from booking.domain.ledger import Fund, accounts

PARTS = (FeePart("speaker", 340, Fund.EVENTS), FeePart("CPD", 260, Fund.CPD))
BILLED = {"parts": PARTS, "school": "tindlebrook"}
ASKED = {"parts": PARTS, "fee_kind": FeeKind.CHARGE}
PENCE = st.integers(1, 50_000)


def some(name, **facts):
    return getattr(ledger, name)(key=f"{name}:1", **facts)


def given_instead(pence):
    posted = some("payment", amount_pence=pence, **ASKED).lines
    return some("given_instead", amount_pence=pence, posted=posted)


#: How each is drawn up for an amount; `tests/house/test_ways_out.py` says that these are all.
DRAWN_UP = {
    "attached": lambda pence: some("attached", amount_pence=pence, **ASKED),
    "cash_banked": lambda p: some("cash_banked", amount_pence=p, cash={Fund.EVENTS: p}),
    "close_event": lambda pence: some("close_event", event="box", surplus_pence=pence),
    "given_instead": given_instead,
    "grant": lambda pence: some("grant", pence=pence, description="A gift"),
    "opening_balance": lambda pence: some("opening_balance", amounts={Fund.CPD: pence}),
    "paid_out": lambda pence: some("paid_out", amount_pence=pence, rows={Fund.CPD: pence}),
    "payment": lambda pence: some("payment", amount_pence=pence, **ASKED),
    "payout": lambda pence: some("payout", amount_pence=pence, clearing={Fund.CPD: pence}),
    "school_credit": lambda pence: some("school_credit", pence=pence, school="tindlebrook"),
    "school_invoice": lambda pence: some("school_invoice", amount_pence=pence, **BILLED),
    "school_invoice_by_hand": lambda pence: some(
        "school_invoice_by_hand",
        lines=[("Minibus", pence)],
        income=accounts.SCHOOL_PAYMENTS,
        fund=Fund.EVENTS,
        school="tindlebrook",
    ),
    "school_invoice_paid": lambda p: some(
        "school_invoice_paid", amount_pence=p, due={Fund.EVENTS: p}, school="tindlebrook"
    ),
    "transfer": lambda pence: some(
        "transfer", pence=pence, source=Fund.EVENTS, target=Fund.CPD, reason="As decided"
    ),
}


@pytest.mark.parametrize("name", DRAWN_UP)
@given(pence=PENCE)
def test_no_money_leaves(name, pence):
    lines = DRAWN_UP[name](pence).lines

    assert sum(line.pence for line in lines if line.account in accounts.MONEY) >= 0
