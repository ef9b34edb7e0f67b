"""Bank transfers: give a reference, hear that money is on its way, record what has arrived."""

import secrets
from collections.abc import Collection
from datetime import datetime

from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.days.places.service import deadlines as place_deadlines
from booking.domain import transferring
from booking.domain.booking_states import BookingState
from booking.domain.payment_states import RefundState
from booking.domain.permissions import PARENT, Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db, insert_into
from booking.money.checkout import service as checkout
from booking.money.fund import locks as fund_locks
from booking.money.fund import ports as fund_ports
from booking.money.fund.ports import ReceivedMoney
from booking.money.payments.models import Refund
from booking.money.transfers import locks, queries
from booking.money.transfers.models import TransferReference, TransferRules
from booking.money.transfers.queries import TransferShare


class NotOffered(ValueError):
    """This cannot be paid by bank transfer, or not any more."""


class NoTransferArrived(ValueError):
    """None of the lines can be recorded; the message says what to do."""


class UnknownReference(ValueError):
    """The digits are right, but nobody was given this reference."""


def set_offered(*, actor: Actor, now: datetime, offered: bool) -> None:
    """Say whether families may pay by bank transfer."""
    fund_locks.funds()
    rules = db.session.get(TransferRules, 1)
    if rules is None:
        rules = TransferRules(id=1, offered=offered)
        db.session.add(rules)
        db.session.flush()
    rules.offered = offered
    audit.record(actor=actor, action="offer_transfers", subject=rules, now=now, offered=offered)


def give_reference(
    *, now: datetime, booking: Booking, parent_id: int, offered: bool
) -> TransferReference:
    """Return what a parent quotes for a place; the second time it is the same. NotOffered.

    `offered` is whether families are offered transfers at all, which the settings say too.
    """
    booking = place_locks.booking_at_event(booking.id)
    known = queries.of_parent(booking.id, parent_id)
    if known is not None:
        return known
    if not offered or not queries.asks(booking):
        raise NotOffered("There is nothing to pay by bank transfer here.")
    made = TransferReference(
        number=_unused_number(), booking_id=booking.id, parent_id=parent_id, made_at=now
    )
    db.session.add(made)
    db.session.flush()
    return made


def reference_to_write(*, now: datetime, booking: Booking, parent_id: int) -> int:
    """Return the number that a mail or letter to a parent names; the second time it is the same.

    It takes no lock, because whoever writes to families has some already: if another transaction
    gives the reference at this moment, that one counts.
    """
    while (known := queries.of_parent(booking.id, parent_id)) is None:
        row = insert_into(TransferReference).values(
            number=_unused_number(), booking_id=booking.id, parent_id=parent_id, made_at=now
        )
        db.session.execute(row.on_conflict_do_nothing())
    return known.number


def _unused_number() -> int:
    span = transferring.LAST_NUMBER - transferring.FIRST_NUMBER + 1
    while True:
        number = transferring.FIRST_NUMBER + secrets.randbelow(span)
        if not queries.by_numbers({number}):
            return number


def say_sent(*, now: datetime, reference: TransferReference) -> None:
    """Keep a place that waits for its charge while a transfer is on its way: once per parent."""
    booking = place_locks.booking_at_event(reference.booking_id)
    row = locks.reference(reference.id)
    if row.sent_at is not None:
        return
    row.sent_at = now
    checkout.promise(actor=PARENT, now=now, booking=booking)
    due_at = booking.reply_by_at
    if booking.state is not BookingState.INVITED or due_at is None:
        return
    later_at = place_deadlines.after(
        booking.event, booking.school_id, transferring.DAYS_ON_ITS_WAY, now
    )
    if later_at > due_at:
        place_deadlines.put_off(
            booking.event, booking, later_at, due_at=due_at, because="transfer on its way", now=now
        )


def record_arrived(*, actor: Actor, now: datetime, lines: Collection[str]) -> int:
    """Record what these bank lines pay, and match each with its entries; return how many.

    Raises NoTransferArrived, and what `checkout.receive_transfer` raises.
    """
    if not lines:
        raise NoTransferArrived("Tick the payments that are right.")
    seen = [each for each in queries.arrived() if each.money.line in lines]
    place_locks.bookings_at_events(
        {share.reference.booking_id for each in seen for share in each.shares}
    )
    fund_locks.funds()
    # Read again under the locks: somebody may have recorded them meanwhile.
    db.session.expire_all()
    found = [each for each in queries.arrived() if each.money.line in lines]
    if not found or len(found) != len(seen):
        raise NoTransferArrived(
            "These payments have changed since you opened the page. Please check again."
        )
    for each in found:
        _record(each.money, each.shares, actor=actor, now=now)
    return len(found)


def record_by_hand(*, actor: Actor, now: datetime, line: str, number: int) -> None:
    """Record a bank line for the reference that a person found out.

    Raises UnknownReference, NoTransferArrived, and what `checkout.receive_transfer` raises.
    """
    row = queries.by_numbers({number}).get(number)
    if row is None:
        raise UnknownReference("Nobody was given this reference. Ask the school or the family.")
    place_locks.booking_at_event(row.booking_id)
    fund_locks.funds()
    money = next((each for each in fund_ports.received_money() if each.line == line), None)
    if money is None:
        raise NoTransferArrived("This line has been matched meanwhile. Choose another.")
    due = queries.due_pence(row.booking)
    gift = queries.is_contribution(row.booking)
    comes_to = transferring.compared(money.pence, due, any_amount=gift)
    shares = (TransferShare(row, money.pence, due, comes_to),)
    _record(money, shares, actor=actor, now=now)


def _record(
    money: ReceivedMoney, shares: Collection[TransferShare], *, actor: Actor, now: datetime
) -> None:
    keys = [
        checkout.receive_transfer(
            actor=actor,
            now=now,
            booking=share.reference.booking,
            parent_id=share.reference.parent_id,
            amount_pence=share.pence,
            reference=transferring.reference(share.reference.number),
            arrived_on=money.on,
        )
        for share in shares
    ]
    fund_ports.match_money(actor=actor, now=now, line=money.line, keys=keys)


def mark_sent_back(*, actor: Actor, now: datetime, refund: Refund) -> None:
    """Record that the treasurer has sent money back. Raises payments.NotWaiting."""
    if refund.state is RefundState.SUCCEEDED:
        return
    checkout.give_back_by_hand(actor=actor, now=now, refund=refund)
