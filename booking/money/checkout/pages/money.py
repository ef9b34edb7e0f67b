"""What the school's money pages show, ready for the templates."""

from dataclasses import dataclass

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain import booking_states, charging, money, payment_states
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import FundingStatus, RefundState
from booking.money.checkout import queries, words
from booking.money.checkout.models import Funding
from booking.money.checkout.queries import replies
from booking.money.checkout.queries.replies import MoneyRow
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments
from booking.money.payments.models import Dispute, Method, PaymentLine, Refund
from booking.people.schools.models import School

METHODS = {
    Method.CARD: "Card",
    Method.CASH: "Cash",
    Method.CHEQUE: "Cheque",
    Method.BANK_TRANSFER: "Bank transfer",
}
PAYMENT_WORDS = {
    payment_states.PaymentState.OPENED: "Started, not finished",
    payment_states.PaymentState.PAID: "Received",
    payment_states.PaymentState.LAPSED: "Not finished",
    payment_states.PaymentState.FAILED: "Failed",
    payment_states.PaymentState.REFUNDED: "Refunded",
    payment_states.PaymentState.PART_REFUNDED: "Partly refunded",
    payment_states.PaymentState.TO_EXPLAIN: "With the treasurer",
}
REFUND_WORDS = {
    RefundState.REQUESTED: "Requested",
    RefundState.PENDING: "On its way",
    RefundState.SUCCEEDED: "Refunded",
    RefundState.FAILED: "Failed",
    RefundState.CANCELLED: "Cancelled",
}


@dataclass(frozen=True)
class PupilLine:
    """One pupil's line on the money page."""

    name: str
    public_id: str
    state: str
    standing: str
    held_pence: int


@dataclass(frozen=True)
class MoneyPage:
    """The status of the fee for each of a school's pupils at one event."""

    event: Event
    school: School
    lines: list[PupilLine]
    kind_words: str
    breakdown: str
    #: How many pupils have which status, in words and in a fixed order: "4 asked, 1 received".
    counts_words: str
    received_pence: int


@dataclass(frozen=True)
class RefundLine:
    """One refund, and whether the school has to hand the money over."""

    row: Refund
    words: str
    by_hand: bool
    #: Whether a person recorded that it was handed back, which may have been a mistake.
    may_undo: bool


@dataclass(frozen=True)
class PaidLine:
    """What one payment brought in for this booking, with its refunds."""

    row: PaymentLine
    method: str
    words: str
    left_pence: int
    #: Whether it was recorded by hand, and may be undone.
    may_undo: bool
    refunds: list[RefundLine]


@dataclass(frozen=True)
class BookingPage:
    """One pupil's fee in full."""

    booking: Booking
    funding: Funding | None
    standing: str
    kind_words: str
    payments: list[PaidLine]
    due_pence: int
    #: Open disputes, by when evidence is due.
    disputes: list[Dispute]
    may_remit: bool
    may_ask_again: bool
    may_remind: bool
    may_receive: bool


def money_page(event: Event, school: School, rows: list[MoneyRow]) -> MoneyPage:
    """Return the page for one event."""
    disputed = queries.disputed_bookings(event.id)
    lines = [
        PupilLine(
            name=row.booking.pupil.name,
            public_id=row.booking.public_id,
            state=booking_states.words(row.booking.state).label,
            standing=standing(row.funding)
            + (", disputed by the cardholder" if row.booking.id in disputed else ""),
            held_pence=sum(_held(line) for line in row.lines),
        )
        for row in rows
    ]
    found = [row.funding.status for row in rows if row.funding]
    return MoneyPage(
        event=event,
        school=school,
        lines=lines,
        kind_words=charging.NAMES[event.fee_kind],
        breakdown=event_words.breakdown_sentence(event),
        counts_words=", ".join(
            f"{found.count(status)} {words.FUNDING[status].lower()}"
            for status in FundingStatus
            if status in found
        ),
        received_pence=sum(line.held_pence for line in lines),
    )


def standing(funding: Funding | None) -> str:
    """Return the words for the status of a fee."""
    return words.FUNDING[funding.status] if funding else "Nothing asked"


def _held(line: PaymentLine) -> int:
    held = line.payment.state in payment_states.HELD
    return line.amount_pence - line.refunded_pence if held else 0


def booking_page(booking_id: int) -> BookingPage:
    """Return one pupil's page."""
    booking = replies.booking_with_event(booking_id)
    funding = replies.reply(booking).funding
    status = funding.status if funding else None
    rows = payment_queries.lines_of_booking(booking.id)
    kind = booking.event.fee_kind
    due = 0
    coming = booking.state in booking_states.LIVE or booking.state is BookingState.LAPSED
    if kind is FeeKind.CHARGE and coming and funding and status not in payment_states.SETTLED:
        due = max(0, funding.asked_pence - sum(payments.left_of_line(row) for row in rows))
    voluntary = kind is FeeKind.VOLUNTARY_CONTRIBUTION
    return BookingPage(
        booking=booking,
        funding=funding,
        standing=standing(funding),
        kind_words=f"{charging.NAMES[kind]}, {money.pounds(booking.event.fee_pence)}",
        payments=[_paid_line(row) for row in rows],
        due_pence=due,
        disputes=queries.open_disputes_of(booking.id),
        may_remit=bool(due) and status is not FundingStatus.REFUNDED,
        may_ask_again=kind is FeeKind.CHARGE and status is FundingStatus.REMITTED,
        may_remind=voluntary
        and status is FundingStatus.REQUESTED
        and funding is not None
        and funding.reminded_at is None
        and booking.state in booking_states.EXPECTED,
        may_receive=bool(due) or (voluntary and booking.state in booking_states.SEATED),
    )


def _paid_line(row: PaymentLine) -> PaidLine:
    payment = row.payment
    # What came into the network’s account by a reference is the treasurer’s to undo or send back.
    by_hand = payment.method is not Method.CARD and not payment.is_at_network
    refunds = [
        RefundLine(
            refund,
            REFUND_WORDS[refund.state],
            by_hand and refund.state is RefundState.REQUESTED,
            by_hand and refund.state is RefundState.SUCCEEDED,
        )
        for refund in row.refunds
    ]
    return PaidLine(
        row,
        METHODS[payment.method],
        _stands(row),
        payments.left_of_line(row),
        by_hand and payment.state is payment_states.PaymentState.PAID,
        refunds,
    )


def _stands(row: PaymentLine) -> str:
    """Return the words for a line's status; only its own refunds count, not the whole payment's."""
    state = row.payment.state
    if row.payment.undone_at is not None:
        return f"Undone: {row.payment.undo_reason}"
    if state in payment_states.HELD or state is payment_states.PaymentState.REFUNDED:
        state = payment_states.after_refunds(row.amount_pence, row.refunded_pence)
    return PAYMENT_WORDS[state]
