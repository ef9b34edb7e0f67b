"""What the school records: a paper slip, and cash, cheques or bank transfers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from booking.days.events import locks as event_locks
from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.days.places.refusals import PlaceRefused
from booking.days.questions import service as questions
from booking.domain import charging, money
from booking.domain.booking_states import BookingState, MoveNotAllowed
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.money.checkout import locks
from booking.money.checkout.queries import replies
from booking.money.checkout.service import answers, consent, funding, mail, posting
from booking.money.checkout.service.answers import Answers
from booking.money.payments import service as payments
from booking.money.payments.models import Method, Payment


class ReferenceMissing(ValueError):
    """A cheque or transfer has no reference, by which alone it can be found again."""


class MoreThanAsked(ValueError):
    """More money than the charge still asks for."""


class AnswerRecorded(ValueError):
    """The family has answered, or somebody else has recorded its slip."""

    def __init__(self) -> None:
        super().__init__("An answer was recorded since this page was opened, so this one was not.")


#: Why one slip of many may not be recorded; the message stands in its row.
REFUSED_SLIPS = (
    AnswerRecorded,
    MoveNotAllowed,
    PlaceRefused,
    questions.AnswerRefused,
    answers.Incomplete,
    consent.ConsentMissing,
    consent.MovedMeanwhile,
    consent.NotInvited,
    consent.TooLong,
)


@dataclass(frozen=True)
class PaperReply:
    """A slip as the parent filled it in: no, or yes with all the answers."""

    given_by: str
    answers: Answers | None = None
    #: The digest of the facts on the page that was filled in: see `consent.give_consent`.
    read: str = ""


def record_paper_reply(
    *, actor: Actor, now: datetime, booking: Booking, reply: PaperReply
) -> Booking:
    """Record a slip on the parent's behalf, and who typed it in."""
    if reply.answers is None:
        return consent.decline(
            actor=actor, now=now, booking=booking, given_by=reply.given_by, channel="paper"
        )
    return answers.answer(
        actor=actor,
        now=now,
        booking=booking,
        answers=reply.answers,
        channel="paper",
        read=reply.read,
    )


def record_paper_replies(
    *, actor: Actor, now: datetime, event_id: int, slips: Mapping[int, PaperReply]
) -> dict[int, Exception]:
    """Record several slips of one event, by booking; return why some could not be recorded.

    What is refused leaves nothing behind, and the others stand. A family that has answered
    meanwhile is left alone: two people may have the same heap of slips.
    """
    event_locks.event(event_id)
    refused: dict[int, Exception] = {}
    for booking_id, slip in sorted(slips.items()):
        booking = db.session.get_one(Booking, booking_id)
        try:
            with db.session.begin_nested():
                _refuse_answered(booking)
                record_paper_reply(actor=actor, now=now, booking=booking, reply=slip)
        except REFUSED_SLIPS as refusal:
            refused[booking_id] = refusal
    return refused


def _refuse_answered(booking: Booking) -> None:
    """Raise AnswerRecorded unless the family's answer is still waited for."""
    waits = consent.answerable(booking).state is BookingState.INVITED
    needs = replies.reply(booking).needs
    if not waits or (needs is not None and needs.sent_at is not None):
        raise AnswerRecorded


def receive_money(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    method: Method,
    amount_pence: int,
    reference: str = "",
) -> Payment:
    """Record money paid to the school; it settles a charge just as a card payment does.

    Raises ReferenceMissing, MoreThanAsked, funding.NothingAsked, payments.AmountTooLarge.
    """
    booking = place_locks.booking_at_event(booking.id)
    funding.of(booking)
    if not charging.asks_parent(booking.event.fee_kind):
        raise funding.NothingAsked("Parents are not asked for anything here.")
    if method is not Method.CASH and not reference.strip():
        raise ReferenceMissing("Enter the cheque number or the transfer reference.")
    _check_amount(booking, amount_pence)
    payment = payments.receive(
        actor=actor,
        now=now,
        item=payments.PaymentItem(booking.id, booking.event_id, amount_pence),
        school_id=booking.school_id,
        method=method,
        reference=reference.strip(),
    )
    held = locks.HeldLine(booking.event, booking, payment.lines[0])
    posting.payment(held, now=now, actor=actor)
    funding.count_money(booking, actor=actor, now=now)
    answers.confirm_if_settled(actor=actor, now=now, booking=booking)
    mail.receipt(held, now=now)
    return payment


def _check_amount(booking: Booking, amount_pence: int) -> None:
    if amount_pence <= 0:
        raise MoreThanAsked("Enter an amount above zero.")
    if not charging.may_block_place(booking.event.fee_kind):
        return
    left = booking.event.fee_pence - funding.held_pence(booking.id)
    if amount_pence > left:
        raise MoreThanAsked(f"Only {money.pounds(max(left, 0))} is still to pay. Check the amount.")
