"""What a host asks besides, as the home school reads it, and how a late change of it is told."""

import pytest
from sqlalchemy import select

from booking.domain.asking import AnswerKind, Told
from booking.domain.permissions import PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.checkout import service as checkout
from booking.on_the_day.answers.models import LateChange
from tests.builders import checkout as families
from tests.builders.questions import ask
from tests.builders.schools import make_person
from tests.features.on_the_day.conftest import at
from tests.page import soup, words


@pytest.fixture
def question(event):
    return ask(event, kind=AnswerKind.TEXT, label="Instrument", words="Which instrument?")


@pytest.fixture
def told(family, question, coordinator, host, time_machine):
    make_person(role=Role.HOST, school=host)
    time_machine.move_to(at(-40), tick=False)
    families.answer(family, asked={question.id: Told(text="Zqviola")})
    return family


def main(response):
    return words(soup(response).find("main"))


def noted():
    db.session.rollback()
    found = db.session.scalars(select(LateChange).order_by(LateChange.id))
    return [(change.audience.value, change.parts) for change in found]


def test_the_home_school_reads_it_on_the_pupils_page_and_on_the_coach_list(
    client, as_coordinator, event, told
):
    as_coordinator(days=-20)

    assert "Instrument Zqviola" in main(client.get(f"/school/bookings/{told.booking.public_id}/"))
    assert "Instrument" in main(client.get(f"/school/events/{event.slug}/coach-list"))
    assert "Zqviola" in main(client.get(f"/school/events/{event.slug}/coach-list"))


@pytest.mark.parametrize(
    ("days", "told_to"),
    [(-20, [("school", ["asked"])]), (-3, [("host", ["asked"]), ("school", ["asked"])])],
)
def test_a_late_change_is_told_by_its_name_alone(told, question, time_machine, days, told_to):
    time_machine.move_to(at(days), tick=False)
    for text in ("Zqdrum", "Zqdrum"):
        with transaction():
            checkout.tell_asked(
                actor=PARENT,
                now=clock.now(),
                booking=told.booking,
                told={question.id: Told(text=text)},
                parent_id=told.parent.id,
            )

    assert sorted(noted()) == told_to
    mails = db.session.scalars(select(Message).where(Message.template.startswith("late_change")))
    for mail in mails:
        assert "what the host asks besides" in mail.text
        assert "Zqdrum" not in mail.text + mail.subject
