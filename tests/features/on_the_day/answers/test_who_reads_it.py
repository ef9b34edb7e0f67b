"""Every question of the reply has readers, and every promise about them is a page that shows it.

The table is `booking/domain/readers.py`. Each answer is marked, and looked for on each page that
the table promises, as that reader, on the first and the last day and outside of them.
"""

import dataclasses
from datetime import timedelta

import pytest
from flask import url_for

from booking.domain import readers
from booking.domain.asking import AnswerKind, Told
from booking.domain.needs import Collection, Diet, PhotoPermission
from booking.domain.permissions import Role
from booking.domain.readers import QUESTIONS
from booking.money.checkout import forms as checkout_forms
from booking.money.checkout.models import Needs
from booking.money.checkout.retention import NEEDS_KEPT
from booking.money.checkout.service import Answers
from booking.on_the_day.rosters import windows
from tests.builders import checkout as families
from tests.builders.glass import open_glass
from tests.builders.questions import ask
from tests.builders.schools import as_, make_person
from tests.features.on_the_day.conftest import at
from tests.page import soup, words

#: What is planted for each question, and the words by which a page shows it.
PLANTED = {
    "given_by": ("Zqsigned Okoro", "Zqsigned"),
    "health": ("Zqhealth pen", "Zqhealth"),
    "access": ("Zqaccess route", "Zqaccess"),
    "diets": ([Diet.KOSHER], "Kosher"),
    "photo": (PhotoPermission.PUBLIC, "Photos may be published"),
    "collection": (Collection.NAMED_ADULT, "Collected by a named adult"),
    "collected_by": ("Zqcollects Ade", "Zqcollects"),
    "emergency_name": ("Zqemergency Ode", "Zqemergency"),
    "emergency_phone": ("+447700900741", "07700 900741"),
    # To a question of the host's, asked below; whose answer is by that question.
    "asked": ("Zqasked viola", "Zqasked"),
}
#: Fields that are no question about the child: see each.
NO_QUESTIONS = {
    "agreed": "whether the place is taken: the booking's own state",
    "forget_health": "takes out what was told",
    "read": "what the page said when it was opened",
    "after_others": "whether the page said that somebody else had replied",
    "csrf_token": "",
    "form_key": "",
}
#: Columns of the answers that are about the answering: see each.
NO_ANSWERS = {
    "booking_id": "which place it is about",
    "diet_note": "written by the school, on the page where it is read",
    **dict.fromkeys(("answered_at", "sent_at", "purged_at"), "when"),
    **dict.fromkeys(("told_by_id", "day_by_id"), "by whom"),
}
PROMISES = [
    (question, reader, answer)
    for question in QUESTIONS
    for reader in question.readers
    for answer in question.answers
]


def asked():
    return [answer for question in QUESTIONS for answer in question.answers]


def test_every_question_of_the_reply_has_a_row():
    assert sorted(asked()) == sorted(field.name for field in dataclasses.fields(Answers))
    assert sorted(asked()) == sorted(PLANTED)


def test_every_field_of_the_forms_has_a_row(app):
    with app.test_request_context():
        fields = {
            field.name
            for form in (
                checkout_forms.PaperForm,
                checkout_forms.ReplyForm,
                checkout_forms.NeedsForm,
                checkout_forms.DayForm,
            )
            for field in form(formdata=None)
        }

    assert fields - set(NO_QUESTIONS) == set(asked())


def test_every_column_that_is_kept_has_a_row():
    columns = {column.name for column in Needs.__table__.columns} - {"seal"}

    # What the host asks besides has a table of its own, and goes when the question says.
    assert columns - set(NO_ANSWERS) == set(asked()) - {"given_by", "asked"}


def test_no_question_is_without_readers():
    assert [question.name for question in QUESTIONS if not question.readers] == []


def test_the_days_are_those_of_the_roster():
    assert timedelta(days=readers.HEALTH_DAYS_BEFORE) == windows.HEALTH_FROM
    assert timedelta(days=readers.NEEDS_DAYS_BEFORE) == windows.NEEDS_FROM
    assert timedelta(days=readers.DAYS_AFTER) == windows.NEEDS_UNTIL
    assert timedelta(days=readers.REGISTER_DAYS_AFTER) == windows.REGISTER_UNTIL
    assert timedelta(days=readers.KEPT_DAYS) == NEEDS_KEPT


@pytest.fixture
def told(family, coordinator, time_machine):
    time_machine.move_to(at(-40), tick=False)
    question = ask(
        family.booking.event,
        kind=AnswerKind.TEXT,
        label="Instrument",
        words="Which instrument?",
        for_staff=True,
    )
    planted = {name: planted for name, (planted, _) in PLANTED.items()}
    planted["asked"] = {question.id: Told(text=planted["asked"])}
    families.answer(family, **planted)
    return family


@pytest.fixture
def people(told, event, host, coordinator):
    """Everybody whom the table calls a reader."""
    teacher = make_person(role=Role.HOST, school=host)
    helper = make_person(role=Role.DAY_STAFF, event_id=event.id)
    return {
        "school": [coordinator],
        "adults": [coordinator],  # who prints their list
        "host": [teacher, helper],
        "teachers": [teacher],
        "helpers": [helper],
        "overseers": [make_person(role=Role.LEAD), make_person(role=Role.AUDITOR)],
        "emergency": [helper],
    }


def shown(app, person, reader, family):
    """Return the words of the page that a reader is promised."""
    with app.test_request_context():
        on_event = reader.page in {"answers.coach_list", "rosters.page"}
        parts = {"slug": family.booking.event.slug} if on_event else {}
        address = url_for(reader.page, **(parts or {"public_id": family.booking.public_id}))
    client = as_(app, person)
    if reader.key == "overseers":
        open_glass(family.booking.event, person)
    if reader.key == "emergency":
        client.post(address, data={"reason": "Hurt, and nobody answers"})
    return words(soup(client.get(address)).find("main"))


def days_open(reader):
    """Return days on which a reader reads it, and days on which nobody does there."""
    window = reader.window
    if window.days_before is None:
        return [-30, 0], []
    before, after = -window.days_before, window.days_after
    return [before, after], [before - 1, after + 1]


@pytest.mark.parametrize(
    ("question", "reader", "answer"),
    PROMISES,
    ids=[f"{answer}-{reader.key}" for _, reader, answer in PROMISES],
)
def test_each_reader_finds_the_answer_on_the_promised_page(
    app, told, people, time_machine, question, reader, answer
):
    _, mark = PLANTED[answer]
    is_open, is_shut = days_open(reader)

    for person in people[reader.key]:
        for day in is_open:
            time_machine.move_to(at(day, 12), tick=False)
            assert mark in shown(app, person, reader, told), (question.name, reader.who, day)
        for day in is_shut:
            time_machine.move_to(at(day, 12), tick=False)
            assert mark not in shown(app, person, reader, told), (question.name, day)


def test_nobody_finds_more_on_a_page_than_the_table_says(app, told, people, time_machine):
    time_machine.move_to(at(0, 12), tick=False)
    promised = {}
    for _, reader, answer in PROMISES:
        for person in people[reader.key]:
            seen = promised.setdefault((person.id, reader.page), (person, reader, set()))
            seen[2].add(answer)

    for person, reader, answers in promised.values():
        text = shown(app, person, reader, told)
        found = {answer for answer, (_, mark) in PLANTED.items() if mark in text}
        assert found == answers, reader


def test_the_privacy_page_says_what_the_table_says(app, client):
    main = soup(client.get("/privacy")).find("main")
    drawn = {words(row.find("dt")): words(row.find("dd")) for row in main.select(".summary-row")}

    assert drawn == {question.name: readers.words(question) for question in QUESTIONS}
    assert "three days before" not in words(main), "said once, by the table"


def test_the_page_where_it_is_told_says_the_days_of_the_table(told, client):
    text = words(soup(client.get(f"{told.url}/needs")).find("main"))

    until = f"until {readers.DAYS_AFTER} day after"
    assert f"from {readers.HEALTH_DAYS_BEFORE} days before {until}" in text
    assert f"from {readers.NEEDS_DAYS_BEFORE} days before, the host" in text
    assert f"deleted {readers.KEPT_DAYS} days after the event" in text
