"""A host asks, is warned, words anew and withdraws; every refusal is said, and nothing is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events import service as events
from booking.days.questions import queries, service
from booking.days.questions.models import EventQuestion, QuestionAnswer
from booking.domain.asking import AnswerKind, AskedOf, KeptUntil, Told
from booking.domain.not_to_ask import WORDS, Sensitive
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.pupils.models import Parent
from tests.builders import checkout as families
from tests.builders.events import cancel_event, make_event
from tests.builders.questions import ask, asking
from tests.builders.schools import make_person, make_school, sign_in
from tests.builders.stored import count
from tests.page import soup, words

TYPED = {
    "words": "Which T-shirt size fits?",
    "label": "T-shirt size",
    "of": "parent",
    "kind": "choice",
    "options": "S\nM\nL",
    "low": "",
    "high": "",
    "help": "",
    "kept": "fortnight",
}


def add(event, cleared=(), **changes):
    with transaction():
        return service.add(
            actor=COMMAND,
            now=clock.now(),
            event=event,
            wanted=asking(**changes),
            cleared=cleared,
        )


def reword(question, **changes):
    with transaction():
        service.reword(
            actor=COMMAND,
            now=clock.now(),
            question=db.session.get_one(EventQuestion, question.id),
            wanted=asking(**changes),
        )


def withdraw(question):
    with transaction():
        row = db.session.get_one(EventQuestion, question.id)
        return service.withdraw(actor=COMMAND, now=clock.now(), question=row)


def answer(family, question, **told):
    families.answer(family, asked={question.id: Told(**told)})


def labels(event):
    db.session.rollback()
    return [question.label for question in queries.of_event(event.id)]


def main(response):
    return words(soup(response).find("main"))


def test_a_question_is_asked_changed_and_listed_with_its_totals(as_host, event, family):
    address = f"/host/events/{event.slug}/questions"
    assert "Nothing is asked yet" in main(as_host.get(address))

    sent = as_host.post(f"{address}/new", data={**TYPED, "required": "y", "for_staff": "y"})
    assert (sent.status_code, sent.location) == (303, address)
    (question,) = queries.of_event(event.id)
    assert question.asking == asking(required=True, for_staff=True)
    edit = f"/host/questions/{question.public_id}/"
    page = soup(as_host.get(edit))
    assert page.find(id="options").text.split() == ["S", "M", "L"]
    sent = as_host.post(edit, data={**TYPED, "words": "Which size?"})
    assert sent.status_code == 303
    answer(family, question, chosen=(1,))

    listed = main(as_host.get(address))

    assert "Which size?" in listed
    assert "S 0 M 1 L 0 Answers 1" in listed
    assert "Not answered" not in listed
    assert "Okoro" not in listed
    assert as_host.get(edit).status_code == 303, "its words stay now"
    link = soup(as_host.get(f"/host/events/{event.slug}/")).find("a", string="Questions")
    assert link["href"] == address


def test_a_host_is_warned_reads_and_ticks_and_that_is_on_record(as_host, event):
    address = f"/host/events/{event.slug}/questions/new"
    doubtful = {**TYPED, "words": "Which church do you build from LEGO?", "help": "Any address"}

    first = as_host.post(address, data=doubtful)
    assert first.status_code == 422
    for topic in (Sensitive.RELIGION, Sensitive.ADDRESS):
        assert WORDS[topic] in main(first)
    page = soup(first)
    assert page.find(id="words")["value"] == doubtful["words"]
    shown = page.find("input", {"name": "shown"})["value"]
    assert as_host.post(address, data={**doubtful, "shown": shown}).status_code == 422
    more = {**doubtful, "help": "Date of birth", "shown": shown, "cleared": "y"}
    second = as_host.post(address, data=more)
    assert second.status_code == 422, "a tick is about nothing that was not shown"
    assert not soup(second).find(id="cleared").has_attr("checked")

    done = as_host.post(address, data={**doubtful, "shown": shown, "cleared": "y"})

    assert done.status_code == 303
    (question,) = queries.of_event(event.id)
    assert question.cleared == ["religion", "address"]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "ask_question")).one()
    assert entry.facts["topics"] == ["religion", "address"]
    history = main(as_host.get(f"/host/events/{event.slug}/history"))
    assert "asked “T-shirt size”, having read what a host should not ask." in history


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"options": "S"}, "options"),
        ({"kind": "number", "low": "9", "high": "2"}, "high"),
        ({"kind": "number", "low": "some", "high": "2"}, "low"),
        ({"label": ""}, "label"),
        ({"of": "everybody"}, "of"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_all_is_kept(as_host, event, changes, field):
    sent = as_host.post(
        f"/host/events/{event.slug}/questions/new", data={**TYPED, "help": "Kept", **changes}
    )

    assert sent.status_code == 422
    page = soup(sent)
    assert page.find(id=f"{field}-error")
    assert page.find(id="help")["value"] == "Kept"
    assert labels(event) == []


def test_two_questions_have_two_names_and_eight_are_the_most(event):
    first = add(event)
    with pytest.raises(service.QuestionRefused, match="called that already"):
        add(event, label="t-shirt SIZE")
    with pytest.raises(service.NotCleared):
        add(event, label="Diet")
    for number in range(2, 9):
        add(event, label=f"Question {number}")

    with pytest.raises(service.EnoughAsked):
        add(event, label="Question 9")

    withdraw(first)
    add(event, label="Question 9")
    assert labels(event) == [f"Question {number}" for number in range(2, 10)]


def test_nothing_is_asked_about_what_is_over_or_cancelled(event, time_machine):
    question = add(event)
    cancel_event(event)
    with pytest.raises(service.NothingMoreToAsk):
        add(event, label="Another")
    with pytest.raises(service.NothingMoreToAsk):
        reword(question)
    another = make_event()
    time_machine.move_to(another.last_ends_at + timedelta(hours=1))
    with pytest.raises(service.NothingMoreToAsk):
        add(another)


def test_words_stay_once_somebody_has_answered_and_a_withdrawal_deletes_the_answers(
    as_host, event, family
):
    question = ask(event)
    answer(family, question, chosen=(0,))
    with pytest.raises(service.AnsweredAlready, match="1 answer"):
        reword(question, words="Which size?")
    address = f"/host/questions/{question.public_id}/withdraw"
    assert "1 answer is deleted for good" in main(as_host.get(address))
    assert count(QuestionAnswer) == 1, "a look deletes nothing"

    sent = as_host.post(address)

    assert sent.status_code == 303
    assert count(QuestionAnswer) == 0
    said = main(as_host.get(sent.location))
    assert "Nothing is asked yet" in said
    assert as_host.get(address).status_code == 404
    with pytest.raises(service.QuestionWithdrawn):
        withdraw(question)
    with pytest.raises(service.QuestionWithdrawn):
        reword(question)
    history = main(as_host.get(f"/host/events/{event.slug}/history"))
    assert "withdrew “T-shirt size” and deleted 1 answer." in history


def test_a_late_question_is_asked_of_those_who_replied_by_one_mail_and_need_not_be_answered(
    as_host, event, family, school
):
    families.answer(family)
    waiting = families.make_family(
        event, school=school, parent_email="other@parents.example", forename="Bea"
    )
    new = f"/host/events/{event.slug}/questions/new"
    assert "1 family has replied already. Parents are asked this by e-mail" in main(
        as_host.get(new)
    )

    as_host.post(new, data={**TYPED, "required": "y"})
    add(event, label="Of pupils", of=AskedOf.PUPIL)

    (question, of_pupils) = queries.of_event(event.id)
    assert (question.late, question.required) == (True, False)
    (mail,) = db.session.scalars(select(Message).where(Message.template == "asked_late"))
    assert mail.recipient == family.parent.email
    assert "Which T-shirt size fits?" in mail.text
    path = mail.text.split("/parent/")[1].split()[0]
    page = main(as_host.get(f"/parent/{path}"))
    assert "Which T-shirt size fits?" in page
    assert "Which T-shirt size fits?" in main(as_host.get(waiting.url)), "asked with the reply"
    assert [due.slug for due in queries.due(school.id, now=clock.now())] == [event.slug]
    withdraw(of_pupils)
    assert queries.due(school.id, now=clock.now()) == []
    with transaction():
        db.session.get_one(Parent, family.parent.id).email = ""
    due = queries.due(school.id, now=clock.now())
    assert [one.slug for one in due] == [event.slug], "no mail reaches that family"


def test_a_repeated_event_asks_the_same_in_the_same_order(event, family):
    withdrawn = add(event, label="Withdrawn")
    second = add(
        event,
        label="Instrument",
        kind=AnswerKind.TEXT,
        kept=KeptUntil.SCHOOL_YEAR,
        help="For your address",
        cleared=["address"],
    )
    number = add(event, label="Adults", of=AskedOf.SCHOOL, kind=AnswerKind.NUMBER)
    withdraw(withdrawn)
    with transaction():
        again = events.clone(actor=COMMAND, now=clock.now(), event=event)

    copied = queries.of_event(again.id)
    assert [q.asking for q in copied] == [second.asking, number.asking]
    assert [q.cleared for q in copied] == [["address"], []]
    assert count(QuestionAnswer) == 0

    elsewhere = make_school()
    with transaction():
        followed = events.follow_example(
            actor=COMMAND, now=clock.now(), event=event, host=elsewhere
        )
    assert labels(followed) == ["Adults"], "nobody there has cleared the other"
    with transaction():
        events.discard(actor=COMMAND, now=clock.now(), event=db.session.merge(again))
    assert labels(again) == []


def test_the_lead_asks_too_and_sees_numbers_only(client, event, family):
    question = ask(event, kind=AnswerKind.TEXT, label="Instrument", words="Which instrument?")
    answer(family, question, text="Zqviola")
    sign_in(client, make_person(role=Role.LEAD))

    page = main(client.get(f"/host/events/{event.slug}/questions"))

    assert "Answers 1" in page
    assert "Zqviola" not in page
