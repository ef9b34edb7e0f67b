"""What a school is billed: never a penny more than is due, and what is paid stays paid."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import invoicing
from booking.domain.invoicing import MOVES, InvoiceNotPayable, InvoiceState, MoveNotAllowed

PENCE = st.integers(1, 100_000)


@given(pupils=st.integers(1, 500), each=PENCE, parts=st.lists(PENCE, max_size=12))
def test_payments_never_exceed_the_amount_and_the_last_penny_settles_it(pupils, each, parts):
    amount, paid, state = invoicing.amount(pupils, each), 0, InvoiceState.RAISED
    for pence in parts:
        left = amount - paid
        if pence > left:
            with pytest.raises(InvoiceNotPayable):
                invoicing.after_payment(amount_pence=amount, paid_pence=paid, pence=pence)
            continue
        before = paid
        paid, state = invoicing.after_payment(amount_pence=amount, paid_pence=paid, pence=pence)
        assert paid == before + pence <= amount
        assert (state is InvoiceState.PAID) == (paid == amount)


@given(amount=PENCE, pence=st.integers(max_value=0))
def test_nothing_is_no_payment(amount, pence):
    with pytest.raises(InvoiceNotPayable, match="above zero"):
        invoicing.after_payment(amount_pence=amount, paid_pence=0, pence=pence)


@given(st.sampled_from(InvoiceState), st.integers(0, 1000))
def test_only_an_open_invoice_for_which_nothing_came_is_cancelled(state, paid):
    if state is not InvoiceState.RAISED:
        with pytest.raises(MoveNotAllowed):
            invoicing.cancel(state, paid_pence=paid)
    elif paid:
        with pytest.raises(InvoiceNotPayable, match="cannot be cancelled"):
            invoicing.cancel(state, paid_pence=paid)
    else:
        assert invoicing.cancel(state, paid_pence=paid) is InvoiceState.CANCELLED


def test_what_is_cancelled_stays_so_and_what_is_paid_is_asked_for_again_at_most():
    assert MOVES[InvoiceState.CANCELLED] == frozenset()
    assert MOVES[InvoiceState.PAID] == {InvoiceState.RAISED}


@given(PENCE, st.data())
def test_a_payment_taken_back_is_as_if_it_had_never_been(amount, data):
    before = data.draw(st.integers(0, amount - 1))
    pence = data.draw(st.integers(1, amount - before))
    paid, state = invoicing.after_payment(amount_pence=amount, paid_pence=before, pence=pence)

    undone = invoicing.without_payment(state, paid_pence=paid, pence=pence)

    assert undone == (before, InvoiceState.RAISED)


@given(st.integers(1, 9_998))
def test_numbers_sort_as_they_were_given(nth):
    assert invoicing.number("2026/27", nth) < invoicing.number("2026/27", nth + 1)


@given(st.dates(max_value=date(2100, 1, 1)))
def test_thirty_days_are_given(on):
    assert invoicing.due_on(on) - on == timedelta(days=30)


NUMBERS = st.tuples(st.integers(2020, 2090), st.integers(1, 99_999))


def of_year(begins):
    return f"{begins}/{(begins + 1) % 100:02d}"


@given(NUMBERS, st.sampled_from(["", " ", "-", "/"]), st.booleans())
def test_a_reference_is_found_again_however_a_bank_writes_it(number, gap, lower):
    year, nth = of_year(number[0]), number[1]
    written = gap.join(invoicing.reference(year, nth).replace(" ", ""))
    text = f"FASTER PAYMENT LARKRISE {written.lower() if lower else written} ON 03DEC"

    found = {invoicing.of_reference(each) for each in invoicing.references_in(text)}

    assert (year, nth) in found


@given(NUMBERS, st.data())
def test_a_reference_with_one_wrong_digit_is_not_this_invoice(number, data):
    right = invoicing.reference(of_year(number[0]), number[1])
    bare = right.replace(" ", "")
    at = data.draw(st.integers(2, len(bare) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != bare[at]]))

    assert right not in invoicing.references_in(bare[:at] + digit + bare[at + 1 :])


def test_a_reference_is_short_enough_for_a_bank_transfer():
    assert invoicing.reference("2026/27", 7) == "RF05 2627 0007"
    assert len(invoicing.reference("2026/27", 99_999).replace(" ", "")) <= 18


def test_the_references_of_two_invoices_in_one_line_are_both_found():
    both = [invoicing.reference("2026/27", nth) for nth in (7, 8)]
    assert set(both) <= invoicing.references_in(f"LARKRISE {both[0]} {both[1]}")


@given(
    state=st.sampled_from(InvoiceState),
    late=st.integers(-40, 40),
    since=st.none() | st.integers(0, 40),
)
def test_only_what_is_late_is_reminded_of_and_not_twice_in_a_fortnight(state, late, since):
    today = date(2027, 3, 1)
    asked = {
        "due_on": today - timedelta(days=late),
        "reminded_on": None if since is None else today - timedelta(days=since),
        "today": today,
    }
    if state is InvoiceState.RAISED and late > 0 and (since is None or since >= 14):
        invoicing.check_reminder(state, **asked)
    else:
        with pytest.raises(invoicing.NotToBeReminded):
            invoicing.check_reminder(state, **asked)
