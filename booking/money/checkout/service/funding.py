"""The status of a booking's fee. Only the pupil's school sees it; only a charge may block."""

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
from booking.people.pupils import queries as pupil_queries


class NothingAsked(ValueError):
    """The event asks the parent for nothing, so there is nothing to remit or to remind about."""


class RemindedAlready(ValueError):
    """One reminder about a contribution has already been sent."""


def ask(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Record the fee as asked when a parent is invited, or invited again."""
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
    # A place given back may have left money here, which counts if the place is given again.
    if not by_school:
        count_money(booking, actor=actor, now=now)


def of(booking: Booking) -> Funding:
    """Return the status of a booking's fee, locked. Raises NothingAsked."""
    funding = locks.funding(booking.id)
    if funding is None:
        raise NothingAsked("This event asks parents for nothing.")
    return funding


def move(
    funding: Funding, to: FundingStatus, *, actor: Actor, now: datetime, school_id: int
) -> None:
    """Change the status, as the one table of moves allows, and record it; no change, no record."""
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
    """Return what was paid for this booking and is kept, which includes gifts but not refunds."""
    db.session.flush()
    return sum(payments.kept_of_line(line) for line in replies.held_lines(booking_id))


def amount_due(booking: Booking) -> int:
    """Return what is still to pay of a charge, in pence."""
    funding = replies.reply(booking).funding
    if funding is None or not charging.blocks_place(booking.event.fee_kind, funding.status):
        return 0
    return max(0, funding.asked_pence - held_pence(booking.id))


def count_money(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Make the status follow the money that we hold."""
    funding = of(booking)
    held = held_pence(booking.id)
    charged = charging.may_block_place(booking.event.fee_kind)
    if held and (not charged or held >= funding.asked_pence):
        to = FundingStatus.RECEIVED
    elif held and funding.status is FundingStatus.REMITTED:
        return  # part was paid, and the school has remitted the rest
    elif held:
        to = FundingStatus.PARTLY
    elif funding.status in {FundingStatus.RECEIVED, FundingStatus.PARTLY}:
        to = FundingStatus.REFUNDED
    else:
        return
    move(funding, to, actor=actor, now=now, school_id=booking.school_id)


def not_this_time(*, actor: Actor, now: datetime, booking: Booking) -> None:
    """Record that there is no contribution this time. Nobody asks why; nothing else changes."""
    booking = place_locks.booking_at_event(booking.id)
    funding = of(booking)
    if booking.event.fee_kind is not FeeKind.VOLUNTARY_CONTRIBUTION:
        raise NothingAsked("This event does not ask for a contribution.")
    if funding.status is FundingStatus.REQUESTED:
        to = FundingStatus.DECLINED_NO_REASON_ASKED
        move(funding, to, actor=actor, now=now, school_id=booking.school_id)


def promise(*, actor: Actor, now: datetime, booking: Booking) -> None:
    """Record that a family says that its money is on the way; it settles nothing."""
    funding = locks.funding(booking.id)
    if funding is not None and funding.status is FundingStatus.REQUESTED:
        to = FundingStatus.PROMISED
        move(funding, to, actor=actor, now=now, school_id=booking.school_id)


def remit(*, actor: Actor, now: datetime, booking: Booking) -> Booking:
    """Remit a charge, privately: the parent is asked for nothing and nobody else is told."""
    booking = place_locks.booking_at_event(booking.id)
    funding = of(booking)
    if not charging.may_block_place(booking.event.fee_kind):
        raise NothingAsked("Nothing has to be paid for this event, so there is nothing to remit.")
    move(funding, FundingStatus.REMITTED, actor=actor, now=now, school_id=booking.school_id)
    funding.remitted_by_id = actor.person_id
    db.session.flush()
    return answers.confirm_if_settled(actor=actor, now=now, booking=booking)


def ask_again(*, actor: Actor, now: datetime, booking: Booking) -> None:
    """Cancel a remission; a confirmed place stays confirmed."""
    booking = place_locks.booking_at_event(booking.id)
    funding = of(booking)
    move(funding, FundingStatus.REQUESTED, actor=actor, now=now, school_id=booking.school_id)
    funding.remitted_by_id = None


def remind(*, actor: Actor, now: datetime, booking: Booking) -> None:
    """Remind parents who have not answered about a contribution, once and never again.

    Raises NothingAsked, RemindedAlready.
    """
    booking = place_locks.booking_at_event(booking.id)
    funding = of(booking)
    if booking.event.fee_kind is not FeeKind.VOLUNTARY_CONTRIBUTION or booking.state not in SEATED:
        raise NothingAsked("There is no contribution to remind anybody about.")
    if funding.reminded_at is not None or funding.status is not FundingStatus.REQUESTED:
        raise RemindedAlready("This family has answered, or has already had a reminder.")
    if pupil_queries.restricted([booking.pupil]):
        raise NothingAsked(f"{booking.pupil.name} is restricted, so nobody writes to the family.")
    funding.reminded_at = now
    mail.remind_of_contribution(booking, now=now)
    audit.record(
        actor=actor,
        action="remind_of_contribution",
        subject=funding,
        school_id=booking.school_id,
        now=now,
    )
