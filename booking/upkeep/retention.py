"""What is no longer needed goes: one table of rules, run nightly and by `flask retention purge`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.days.seasons.models import PlannedPupil, PlanState, Proposal, SeasonPlan
from booking.domain import terms
from booking.domain.permissions import WORKER
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message, MessageState
from booking.foundation.web.models import ThrottleCount, WebSession
from booking.money.bank.models import BankLine
from booking.money.bids import queries as bid_queries
from booking.money.bids.models import BidReceipt
from booking.money.checkout.models import Needs
from booking.money.payments.demo_processor.models import DemoSession
from booking.money.payments.models import WebhookEvent
from booking.network.meetings.models import Meeting, MeetingAnswer
from booking.on_the_day.calendars.models import Feed
from booking.people.pupils.models import ParentLink, PupilParent
from booking.people.schools.models import Invitation, PasswordReset, RoleGrant

NEEDS_KEPT = timedelta(days=14)
LINKS_KEPT = timedelta(days=30)
WISHES_KEPT = timedelta(days=30)
MAIL_KEPT = timedelta(days=90)
FEEDS_KEPT = timedelta(days=30)
ANSWERS_KEPT = timedelta(days=400)
PROCESSOR_MESSAGES_KEPT = timedelta(days=400)
#: Records of money are kept for six years (Charities Act 2011 s131), counted by school years.
RECEIPT_YEARS = 6
UNPAID_RECEIPTS_KEPT = timedelta(days=90)
#: What stands in place of a bank's words.
WORDS_REMOVED = "(words removed)"
#: The purge runs nightly, so a row may stand this long past its time before the doctor minds.
GRACE = timedelta(days=2)


@dataclass(frozen=True)
class Rule:
    """One kind of data: what it is, why it goes, what finds it, and what is done with it."""

    name: str
    reason: str
    #: Returns how many rows are past their time at the given instant; reads only.
    overdue: Callable[[datetime], int]
    #: Removes them within the caller's transaction.
    purge: Callable[[datetime], None]


def _ended_before(moment: datetime) -> Any:
    return (
        select(Booking.id)
        .join(Event, Event.id == Booking.event_id)
        .where(Event.last_ends_at <= moment)
    )


def _parents_with_events_after(moment: datetime) -> Any:
    """Select the parents of pupils at an event that had not ended by then."""
    return (
        select(PupilParent.parent_id)
        .join(Booking, Booking.pupil_id == PupilParent.pupil_id)
        .join(Event, Event.id == Booking.event_id)
        .where(Event.last_ends_at > moment)
    )


def _needs(now: datetime) -> Any:
    return (
        Needs.purged_at.is_(None),
        Needs.booking_id.in_(_ended_before(now - NEEDS_KEPT)),
    )


def _purge_needs(now: datetime) -> None:
    db.session.execute(
        update(Needs)
        .where(*_needs(now))
        .values(
            health=None,
            access=None,
            diets=[],
            collected_by=None,
            emergency_name=None,
            emergency_phone=None,
            purged_at=now,
        )
        .execution_options(synchronize_session=False)
    )


def _rows(name: str, reason: str, model: Any, past: Callable[[datetime], Any]) -> Rule:
    """Return a rule that deletes the rows of `model` for which `past(now)` is true."""

    def overdue(now: datetime) -> int:
        return db.session.scalar(select(func.count()).select_from(model).where(past(now))) or 0

    def purge(now: datetime) -> None:
        db.session.execute(
            delete(model).where(past(now)).execution_options(synchronize_session=False)
        )

    return Rule(name, reason, overdue, purge)


def _six_years_ago(now: datetime) -> date:
    """Return the first day of the oldest school year whose receipts are kept."""
    first_on, _ = terms.school_year_bounds(terms.school_year(terms.london(now).date()))
    return first_on.replace(year=first_on.year - RECEIPT_YEARS)


def _bank_words(now: datetime) -> Any:
    """Return the conditions on bank lines whose words are old."""
    return (BankLine.moved_on < _six_years_ago(now), BankLine.description != WORDS_REMOVED)


def _overdue_bank_words(now: datetime) -> int:
    return db.session.scalar(select(func.count()).where(*_bank_words(now))) or 0


def _purge_bank_words(now: datetime) -> None:
    """Take out what the bank wrote, which may name a person; day and amount stay."""
    db.session.execute(
        update(BankLine)
        .where(*_bank_words(now))
        .values(description=WORDS_REMOVED)
        .execution_options(synchronize_session=False)
    )


def _overdue_needs(now: datetime) -> int:
    return db.session.scalar(select(func.count()).select_from(Needs).where(*_needs(now))) or 0


def _plans_over(now: datetime) -> Any:
    withdrawn = SeasonPlan.state == PlanState.WITHDRAWN
    return select(SeasonPlan.id).where(
        (SeasonPlan.last_on <= (now - WISHES_KEPT).date())
        | (withdrawn & (SeasonPlan.ended_at <= now - WISHES_KEPT))
    )


RULES = (
    Rule(
        "needs of the day",
        "health, diet and emergency details: 14 days after the event",
        _overdue_needs,
        _purge_needs,
    ),
    _rows(
        "parents' links",
        "30 days after they expired",
        ParentLink,
        lambda now: ParentLink.expires_at <= now - LINKS_KEPT,
    ),
    _rows(
        "invitations to roles",
        "30 days after they expired",
        Invitation,
        lambda now: Invitation.expires_at <= now - LINKS_KEPT,
    ),
    _rows(
        "day staff's roles",
        "30 days after the event",
        RoleGrant,
        lambda now: RoleGrant.event_id.in_(
            select(Event.id).where(Event.last_ends_at <= now - LINKS_KEPT)
        ),
    ),
    _rows(
        "wishes of pupils",
        "30 days after the season plan's last day, or after it was withdrawn",
        PlannedPupil,
        lambda now: PlannedPupil.plan_id.in_(_plans_over(now)),
    ),
    _rows(
        "proposals of season plans",
        "with the wishes that they were worked out from",
        Proposal,
        lambda now: Proposal.plan_id.in_(_plans_over(now)),
    ),
    _rows(
        "password links",
        "as soon as they have expired",
        PasswordReset,
        lambda now: PasswordReset.expires_at <= now,
    ),
    _rows(
        "sent mail",
        "the line in the outbox, 90 days after it was sent or given up",
        Message,
        lambda now: (
            ((Message.state == MessageState.SENT) & (Message.sent_at <= now - MAIL_KEPT))
            | ((Message.state == MessageState.FAILED) & (Message.queued_at <= now - MAIL_KEPT))
        ),
    ),
    _rows(
        "revoked feeds",
        "30 days after they were revoked",
        Feed,
        lambda now: Feed.revoked_at <= now - FEEDS_KEPT,
    ),
    _rows(
        "parents' feeds",
        "30 days after the last event of the family's",
        Feed,
        lambda now: (
            Feed.parent_id.is_not(None)
            & (Feed.created_at <= now - FEEDS_KEPT)
            & Feed.parent_id.not_in(_parents_with_events_after(now - FEEDS_KEPT))
        ),
    ),
    _rows(
        "answers to meetings",
        "400 days after the meeting, which stays with its minutes",
        MeetingAnswer,
        lambda now: MeetingAnswer.meeting_id.in_(
            select(Meeting.id).where(Meeting.ends_at <= now - ANSWERS_KEPT)
        ),
    ),
    _rows(
        "receipts of bids",
        "six years after the school year of the payment; 90 days after a bid that was not paid",
        BidReceipt,
        lambda now: bid_queries.old_receipts(_six_years_ago(now), now - UNPAID_RECEIPTS_KEPT),
    ),
    Rule(
        "words of bank statements",
        "six years after the school year; day and amount stay",
        _overdue_bank_words,
        _purge_bank_words,
    ),
    _rows("sessions", "when they end", WebSession, lambda now: WebSession.expires_at <= now),
    _rows(
        "throttle counts",
        "when their window has passed",
        ThrottleCount,
        lambda now: ThrottleCount.expires_at <= now,
    ),
    _rows(
        "card processor's messages",
        "400 days after they came",
        WebhookEvent,
        lambda now: WebhookEvent.received_at <= now - PROCESSOR_MESSAGES_KEPT,
    ),
    _rows(
        "pretend payment pages",
        "400 days after they were opened",
        DemoSession,
        lambda now: DemoSession.created_at <= now - PROCESSOR_MESSAGES_KEPT,
    ),
)


def purge(now: datetime | None = None) -> dict[str, int]:
    """Apply every rule, each in a transaction of its own; return how many rows each found."""
    moment = now or clock.now()
    found: dict[str, int] = {}
    for rule in RULES:
        with transaction():
            count = rule.overdue(moment)
            found[rule.name] = count
            if count:
                rule.purge(moment)
                _record(rule, count)
    return found


def _record(rule: Rule, count: int) -> None:
    audit.note(actor=WORKER, action="purge", about=rule.name, rows=count)


def overdue(now: datetime) -> dict[str, int]:
    """Return how many rows are past their time, by rule: 0 everywhere after a purge."""
    return {rule.name: rule.overdue(now) for rule in RULES}
