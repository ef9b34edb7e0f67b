"""Reads of bank transfers: whose a reference is, what has arrived, what is to be sent back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from booking.days.events.models import Event, EventState
from booking.days.places.models import Booking
from booking.domain import charging, transferring
from booking.domain.booking_states import SEATED, BookingState
from booking.domain.charging import FeeKind
from booking.domain.payee import Payee
from booking.domain.payment_states import HELD, RefundState
from booking.domain.transferring import TransferSum
from booking.foundation.db import db
from booking.money.checkout import service as checkout
from booking.money.fund import ports as fund_ports
from booking.money.fund.ports import ReceivedMoney
from booking.money.payments import gateway
from booking.money.payments.models import Method, Payment, PaymentLine, Refund
from booking.money.transfers.models import TransferReference, TransferRules
from booking.people.schools.models import School

#: How the reference of a payment begins that came by a reference of ours.
OURS = f"{transferring.PREFIX} %"


@dataclass(frozen=True)
class TransferShare:
    """What one transfer pays for one place."""

    reference: TransferReference
    pence: int
    due_pence: int
    comes_to: TransferSum


@dataclass(frozen=True)
class ArrivedTransfer:
    """Money at the bank that quotes references of ours, and what it pays."""

    money: ReceivedMoney
    shares: tuple[TransferShare, ...]
    #: What a person should look at before it is recorded; "" if nothing.
    doubt: str


def is_wanted() -> bool:
    """Return whether families are to pay by transfer; before anybody decides, without cards."""
    rules = db.session.get(TransferRules, 1)
    return not gateway.takes_cards() if rules is None else rules.offered


def is_offered(to: Payee) -> bool:
    """Return whether families can pay into this account: it is complete, and wanted."""
    return bool(to.name and (to.sort_code or to.iban)) and is_wanted()


def of_parent(booking_id: int, parent_id: int) -> TransferReference | None:
    """Return what a parent quotes for a place, if it was ever asked for."""
    return db.session.scalar(
        select(TransferReference).where(
            TransferReference.booking_id == booking_id, TransferReference.parent_id == parent_id
        )
    )


def by_numbers(numbers: Collection[int]) -> Mapping[int, TransferReference]:
    """Return the references with these numbers, with their places, in one query."""
    if not numbers:
        return {}
    statement = (
        select(TransferReference)
        .where(TransferReference.number.in_(sorted(numbers)))
        .options(
            joinedload(TransferReference.booking).joinedload(Booking.event),
            joinedload(TransferReference.booking).joinedload(Booking.school),
        )
    )
    return {row.number: row for row in db.session.scalars(statement)}


def arrived() -> list[ArrivedTransfer]:
    """Return the bank lines that quote references of ours, oldest first."""
    quoted = {money: transferring.quoted_in(money.words) for money in fund_ports.received_money()}
    known = by_numbers({n for found in quoted.values() for each in found for n in _numbers(each)})
    if not known:
        return []
    due = {row.booking_id: due_pence(row.booking) for row in known.values()}
    found = []
    for money, references in quoted.items():
        rows, doubt = _meant(references, known)
        if rows:
            shares = _shares(money.pence, rows, due)
            found.append(ArrivedTransfer(money, shares, doubt or _doubt(shares)))
    return found


def _numbers(quoted: transferring.Quoted) -> Collection[int]:
    """Return the numbers that may be meant; what is not named and not valid is no reference."""
    if quoted.number is not None:
        return {quoted.number}
    return transferring.likely(quoted.digits) if quoted.named else ()


def _meant(
    quoted: Sequence[transferring.Quoted], known: Mapping[int, TransferReference]
) -> tuple[list[TransferReference], str]:
    """Return whose references a line quotes, and why a person should look."""
    exact = {each.number: each.named for each in quoted if each.number in known}
    if exact:
        rows = [known[number] for number in exact if number is not None]
        return rows, "" if all(exact.values()) else "FP does not stand before it."
    near = {n for each in quoted if each.number is None for n in _numbers(each) if n in known}
    if len(near) != 1:
        return [], ""
    [number] = near
    return [known[number]], f"A digit is wrong: perhaps {transferring.reference(number)} is meant."


def _shares(
    pence: int, rows: Sequence[TransferReference], due: dict[int, int]
) -> tuple[TransferShare, ...]:
    """Share a line between its places, and count it: a second line finds less to pay."""
    amounts = transferring.shared(pence, [due[row.booking_id] for row in rows])
    shares = []
    for row, amount in zip(rows, amounts, strict=True):
        if not amount:
            continue
        left = due[row.booking_id]
        gift = is_contribution(row.booking)
        comes_to = transferring.compared(amount, left, any_amount=gift)
        shares.append(TransferShare(row, amount, left, comes_to))
        due[row.booking_id] = max(0, left - amount)
    return tuple(shares)


def _doubt(shares: Sequence[TransferShare]) -> str:
    if any(recorded_alike(each.reference.booking_id, each.pence) for each in shares):
        return "The school has recorded a transfer of this amount: match the line with that, if so."
    looked_at = {TransferSum.MORE, TransferSum.NOTHING_ASKED}
    return "Look at it first." if any(each.comes_to in looked_at for each in shares) else ""


def recorded_alike(booking_id: int, pence: int) -> bool:
    """Return whether a school recorded a transfer of this amount for a place by hand."""
    found = (
        select(Payment.id)
        .join(PaymentLine, PaymentLine.payment_id == Payment.id)
        .where(
            PaymentLine.booking_id == booking_id,
            Payment.method == Method.BANK_TRANSFER,
            Payment.amount_pence == pence,
            Payment.state.in_(HELD),
            Payment.reference.not_like(OURS),
        )
    )
    return bool(db.session.scalar(select(found.exists())))


def is_contribution(booking: Booking) -> bool:
    """Return whether any amount is welcome: a contribution to a place that is held."""
    voluntary = booking.event.fee_kind is FeeKind.VOLUNTARY_CONTRIBUTION
    return voluntary and booking.state in SEATED


def due_pence(booking: Booking) -> int:
    """Return what is still to pay of a charge, or what was suggested as a contribution."""
    event = booking.event
    if is_contribution(booking):
        return event.fee_pence
    live = event.state is EventState.PUBLISHED and (
        booking.state in SEATED or booking.state is BookingState.LAPSED
    )
    return checkout.amount_due(booking) if live else 0


def asks(booking: Booking) -> bool:
    """Return whether there is anything that a family could transfer for a place now."""
    if not charging.asks_parent(booking.event.fee_kind):
        return False
    confirmed = booking.state in SEATED - {BookingState.INVITED}
    return confirmed if is_contribution(booking) else due_pence(booking) > 0


def will_ask(booking: Booking) -> bool:
    """Return whether a charge follows once the family has answered: consent comes before money."""
    charged = booking.event.fee_kind is FeeKind.CHARGE
    return charged and booking.state is BookingState.INVITED


@dataclass(frozen=True)
class ToSendBack:
    """A refund that the treasurer has still to send, and what the money was for."""

    refund: Refund
    event_title: str
    school_name: str


def to_send_back() -> list[ToSendBack]:
    """Return the refunds of transfers that are still to be sent, oldest first."""
    found = db.session.execute(
        _transfers_back()
        .join(PaymentLine, PaymentLine.id == Refund.line_id)
        .join(Booking, Booking.id == PaymentLine.booking_id)
        .join(Booking.event)
        .join(Booking.school)
        .add_columns(Event.title, School.name)
        .where(Refund.state == RefundState.REQUESTED)
        .order_by(Refund.id)
    )
    return [ToSendBack(*row) for row in found]


def refund(public_id: str) -> Refund | None:
    """Return a refund of a transfer that came by a reference of ours."""
    return db.session.scalar(_transfers_back().where(Refund.public_id == public_id))


def _transfers_back() -> Select[Refund]:
    return (
        select(Refund)
        .join(Payment, Payment.id == Refund.payment_id)
        .where(Payment.method == Method.BANK_TRANSFER, Payment.reference.like(OURS))
        .options(joinedload(Refund.payment), joinedload(Refund.line))
    )


def recorded() -> Select[Payment]:
    """Return the statement for the transfers that came by a reference of ours, newest first."""
    return (
        select(Payment)
        .where(Payment.method == Method.BANK_TRANSFER, Payment.reference.like(OURS))
        .order_by(Payment.id.desc())
    )


def line(public_id: str) -> PaymentLine | None:
    """Return the line of a transfer that came by a reference of ours."""
    return db.session.scalar(
        select(PaymentLine)
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .where(
            Payment.public_id == public_id,
            Payment.method == Method.BANK_TRANSFER,
            Payment.reference.like(OURS),
        )
    )
