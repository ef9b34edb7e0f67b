"""The commands for mail: what is late, failed or refused, sent once more, and a test."""

import json
from datetime import timedelta

import pytest

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications import sending
from booking.foundation.notifications.models import Message, MessageState
from tests.postbox import serving

WRONG = "ngozi.okoro@home.example"


@pytest.fixture
def postbox(app, db_session):
    with serving() as (box, address):
        app.config["SMTP_URL"] = address
        box.refuse[WRONG] = "550 5.1.1 No such person"
        yield box


def queue(key, to="parent@home.example", **columns):
    now = clock.now()
    with transaction():
        message = Message(
            key=key,
            template="places/invited",
            recipient=to,
            subject="Amara's place",
            text="text",
            html="<p>text</p>",
            queued_at=now,
            next_attempt_at=now,
            keep_until=now + timedelta(days=3),
            **columns,
        )
        db.session.add(message)
        db.session.flush()
        return message.id


def run(app, *arguments):
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["outbox", *map(str, arguments)])


def test_mail_that_is_late_failed_or_refused_is_listed_with_masked_addresses(
    app, postbox, time_machine
):
    late = queue("late")
    time_machine.move_to(clock.now() + timedelta(hours=2))
    refused = queue("refused", to=WRONG)
    queue("new")
    app.config["SMTP_URL"], address = "smtp://127.0.0.1:9", app.config["SMTP_URL"]
    sending.send_due()
    app.config["SMTP_URL"] = address
    with transaction():
        db.session.get_one(Message, late).next_attempt_at += timedelta(days=1)
    sending.send_due()

    listed = run(app, "list")

    assert listed.output.splitlines() == [
        f"{refused:6} refused  01 Mar 11:30  places/invited to n…@home.example, 1 try:"
        " the mail server refused the address (550)",
        f"{late:6} late     01 Mar 09:30  places/invited to p…@home.example, 0 tries:"
        " the mail server cannot be reached (ConnectionRefusedError)",
        "2 mails late, failed or refused.",
    ]
    assert "Amara" not in listed.output
    as_json = json.loads(run(app, "list", "--json").stdout)
    assert [(each["id"], each["state"], each["to"]) for each in as_json] == [
        (int(line.split()[0]), line.split()[1], line.split(" to ")[1].split(",")[0])
        for line in listed.output.splitlines()[:-1]
    ]


def test_mail_is_sent_once_more_by_its_number(app, postbox):
    one, other = queue("one", to=WRONG), queue("other", to=WRONG)
    sending.send_due()
    postbox.refuse.clear()

    assert run(app, "retry", one).output == "1 mail in the queue again.\n"

    assert sending.send_due() == 1
    assert db.session.get_one(Message, other).state is MessageState.REFUSED
    assert run(app, "retry", "--all").output == "1 mail in the queue again.\n"
    assert sending.send_due() == 1


def test_mail_that_waits_for_its_next_try_is_sent_at_once(app, postbox):
    one = queue("one")
    with transaction():
        db.session.get_one(Message, one).next_attempt_at += timedelta(hours=3)
    assert sending.send_due() == 0

    run(app, "retry", one)

    assert sending.send_due() == 1


def test_mail_that_is_sent_or_unknown_is_not_sent_once_more(app, postbox):
    one = queue("one")
    sending.send_due()

    refused = run(app, "retry", one, one + 1)

    assert refused.exit_code == 1
    assert "2 mails cannot be sent again: sent already, or no text left." in refused.output
    assert sending.send_due() == 0


@pytest.mark.parametrize("arguments", [(), ("--all", 7)])
def test_it_must_be_said_which_mail_is_meant(app, postbox, arguments):
    assert "Name mails by their numbers, or say --all." in run(app, "retry", *arguments).output


def test_a_test_mail_is_sent(app, postbox):
    said = run(app, "test", "office@school.example")

    assert said.output.startswith("The mail server has taken it, from Fairplace <")
    assert [str(mail["To"]) for mail in postbox.mails] == ["office@school.example"]
    assert sending.waiting() == 0


def test_a_test_mail_that_does_not_go_out_says_what_the_server_answered(app, postbox):
    said = run(app, "test", WRONG)

    assert said.exit_code == 1
    assert "the mail server refused the address (550)" in said.output
    assert "No such person" in said.output


def test_a_test_mail_needs_an_address(app, postbox):
    assert run(app, "test", "nobody").exit_code == 1
