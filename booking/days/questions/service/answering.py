"""What parents, pupils and schools answer; the trail says that they did, and never what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.days.questions import announcements, queries, refusals
from booking.days.questions.models import EventQuestion, QuestionAnswer
from booking.domain import asking, names
from booking.domain.asking import NOTHING, AskedOf, Told
from booking.domain.booking_states import SEATED, BookingState
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.schools.models import School

#: The answers of one page: by question.
AllTold = Mapping[int, Told]


def tell(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    told: AllTold,
    parent_id: int | None = None,
) -> bool:
    """Save what is answered about a booking that the caller has locked; return if it changed.

    A parent is not shown what somebody else answered, so an empty answer leaves that as it is. What
    must be answered cannot be emptied. Raises AnswerRefused, QuestionUnanswered.
    """
    assert booking.state in SEATED, "only who has a place is asked"
    known = queries.about_booking(booking.id)
    changed = []
    for question in queries.of_event(booking.event_id, *queries.OF_PUPILS):
        if question.id not in told:
            continue
        answer = known.get(question.id)
        wanted = _checked(question, told[question.id])
        if wanted.is_empty and answer is not None and not _is_to_be_emptied(answer, parent_id):
            continue
        if wanted.is_empty and answer is not None and question.required:
            raise refusals.QuestionUnanswered([question.label])
        if _keep(question, answer, wanted, actor, now, booking=booking, parent_id=parent_id):
            changed.append(question.id)
    if changed:
        _record(actor, booking, booking.school_id, now, changed, event_id=booking.event_id)
        if booking.state is BookingState.CONFIRMED:
            announcements.answered(booking, actor=actor, now=now)
    return bool(changed)


def refuse_unanswered(booking: Booking, told: AllTold) -> None:
    """Raise QuestionUnanswered unless what a family must answer is answered, by it or before."""
    known = queries.about_booking(booking.id)
    missing = [
        question.label
        for question in queries.of_event(booking.event_id, *queries.OF_PUPILS)
        if question.required
        and question.id not in known
        and told.get(question.id, NOTHING).is_empty
    ]
    if missing:
        raise refusals.QuestionUnanswered(missing)


def answer_as_school(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    school: School,
    own: AllTold,
    pupils: Mapping[int, AllTold],
) -> int:
    """Save what a school answers for itself, and for its pupils by booking; return how many change.

    Raises AnswerRefused, QuestionUnanswered, NothingMoreToAsk.
    """
    event = event_locks.event(event.id)
    if not event_states.is_live(event, now):
        raise refusals.NothingMoreToAsk(event.title)
    changed = _answer_own(actor, now, event, school, own)
    for booking in place_locks.bookings(pupils):
        if booking.school_id == school.id and booking.state in SEATED:
            told = pupils[booking.id]
            changed += tell(actor=actor, now=now, booking=booking, told=told)
    return changed


def _answer_own(actor: Actor, now: datetime, event: Event, school: School, told: AllTold) -> int:
    known = queries.of_school(event.id, school.id)
    changed = []
    for question in queries.of_event(event.id, AskedOf.SCHOOL):
        if question.id not in told:
            continue
        wanted = _checked(question, told[question.id])
        if wanted.is_empty and question.required:
            raise refusals.QuestionUnanswered([question.label])
        # An empty answer is kept too: the school has seen the question, and has nothing to say.
        if _keep(question, known.get(question.id), wanted, actor, now, school_id=school.id):
            changed.append(question.id)
    if changed:
        _record(actor, event, school.id, now, changed)
    return len(changed)


def forget(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Delete what was answered about a booking that has ended."""
    db.session.execute(delete(QuestionAnswer).where(QuestionAnswer.booking_id == booking.id))


def forget_schools(event: Event, *, actor: Actor, now: datetime) -> None:
    """Delete what schools answered for themselves about an event that is cancelled."""
    asked = select(EventQuestion.id).where(EventQuestion.event_id == event.id)
    db.session.execute(
        delete(QuestionAnswer).where(
            QuestionAnswer.question_id.in_(asked), QuestionAnswer.school_id.is_not(None)
        )
    )


def _checked(question: EventQuestion, told: Told) -> Told:
    told = Told(tuple(sorted(told.chosen)), told.number, names.tidy(told.text))
    if words := asking.refusal(question.asking, told):
        raise refusals.AnswerRefused(question.label, words)
    return told


def _is_to_be_emptied(answer: QuestionAnswer, parent_id: int | None) -> bool:
    """Return whether whoever answers now was shown the answer: the school, or its own parent."""
    return parent_id is None or answer.parent_id == parent_id


def _keep(
    question: EventQuestion,
    answer: QuestionAnswer | None,
    told: Told,
    actor: Actor,
    now: datetime,
    *,
    booking: Booking | None = None,
    school_id: int | None = None,
    parent_id: int | None = None,
) -> bool:
    """Keep an answer, or delete it if it was emptied; return whether that is a change."""
    if answer is None:
        if told.is_empty and booking is not None:
            return False
        answer = QuestionAnswer(
            question_id=question.id,
            booking_id=booking.id if booking else None,
            school_id=school_id,
        )
        db.session.add(answer)
    elif answer.told == told:
        return False
    elif told.is_empty and booking is not None:
        db.session.delete(answer)
        return True
    answer.chosen, answer.number, answer.text = list(told.chosen), told.number, told.text or None
    answer.answered_at = now
    answer.parent_id, answer.person_id = parent_id, actor.person_id
    return True


def _record(
    actor: Actor,
    subject: Event | Booking,
    school_id: int,
    now: datetime,
    changed: list[int],
    **facts: Any,
) -> None:
    audit.record(
        actor=actor,
        action="answer_questions" if isinstance(subject, Booking) else "answer_as_school",
        subject=subject,
        school_id=school_id,
        now=now,
        count=len(changed),
        questions=changed,
        **facts,
    )
