"""How the fee of a booking stands. Only the pupil's own school sees it; only a charge may block."""

from datetime import datetime

from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.domain import charging, payment_states
from booking.domain.booking_states import SEATED
from booking.domain.charging import FeeKind
from booking.domain.payment_states import FundingStatus
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.checkout import locks
from booking.money.checkout.models import Funding
from booking.money.checkout.queries import replies
from booking.money.checkout.service import answers, mail
from booking.money.payments import service as payments


class NothingAsked(ValueError):
    """The event asks the parent for nothing, so there is nothing to remit or remind of."""


class RemindedAlready(ValueError):
    """A contribution is mentioned once more at most."""


def ask(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Let the fee stand as asked when a parent is invited, or invited again."""
    event = booking.event
    if event.fee_kind is FeeKind.FREE:
        return
    by_school = event.fee_kind is FeeKind.PAID_BY_SCHOOL
    status = FundingStatus.SCHOOL_PAID if by_school else FundingStatus.REQUESTED
    funding = locks.funding(booking.id)
    if funding is None:
        funding = Funding(booking_id=booking.id, status=status)
        db.session.add(funding)
    funding.status, funding.asked_pence = status, event.fee_pence
    funding.remitted_by_id = funding.reminded_at = None
    funding.changed_at = now
    # A place that was given back may have left money here: it counts for the place given again.
    if not by_school:
        count_money(booking, actor=actor, now=now)


def of(booking: Booking) -> Funding:
    """Return how the fee of a booking stands, locked. Raises NothingAsked."""
    funding = locks.funding(booking.id)
    if funding is None:
        raise NothingAsked("This event asks parents for nothing.")
    return funding


def move(
    funding: Funding, to: FundingStatus, *, actor: Actor, now: datetime, school_id: int
) -> None:
    """Move the standing by the one table, and record it; staying put is nothing."""
    if funding.status is to:
        return
    before, funding.status = funding.status, payment_states.move_funding(funding.status, to)
    funding.changed_at = now
    audit.record(
        actor=actor,
        action="change_funding",
        subject=funding,
        school_id=school_id,
        now=now,
        before=before.value,
        after=to.value,
    )


def held_pence(booking_id: int) -> int:
    """Return what was paid for this booking and stays ours: a gift does, what goes back not."""
    db.session.flush()
    return sum(payments.kept_of_line(line) for line in replies.held_lines(booking_id))


def amount_due(booking: Booking) -> int:
    """Return what a charge still asks for, in pence."""
    funding = replies.reply(booking).funding
    if funding is None or not charging.blocks_place(booking.event.fee_kind, funding.status):
        return 0
    return max(0, funding.asked_pence - held_pence(booking.id))


def count_money(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Let the standing follow the money that is with us."""
    funding = of(booking)
    held = held_pence(booking.id)
    charged = charging.may_block_place(booking.event.fee_kind)
    if held and (not charged or held >= funding.asked_pence):
        to = FundingStatus.RECEIVED
    elif held and funding.status is FundingStatus.REMITTED:
        return  # a part was paid, and the school has let the rest go
    elif held:
        to = FundingStatus.PARTLY
    elif funding.status in {FundingStatus.RECEIVED, FundingStatus.PARTLY}:
        to = FundingStatus.REFUNDED
    else:
        return
    move(funding, to, actor=actor, now=now, school_id=booking.school_id)


def not_this_time(*, actor: Actor, now: datetime, booking: Booking) -> None:
    """Record that no contribution is given this time. Nobody asks why; nothing else changes."""
    booking = place_locks.booking_at_event(booking.id)
    funding = of(booking)
    if booking.event.fee_kind is not FeeKind.VOLUNTARY_CONTRIBUTION:
        raise NothingAsked("This event does not ask for a contribution.")
    if funding.status is FundingStatus.REQUESTED:
        to = FundingStatus.DECLINED_NO_REASON_ASKED
        move(funding, to, actor=actor, now=now, school_id=booking.school_id)


def remit(*, actor: Actor, now: datetime, booking: Booking) -> Booking:
    """Let a charge go, silently: the parent is asked for nothing and nobody else is told."""
    booking = place_locks.booking_at_event(booking.id)
    funding = of(booking)
    if not charging.may_block_place(booking.event.fee_kind):
        raise NothingAsked("Nothing has to be paid for this event, so there is nothing to remit.")
    move(funding, FundingStatus.REMITTED, actor=actor, now=now, school_id=booking.school_id)
    funding.remitted_by_id = actor.person_id
    db.session.flush()
    return answers.confirm_if_settled(actor=actor, now=now, booking=booking)


def ask_again(*, actor: Actor, now: datetime, booking: Booking) -> None:
    """Take back a remission; a place that was confirmed stays so."""
    booking = place_locks.booking_at_event(booking.id)
    funding = of(booking)
    move(funding, FundingStatus.REQUESTED, actor=actor, now=now, school_id=booking.school_id)
    funding.remitted_by_id = None


def remind(*, actor: Actor, now: datetime, booking: Booking) -> None:
    """Mention a contribution once more, to parents who have not answered; never a second time."""
    booking = place_locks.booking_at_event(booking.id)
    funding = of(booking)
    if booking.event.fee_kind is not FeeKind.VOLUNTARY_CONTRIBUTION or booking.state not in SEATED:
        raise NothingAsked("There is no contribution to mention here.")
    if funding.reminded_at is not None or funding.status is not FundingStatus.REQUESTED:
        raise RemindedAlready("This family has answered, or has been written to once already.")
    funding.reminded_at = now
    mail.remind_of_contribution(booking, now=now)
    audit.record(
        actor=actor,
        action="remind_of_contribution",
        subject=funding,
        school_id=booking.school_id,
        now=now,
    )
