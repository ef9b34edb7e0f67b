"""A school's bill: its number and reference, amount, due date and state."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

from booking.domain import money, moves, terms

MoveNotAllowed = moves.MoveNotAllowed
#: Days (of the calendar) from the day of the invoice to the day it is due.
DAYS_TO_PAY = 30
#: Days (of the calendar) after a reminder before the next one.
DAYS_BETWEEN_REMINDERS = 14
#: RF, two check digits, four of the school year, and four or five of the number in it.
REFERENCE_LENGTHS = (12, 13)


class InvoiceState(StrEnum):
    """Where an invoice stands."""

    RAISED = "raised"
    PAID = "paid"
    CANCELLED = "cancelled"


MOVES: Mapping[InvoiceState, frozenset[InvoiceState]] = MappingProxyType(
    {
        InvoiceState.RAISED: frozenset({InvoiceState.PAID, InvoiceState.CANCELLED}),
        # A payment that was recorded by mistake is taken back.
        InvoiceState.PAID: frozenset({InvoiceState.RAISED}),
        # What was cancelled is billed again.
        InvoiceState.CANCELLED: frozenset(),
    }
)


class InvoiceNotPayable(ValueError):
    """The amount cannot be a payment of this invoice; the message says what could."""


class NotToBeReminded(ValueError):
    """A reminder would be wrong now; the message says why."""


def amount(pupils: int, each_pence: int) -> int:
    """Return what this many places cost, in pence."""
    assert min(pupils, each_pence) > 0, "nobody is billed for nothing"
    return pupils * each_pence


def number(school_year: str, nth: int) -> str:
    """Return the number of the nth invoice of a school year: "2026/27-0007"."""
    return f"{school_year}-{nth:04d}"


def reference(school_year: str, nth: int) -> str:
    """Return what the school quotes with its payment: "RF05 2627 0007".

    It is a creditor reference by ISO 11649: check digits over the invoice's number, so that it is
    found again in a bank's statement, and a slip is not taken for another invoice. Its 12 or 13
    letters and digits fit into the 18 that a bank transfer may carry.
    """
    body = f"{school_year[2:4]}{school_year[-2:]}{nth:04d}"
    digits = mod_97_10.calc_check_digits(f"{body}RF")
    return str(iso11649.format(f"RF{digits}{body}"))


def references_in(text: str) -> frozenset[str]:
    """Return every reference of an invoice that a text contains, however it is spaced or written.

    Some are found in other digits by chance; whether we have sent such an invoice is for the
    caller to look up.
    """
    bare = re.sub(r"[^0-9A-Z]", "", text.upper())
    starts = (found.start() for found in re.finditer("RF[0-9]{10}", bare))
    possible = (bare[at : at + length] for at in starts for length in REFERENCE_LENGTHS)
    return frozenset(
        iso11649.format(each)
        for each in possible
        if len(each) in REFERENCE_LENGTHS and each[2:].isdecimal() and iso11649.is_valid(each)
    )


def of_reference(quoted: str) -> tuple[str, int]:
    """Return the school year and the number in a reference that `references_in` found."""
    body = iso11649.compact(quoted)[4:]
    begins = 2000 + int(body[:2])
    return f"{begins}/{body[2:4]}", int(body[4:])


def due_on(raised_on: date) -> date:
    """Return the last day on which the invoice can be paid on time."""
    return raised_on + timedelta(days=DAYS_TO_PAY)


def check_reminder(
    state: InvoiceState, *, due_on: date, reminded_on: date | None, today: date
) -> None:
    """Raise NotToBeReminded unless the invoice is late, and its school had time since the last."""
    if state is not InvoiceState.RAISED:
        raise NotToBeReminded("There is nothing left to pay for this invoice.")
    if today <= due_on:
        raise NotToBeReminded(
            f"It can still be paid on time: it is due by {terms.day_text(due_on)}."
        )
    if reminded_on is not None:
        again_on = reminded_on + timedelta(days=DAYS_BETWEEN_REMINDERS)
        if today < again_on:
            raise NotToBeReminded(
                f"The school was reminded on {terms.day_text(reminded_on)}. It can be reminded "
                f"again from {terms.day_text(again_on)}."
            )


def after_payment(*, amount_pence: int, paid_pence: int, pence: int) -> tuple[int, InvoiceState]:
    """Return what has been paid and the state once `pence` more has come in.

    Raises InvoiceNotPayable for nothing, and for more than is outstanding.
    """
    left = amount_pence - paid_pence
    if pence <= 0:
        raise InvoiceNotPayable("Enter an amount above zero.")
    if pence > left:
        raise InvoiceNotPayable(
            f"Only {money.pounds(left)} is still to be paid. Enter that; record the rest as a "
            "gift, or send it back."
        )
    paid = paid_pence + pence
    return paid, InvoiceState.PAID if paid == amount_pence else InvoiceState.RAISED


def without_payment(
    state: InvoiceState, *, paid_pence: int, pence: int
) -> tuple[int, InvoiceState]:
    """Return what has been paid and the state once a payment of `pence` is taken back."""
    assert 0 < pence <= paid_pence, "what was not paid is not taken back"
    if state is InvoiceState.PAID:
        state = moves.move("invoice", MOVES, state, InvoiceState.RAISED)
    return paid_pence - pence, state


def cancel(state: InvoiceState, *, paid_pence: int) -> InvoiceState:
    """Return the state of an invoice that is cancelled.

    Raises InvoiceNotPayable once money has come in for it, and MoveNotAllowed.
    """
    to = moves.move("invoice", MOVES, state, InvoiceState.CANCELLED)
    if paid_pence:
        raise InvoiceNotPayable(
            "This invoice has been paid in full or in part, so it cannot be cancelled."
        )
    return to


def divided(pence: int, left: Sequence[int]) -> tuple[list[int], int]:
    """Divide what came among what is left to pay, in this order; return the shares and the rest."""
    shares = []
    for each in left:
        share = min(pence, each)
        shares.append(share)
        pence -= share
    return shares, pence
