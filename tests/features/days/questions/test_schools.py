"""A school answers its host: for itself once, and for its pupils; the host sees who has not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.places import service as place_service
from booking.days.questions import service
from booking.days.questions.models import QuestionAnswer
from booking.domain import asking
from booking.domain.asking import AnswerKind, AskedOf, KeptUntil, Told
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.upkeep import purging
from tests.builders import checkout as families
from tests.builders import places
from tests.builders.events import cancel_event
from tests.builders.questions import ask
from tests.builders.schools import make_person, make_school, sign_in
from tests.builders.stored import count
from tests.page import soup, words

LUNCH = {
    "of": AskedOf.SCHOOL,
    "kind": AnswerKind.NUMBER,
    "label": "Adults for lunch",
    "words": "How many adults stay for lunch?",
    "required": True,
}


def main(response):
    return words(soup(response).find("main"))


def fields_of(client, address):
    """Return the form as the page has it, ready to be sent."""
    page = soup(client.get(address))
    form = page.find("main").find("form")
    hidden = form.select("input[type=hidden]")
    return {each["name"]: each["value"] for each in hidden if each["name"] != "csrf_token"}


def answer_as(school, event, own, pupils=None):
    with transaction():
        service.answer_as_school(
            actor=COMMAND,
            now=clock.now(),
            event=event,
            school=school,
            own=own,
            pupils=pupils or {},
        )


def told(**conditions):
    db.session.rollback()
    found = db.session.scalars(select(QuestionAnswer).filter_by(**conditions))
    return [answer.in_words for answer in found]


def test_a_school_answers_once_for_itself_and_for_each_pupil(
    as_school, as_host, event, family, school
):
    lunch = ask(event, **LUNCH)
    size = ask(event, of=AskedOf.PUPIL, required=True)
    empty = make_school(name="Birchwood School")
    places.make_booking(event=event, school=empty)
    listing = f"/host/events/{event.slug}/questions"
    page = main(as_host.get(listing))
    assert "Not answered: Ashdale Primary School and Birchwood School." in page
    assert "Not answered: 2 pupils." in page
    assert "Answer the host’s questions about Puzzle day" in main(as_school.get("/school/"))
    own = f"/school/events/{event.slug}/"
    assert "The host waits for your school’s answer: Adults for lunch." in main(as_school.get(own))
    address = f"{own}questions"
    sent = {
        **fields_of(as_school, address),
        f"own-q{lunch.public_id}": "3",
        f"b{family.booking.public_id}-q{size.public_id}": "2",
    }

    wrong = as_school.post(address, data={**sent, f"own-q{lunch.public_id}": "99"})
    assert wrong.status_code == 422
    assert "Enter a number from 0 to 20." in main(wrong)
    assert soup(wrong).find(id=f"own-q{lunch.public_id}")["value"] == "99"
    assert count(QuestionAnswer) == 0
    assert as_school.post(address, data=sent).status_code == 303

    assert told(school_id=school.id) == ["3"]
    assert told(booking_id=family.booking.id) == ["L"]
    assert "Answer the host’s questions" not in main(as_school.get("/school/"))
    assert "Adults for lunch 3" in main(as_school.get(own))
    page = main(as_host.get(listing))
    assert "Ashdale Primary School 3" in page
    assert "Not answered: Birchwood School." in page
    assert "Not answered: 1 pupil." in page
    acts = select(AuditEntry).where(AuditEntry.action.startswith("answer_"))
    assert sorted((e.action, e.facts["count"]) for e in db.session.scalars(acts)) == [
        ("answer_as_school", 1),
        ("answer_questions", 1),
    ]
    for entry in db.session.scalars(acts):
        assert "3" not in entry.facts.values(), "never what was answered"


def test_a_school_that_must_answer_cannot_leave_it_out_and_one_that_need_not_has_seen_it(
    as_school, event, family, school
):
    lunch = ask(event, **LUNCH)
    note = ask(event, of=AskedOf.SCHOOL, kind=AnswerKind.TEXT, label="Coach", words="Which coach?")
    address = f"/school/events/{event.slug}/questions"
    sent = fields_of(as_school, address)

    assert as_school.post(address, data=sent).status_code == 422
    done = as_school.post(address, data={**sent, f"own-q{lunch.public_id}": "0"})

    assert done.status_code == 303
    assert told(question_id=lunch.id) == ["0"]
    assert told(question_id=note.id) == [""], "it has nothing to say"
    assert "Answer the host’s questions" not in main(as_school.get("/school/"))
    with pytest.raises(service.QuestionUnanswered, match="Adults for lunch"):
        answer_as(school, event, {lunch.id: Told()})


def test_what_a_family_answered_meanwhile_is_not_written_over(as_school, event, family, school):
    size = ask(event)
    address = f"/school/events/{event.slug}/questions"
    sent = fields_of(as_school, address)
    families.answer(family, asked={size.id: Told(chosen=(0,))})

    stale = as_school.post(
        address, data={**sent, f"b{family.booking.public_id}-q{size.public_id}": "2"}
    )

    assert stale.status_code == 422
    assert told(booking_id=family.booking.id) == ["S"]


def test_nobody_answers_for_another_schools_pupils_or_after_the_event_began(
    as_school, app, event, family, school, time_machine
):
    size = ask(event)
    other = make_school(name="Birchwood School")
    theirs = app.test_client()
    sign_in(theirs, make_person(role=Role.COORDINATOR, school=other))
    address = f"/school/events/{event.slug}/questions"
    page = main(theirs.get(address))
    assert "Okoro" not in page
    answer_as(other, event, {}, {family.booking.id: {size.id: Told(chosen=(1,))}})
    assert count(QuestionAnswer) == 0

    time_machine.move_to(event.first_starts_at)
    sign_in(as_school, make_person(role=Role.COORDINATOR, school=school))
    late = as_school.post(
        address,
        data={
            **fields_of(as_school, address),
            f"b{family.booking.public_id}-q{size.public_id}": "2",
        },
    )
    assert late.status_code == 422
    assert "nothing more is asked" in main(late)
    assert count(QuestionAnswer) == 0


def test_answers_go_with_the_place_with_the_event_and_when_the_host_said(
    event, family, school, time_machine
):
    lunch = ask(event, **LUNCH)
    asked = {kept: ask(event, label=kept.value, kept=kept) for kept in KeptUntil}
    other = families.make_family(event, school=school, forename="Bea", parent_email="b@p.example")
    all_told = {question.id: Told(chosen=(0,)) for question in asked.values()}
    for each in (family, other):
        families.answer(each, asked=all_told)
    answer_as(school, event, {lunch.id: Told(number=1)})
    assert count(QuestionAnswer) == 7

    with transaction():
        place_service.withdraw(actor=COMMAND, now=clock.now(), booking=other.booking)
    assert count(QuestionAnswer) == 4
    left = []
    for kept in KeptUntil:
        past = asking.deleted_at(kept, event.last_ends_at)
        for moment in (past - timedelta(minutes=1), past):
            time_machine.move_to(moment, tick=False)
            purging.purge(clock.now())
            left.append(sorted(told_labels()))
    assert left == [
        ["Adults for lunch", "day_after", "fortnight", "school_year"],
        *[["Adults for lunch", "fortnight", "school_year"]] * 2,
        *[["school_year"]] * 2,
        [],
    ]


def told_labels():
    db.session.rollback()
    return [answer.question.label for answer in db.session.scalars(select(QuestionAnswer))]


def test_what_schools_answered_about_a_cancelled_event_goes(event, family, school):
    lunch = ask(event, **LUNCH)
    answer_as(school, event, {lunch.id: Told(number=1)})

    cancel_event(event)

    assert count(QuestionAnswer) == 0
