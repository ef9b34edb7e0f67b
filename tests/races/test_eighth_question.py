"""Hosts ask the last questions of an event at once: eight in all, each with a place of its own."""

import pytest
from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.days.questions import service as questions
from booking.days.questions.models import EventQuestion, QuestionAnswer
from booking.domain.asking import QUESTIONS_MAX, Told
from booking.domain.permissions import COMMAND, PARENT
from booking.foundation import clock
from booking.foundation.db import db
from booking.money.checkout import service as checkout
from tests.builders import checkout as families
from tests.builders import events
from tests.builders.questions import ask, asking
from tests.races.together import errors, together, writing


@pytest.fixture
def event_id(app, db_session):
    """An event with seven questions."""
    event = events.make_event()
    for number in range(1, QUESTIONS_MAX):
        ask(event, label=f"Question {number}")
    found = event.id
    db_session.rollback()
    return found


def add(event_id, label):
    return writing(
        lambda: (
            questions.add(
                actor=COMMAND,
                now=clock.now(),
                event=db.session.get_one(Event, event_id),
                wanted=asking(label=label),
            ).label
        )
    )


def test_of_two_hosts_who_ask_the_eighth_question_at_once_one_is_refused(app, event_id):
    results = together(app, [add(event_id, "One"), add(event_id, "Another")])

    assert errors(results) == ["EnoughAsked"]
    db.session.rollback()
    found = db.session.scalars(select(EventQuestion).order_by(EventQuestion.position)).all()
    assert [question.position for question in found] == list(range(1, QUESTIONS_MAX + 1))


def test_no_answer_is_left_of_a_question_that_is_withdrawn_meanwhile(app, db_session):
    family = families.make_family(events.make_event())
    question = ask(family.booking.event)
    families.answer(family)
    booking_id, parent_id, question_id = family.booking.id, family.parent.id, question.id
    db_session.rollback()

    def answer():
        return checkout.tell_asked(
            actor=PARENT,
            now=clock.now(),
            booking=db.session.get_one(Booking, booking_id),
            told={question_id: Told(chosen=(0,))},
            parent_id=parent_id,
        )

    def withdraw():
        row = db.session.get_one(EventQuestion, question_id)
        return questions.withdraw(actor=COMMAND, now=clock.now(), question=row)

    results = together(app, [writing(answer), writing(withdraw)])

    assert errors(results) == []
    db.session.rollback()
    assert db.session.scalars(select(QuestionAnswer)).all() == []
