"""Consent asked for again when an event has moved, and what one press answers.

A place is never lost by silence: the parents are reminded once, and their school has a task.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from booking.days.events import locks as event_locks
from booking.days.events import mail as event_mail
from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState
from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.days.places.service import deadlines
from booking.domain.permissions import WORKER, Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.checkout import locks, words
from booking.money.checkout.models import ConsentQuestion
from booking.money.checkout.queries import questions, replies
from booking.money.checkout.service import consent, mail
from booking.money.checkout.service.mail import PlaceNews

#: Parents who have not answered are reminded once, this long before the deadline.
REMIND_BEFORE, REMIND_AFTER = timedelta(hours=48), timedelta(hours=24)
#: How many events one turn of the worker asks about.
EVENTS_PER_SWEEP = 20
#: The fields of an event that consent is for.
FACTS = frozenset({"dates", "venue", "venue_address", "host_school_id"})


def follow_change(
    event: Event,
    *,
    actor: Actor,
    now: datetime,
    changes: Sequence[str] = (),
    urgent: bool = False,
    **_facts: object,
) -> None:
    """Ask again if the event has moved, in the one mail that also says what has changed.

    Where it moved back to what was agreed to, the question is taken back.
    """
    changed = event_mail.material_words(changes, urgent=urgent)
    compare(event, actor=actor, now=now, changed=changed, moved=bool(FACTS & set(changes)))


def compare(
    event: Event, *, actor: Actor, now: datetime, changed: Sequence[str] = (), moved: bool = False
) -> int:
    """Ask again wherever the newest consent is to other facts; the caller holds the event.

    Returns how many bookings were asked about. Answers from before digests were kept are only
    asked about when the event is known to have moved.
    """
    if event.state is not EventState.PUBLISHED or event_states.is_over(event, now):
        return 0
    digest = words.consent_facts(event).digest
    asked = 0
    for found in questions.replied(event.id):
        booking = place_locks.booking(found.id)
        reply = replies.reply(booking)
        if not reply.complete or reply.consent is None:
            continue
        if reply.stands:
            _take_back(booking, actor=actor, now=now)
        elif (reply.consent.facts_digest or moved) and _ask(booking, digest, actor, now):
            mail.ask_again(booking, changed=changed, of=f"{digest[:16]}:{now.isoformat()}", now=now)
            asked += 1
    return asked


def _ask(booking: Booking, digest: str, actor: Actor, now: datetime) -> bool:
    """Keep the question; return whether it is a new one."""
    question = locks.question(booking.id)
    if question is not None and question.facts_digest == digest:
        return False
    event = booking.event
    due_at = deadlines.after(event, booking.school_id, event.reply_days, now)
    if question is None:
        question = ConsentQuestion(booking_id=booking.id)
        db.session.add(question)
    question.facts_digest, question.asked_at, question.reminded_at = digest, now, None
    question.reply_by_at = max(due_at, now)  # a course that is under way began before
    _record(booking, "ask_consent_again", actor, now)
    return True


def _take_back(booking: Booking, *, actor: Actor, now: datetime) -> None:
    if question := locks.question(booking.id):
        db.session.delete(question)
        _record(booking, "consent_stands_again", actor, now)


def forget(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Ask nothing more about a booking that has ended."""
    if question := locks.question(booking.id):
        db.session.delete(question)


def renew(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    given_by: str,
    read: str,
    channel: str = "link",
    parent_id: int | None = None,
) -> Booking:
    """Record that the event as it is now is still fine. Answering again changes nothing.

    Raises NotInvited, MovedMeanwhile, ConsentMissing, TooLong.
    """
    booking = consent.answerable(booking)
    if locks.question(booking.id) is None and replies.reply(booking).stands:
        return booking
    given = consent.give_consent(
        actor=actor,
        now=now,
        booking=booking,
        given_by=given_by,
        channel=channel,
        parent_id=parent_id,
        read=read,
    )
    db.session.flush()
    mail.place_news(booking, PlaceNews.RENEWED, of=str(given.id), now=now)
    return booking


def remind(now: datetime) -> int:
    """Remind parents, once for each question, of a deadline that is near."""
    due = questions.questions_to_remind(
        now, before=now + REMIND_BEFORE, asked_by=now - REMIND_AFTER
    )
    held = place_locks.bookings_at_events(due)
    for booking in held.values():
        question = locks.question(booking.id)
        if question is None or question.reminded_at is not None:
            continue
        question.reminded_at = now
        mail.ask_again(booking, changed=(), of=f"reminder:{question.asked_at.isoformat()}", now=now)
    return len(held)


def ask_where_overlooked(now: datetime) -> int:
    """Ask again where words or facts changed without an event being edited."""
    moved = [
        event.id
        for event in questions.coming_events_with_replies(now)
        if questions.answered_otherwise(event.id, words.consent_facts(event).digest)
    ]
    held = event_locks.events(moved[:EVENTS_PER_SWEEP])
    return sum(compare(event, actor=WORKER, now=now) for event in held)


def _record(booking: Booking, action: str, actor: Actor, now: datetime) -> None:
    audit.record(actor=actor, action=action, subject=booking, school_id=booking.school_id, now=now)
