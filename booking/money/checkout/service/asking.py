"""A family that needs a person: a question to the school, or a link about somebody else's child.

Both reach the pupil's own coordinators, as a task and by mail. A question's mail is answered
straight to the parent who asked. A link that reached a stranger ends at once, so that nobody else
answers for the child.
"""

from datetime import datetime, timedelta

from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.days.places.service import invitations
from booking.days.places.service import mail as place_mail
from booking.domain import names
from booking.domain.permissions import Actor
from booking.foundation import contacts
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.checkout import locks
from booking.money.checkout.models import FamilyMatter, FamilyQuestion
from booking.money.checkout.queries import family as checkout_family
from booking.money.checkout.service.consent import short
from booking.people.pupils.models import Parent
from booking.people.schools import queries as school_queries

QUESTION_MAX = 500
#: How much one parent may ask by private link in a day, whatever has been answered.
ASKED_MAX, ASKED_WITHIN = 5, timedelta(days=1)


class QuestionMissing(ValueError):
    """Nothing was asked."""

    def __init__(self) -> None:
        super().__init__("Write what you would like to ask.")


class AskedTooOften(ValueError):
    """A person should talk to this parent instead."""

    def __init__(self, school_name: str) -> None:
        super().__init__(
            f"You have asked {ASKED_MAX} times since yesterday. Please ring {school_name} instead."
        )


def ask_school(
    *, actor: Actor, now: datetime, booking: Booking, parent_id: int, text: str
) -> FamilyQuestion:
    """Send a parent's question to the pupil's coordinators; the same one twice is once.

    Raises QuestionMissing, TooLong, AskedTooOften.
    """
    booking = place_locks.booking_at_event(booking.id)
    text = short(names.tidy(text), QUESTION_MAX, "The question")
    if not text:
        raise QuestionMissing
    for known in _recent(booking, parent_id, now):
        if known.text == text and known.settled_at is None:
            return known
    return _ask(FamilyMatter.QUESTION, booking, parent_id, text, actor=actor, now=now)


def say_not_mine(
    *, actor: Actor, now: datetime, booking: Booking, parent_id: int
) -> FamilyQuestion:
    """Tell the school that a link reached somebody else, and end that person's links to the pupil.

    Raises AskedTooOften.
    """
    booking = place_locks.booking_at_event(booking.id)
    invitations.end_links_of(booking, parent_id, now=now)
    for known in _recent(booking, parent_id, now):
        if known.matter is FamilyMatter.NOT_MINE and known.settled_at is None:
            return known
    return _ask(FamilyMatter.NOT_MINE, booking, parent_id, "", actor=actor, now=now)


def settle_question(*, actor: Actor, now: datetime, question: FamilyQuestion) -> FamilyQuestion:
    """Record that the school has dealt with it. Doing it again changes nothing."""
    found = locks.family_question(question.id)
    if found.settled_at is None:
        found.settled_at, found.settled_by_id = now, actor.person_id
        _record("settle_family_question", found, actor=actor, now=now)
    return found


def _recent(booking: Booking, parent_id: int, now: datetime) -> list[FamilyQuestion]:
    asked = checkout_family.asked_by(parent_id, since=now - ASKED_WITHIN)
    return [one for one in asked if one.booking_id == booking.id]


def _ask(
    matter: FamilyMatter,
    booking: Booking,
    parent_id: int,
    text: str,
    *,
    actor: Actor,
    now: datetime,
) -> FamilyQuestion:
    asked = checkout_family.asked_by(parent_id, since=now - ASKED_WITHIN)
    if matter is FamilyMatter.QUESTION and len(asked) >= ASKED_MAX:
        raise AskedTooOften(booking.school.name)
    question = FamilyQuestion(
        booking_id=booking.id, parent_id=parent_id, matter=matter, text=text or None, asked_at=now
    )
    db.session.add(question)
    db.session.flush()
    _record("ask_school", question, actor=actor, now=now)
    _tell(question, booking, now=now)
    return question


def _record(action: str, question: FamilyQuestion, *, actor: Actor, now: datetime) -> None:
    # What it is about, but never what was written.
    audit.record(
        actor=actor,
        action=action,
        subject=question,
        school_id=question.booking.school_id,
        now=now,
        booking=question.booking_id,
        matter=question.matter.value,
    )


def _tell(question: FamilyQuestion, booking: Booking, *, now: datetime) -> None:
    """Write to the school's coordinators; an answer to a question goes to whoever asked."""
    parent = db.session.get_one(Parent, question.parent_id)
    asks = question.matter is FamilyMatter.QUESTION
    for person in school_queries.coordinators(booking.school_id):
        notifications.queue(
            key=f"family_question:{question.id}:person:{person.id}",
            to=person.email,
            template="family_question",
            now=now,
            keep_until=booking.event.last_ends_at,
            reply_to=contacts.mailbox(parent.name, parent.email) if asks else "",
            name=person.name,
            pupil=place_mail.short_name(booking),
            event=booking.event,
            not_mine=not asks,
            parent_name=parent.name,
            text=question.text or "",
            action_url=absolute_url(addresses.FAMILY_QUESTION(public_id=question.public_id)),
            action_label="Open in Fairplace",
        )
