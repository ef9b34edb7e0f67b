"""Sending: each mail by itself, for as long as it is worth sending, and never by two at once."""

import os
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from booking.foundation import chores, clock
from booking.foundation.db import db, transaction
from booking.foundation.encryption import field_keys
from booking.foundation.notifications import announcements, locks, sending, service
from booking.foundation.notifications.models import Message, MessageState
from booking.foundation.notifications.sending import leases, outcomes, runs
from booking.foundation.notifications.transports import smtp
from tests.postbox import Postbox, silent

LINK = "https://fairplace.example/parent/a-secret-token"
PARENT = "parent@home.example"
NOBODY = "smtp://127.0.0.1:9"


def queue(
    key: str, *, to: str = PARENT, title: str = "An invitation", reply_to: str = "", **more: Any
) -> None:
    facts = {"title": title, "link": LINK, **more}
    with transaction():
        service.queue(key=key, to=to, template="letter", reply_to=reply_to, **facts)


def stored(key: str = "a") -> Message:
    db.session.rollback()
    return db.session.scalars(select(Message).where(Message.key == key)).one()


def make_due(key: str = "a") -> None:
    with transaction():
        stored(key).next_attempt_at = clock.now() - timedelta(seconds=1)


def states() -> dict[str, MessageState]:
    db.session.rollback()
    return dict(db.session.execute(select(Message.key, Message.state)).all())  # type: ignore[arg-type]


@pytest.fixture
def field_key() -> Iterator[None]:
    """Give back the field keys that a test replaces."""
    kept = dict(field_keys.__dict__)
    yield
    field_keys.__dict__.update(kept)


def new_key(name: str) -> str:
    return f"{name}:{b64encode(os.urandom(32)).decode()}"


# A server that is away


def test_mail_waits_for_a_server_that_is_away_and_goes_as_soon_as_it_is_back(
    postbox: Postbox, app: Flask
) -> None:
    address, app.config["SMTP_URL"] = app.config["SMTP_URL"], NOBODY
    queue("a")
    assert sending.send_due() == 0
    assert (stored().state, stored().attempts) == (MessageState.QUEUED, 0)
    assert stored().last_error == "the mail server cannot be reached (ConnectionRefusedError)"
    app.config["SMTP_URL"] = address
    assert sending.send_due() == 1
    assert stored().last_error == ""


def test_a_week_without_a_server_loses_no_mail_that_is_still_worth_sending(
    postbox: Postbox, app: Flask, time_machine: Any
) -> None:
    address, app.config["SMTP_URL"] = app.config["SMTP_URL"], NOBODY
    queue("a", keep_until=clock.now() + timedelta(days=8))
    for _ in range(7 * 4):
        time_machine.move_to(clock.now() + timedelta(hours=6))
        assert sending.send_due() == 0
    app.config["SMTP_URL"] = address
    assert sending.send_due() == 1


def test_three_silences_in_a_row_end_a_run(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "OPENING_S", 0.1)
    for key in "abcdefgh":
        queue(key)
    with silent() as address:
        app.config["SMTP_URL"] = address
        started = datetime.now()  # noqa: TID251 - how long it really takes
        assert sending.send_due() == 0
    assert (datetime.now() - started).total_seconds() < 2  # noqa: TID251
    assert set(states().values()) == {MessageState.QUEUED}
    assert stored("h").last_error == "the mail server did not answer in time"


def test_a_mail_that_the_server_falls_silent_over_waits_for_its_next_try(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "ANSWER_S", 0.05)
    postbox.pause = 0.3
    queue("a")
    assert sending.send_due() == 0
    assert (stored().state, stored().attempts) == (MessageState.QUEUED, 1)
    assert stored().last_error == "the mail server did not answer in time"
    assert stored().next_attempt_at > clock.now() + timedelta(seconds=50)


def test_a_run_ends_between_two_mails_when_the_worker_is_to_end(postbox: Postbox) -> None:
    for key in "ab":
        queue(key)
    with announcements.went_out.instead(lambda message, now: chores.ending.set()):
        assert sending.send_due() == 1
    chores.ending.clear()
    assert sending.send_due() == 1


def test_a_run_ends_after_a_while_so_that_the_worker_is_seen_to_be_alive(
    postbox: Postbox, time_machine: Any
) -> None:
    for key in "ab":
        queue(key)
    late = clock.now() + runs.RUN + timedelta(seconds=1)
    with announcements.went_out.instead(lambda message, now: time_machine.move_to(late)):
        assert sending.send_due() == 1
    assert sending.send_due() == 1


# One mail does not cost the others


def test_a_refusal_costs_the_others_nothing(postbox: Postbox) -> None:
    postbox.refuse["wrong@home.example"] = "550 5.1.1 No such person"
    postbox.refuse["full@home.example"] = "452 4.2.2 Mailbox full"
    postbox.dislike["Too odd"] = "554 5.6.0 Too odd"
    queue("wrong", to="wrong@home.example")
    queue("full", to="full@home.example")
    queue("odd", title="Too odd")
    queue("good")
    assert sending.send_due() == 1
    assert states() == {
        "wrong": MessageState.REFUSED,
        "full": MessageState.QUEUED,
        "odd": MessageState.QUEUED,
        "good": MessageState.SENT,
    }
    assert stored("wrong").last_error == "the mail server refused the address (550)"
    assert stored("full").last_error == "the mail server put the mail off (452)"
    assert postbox.connections == 1


def test_a_mail_that_cannot_be_decrypted_fails_by_itself_and_the_others_go_out(
    postbox: Postbox, field_key: None
) -> None:
    field_keys.configure(new_key("old"))
    queue("lost")
    field_keys.configure(new_key("new"))
    queue("good")
    told: list[str] = []
    with announcements.given_up.instead(lambda message, now: told.append(message.last_error)):
        assert sending.send_due() == 1
    assert states() == {"lost": MessageState.FAILED, "good": MessageState.SENT}
    assert told == ["the mail cannot be read: FIELD_KEY lacks the key 'old' that a row needs."]
    assert sending.send_due() == 0


def test_a_mail_that_could_not_be_decrypted_goes_out_when_its_key_is_back(
    postbox: Postbox, field_key: None
) -> None:
    old, new = new_key("old"), new_key("new")
    field_keys.configure(old)
    queue("lost")
    field_keys.configure(new)
    sending.send_due()
    field_keys.configure(f"{new},{old}")
    with transaction():
        assert service.retry(locks.given_up(), now=clock.now()) == 1
    assert sending.send_due() == 1


def test_a_body_that_was_damaged_fails_by_itself(postbox: Postbox) -> None:
    queue("bad")
    queue("good")
    with transaction() as session:
        session.execute(text("UPDATE messages SET text = 'dev:!' WHERE key = 'bad'"))
    assert sending.send_due() == 1
    assert states() == {"bad": MessageState.FAILED, "good": MessageState.SENT}


def test_a_mail_that_cannot_be_written_down_fails_by_itself(postbox: Postbox) -> None:
    queue("bad", to="parent@home.example\nBcc: everybody@home.example")
    queue("good")
    assert sending.send_due() == 1
    assert states() == {"bad": MessageState.FAILED, "good": MessageState.SENT}
    assert stored("bad").last_error == "the mail cannot be sent (ValueError)"
    assert len(postbox.mails) == 1


def test_a_subscriber_that_fails_does_not_make_us_send_again(
    postbox: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(message: Message, now: datetime) -> None:
        message.about = "nobody"
        db.session.flush()
        raise RuntimeError("no such booking")

    queue("a")
    with announcements.went_out.instead(fail):
        assert sending.send_due() == 1
    assert (stored().state, stored().about) == (MessageState.SENT, "")
    assert "was not taken up" in caplog.text


# When sending becomes pointless


def test_waits_between_tries_go_on_until_the_mail_is_no_longer_worth_sending(
    postbox: Postbox, time_machine: Any
) -> None:
    postbox.refuse[PARENT] = "451 Greylisted"
    queue("a", keep_until=clock.now() + timedelta(days=9, minutes=30))
    tries = 0
    while stored().state is MessageState.QUEUED:
        time_machine.move_to(max(stored().next_attempt_at, clock.now() + timedelta(minutes=1)))
        sending.send_due()
        tries += 1
    assert tries > 70
    assert stored().state is MessageState.FAILED
    assert stored().last_error == "too late to send it: the mail server put the mail off (451)"
    assert stored().failed_at is not None
    assert LINK in (stored().text or "")


def test_a_mail_is_tried_once_more_shortly_before_it_is_pointless(
    postbox: Postbox, time_machine: Any
) -> None:
    until = clock.now() + timedelta(hours=2)
    postbox.refuse[PARENT] = "451 Greylisted"
    queue("a", keep_until=until)
    for _ in range(5):
        time_machine.move_to(stored().next_attempt_at + timedelta(seconds=1))
        sending.send_due()
    assert stored().next_attempt_at == until - outcomes.LAST_CHANCE
    postbox.refuse.clear()
    time_machine.move_to(stored().next_attempt_at + timedelta(seconds=1))
    assert sending.send_due() == 1


def test_mail_that_is_too_late_is_given_up_and_not_sent(
    postbox: Postbox, time_machine: Any
) -> None:
    told: list[str] = []
    queue("late", keep_until=clock.now() + timedelta(hours=1))
    queue("later", keep_until=clock.now() + timedelta(hours=3))
    time_machine.move_to(clock.now() + timedelta(hours=2))
    with announcements.given_up.instead(lambda message, now: told.append(message.key)):
        assert sending.send_due() == 1
    assert states() == {"late": MessageState.FAILED, "later": MessageState.SENT}
    assert stored("late").last_error == "too late to send it"
    assert told == ["late"]


def test_mail_from_before_it_said_until_when_is_given_up_after_two_weeks(
    postbox: Postbox, time_machine: Any
) -> None:
    queue("a")
    with transaction():
        stored().keep_until = None
    time_machine.move_to(clock.now() + service.KEPT - timedelta(minutes=1))
    assert sending.give_up_late() == 0
    time_machine.move_to(clock.now() + timedelta(minutes=2))
    assert sending.give_up_late() == 1


# Leases


def test_a_sender_that_died_leaves_a_lease_that_runs_out(
    postbox: Postbox, time_machine: Any
) -> None:
    queue("a")
    leases.claim(clock.now())  # a process takes the mail and then disappears
    assert sending.send_due() == 0
    time_machine.move_to(clock.now() + leases.LEASE + timedelta(seconds=1))
    assert sending.send_due() == 1


def test_a_sender_that_comes_back_after_its_lease_neither_sends_nor_records(
    postbox: Postbox, time_machine: Any
) -> None:
    queue("a")
    lease = leases.claim(clock.now())
    assert lease is not None
    time_machine.move_to(clock.now() + leases.LEASE + timedelta(seconds=1))
    assert not leases.still_ours(lease)
    assert leases.claim(clock.now()) is not None, "somebody else has it now"
    refused = outcomes.Outcome(MessageState.REFUSED, "no such person")
    outcomes.record(lease, refused, now=clock.now())
    assert stored().state is MessageState.SENDING


def test_a_lease_outlives_the_longest_sending_and_recording() -> None:
    assert timedelta(seconds=smtp.SENDING_S + sum(runs.PAUSES)) < leases.LEASE


def test_a_mail_that_went_out_is_recorded_when_the_database_is_back(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    away = [OperationalError("COMMIT", {}, Exception("server closed the connection"))] * 3
    record = outcomes.record

    def record_if_there(*what: Any, **when: Any) -> None:
        if away:
            raise away.pop()
        record(*what, **when)

    monkeypatch.setattr(outcomes, "record", record_if_there)
    monkeypatch.setattr(runs, "PAUSES", (0, 0, 0))
    queue("a")
    assert sending.send_due() == 1
    assert stored().state is MessageState.SENT
    assert caplog.text.count("cannot be recorded yet (OperationalError)") == 3


# What a mail says about itself


def test_the_message_id_is_the_same_at_each_try_and_says_nothing_about_anybody(
    postbox: Postbox, app: Flask
) -> None:
    app.config["MAIL_FROM"] = "Fairplace <bookings@network.example>"
    queue("invited:17:4")
    queue("invited:18:4")
    sending.send_due()
    with transaction():
        again = stored("invited:17:4")
        again.state, again.text, again.html = MessageState.QUEUED, "once more", "once more"
    make_due("invited:17:4")
    sending.send_due()
    first, other, second = (str(mail["Message-ID"]) for mail in postbox.mails)
    assert first == second
    assert first != other
    assert first.endswith("@network.example>")
    assert "17" not in first.partition("@")[0] or "invited" not in first


def test_two_networks_with_one_sender_never_use_the_same_message_id(
    postbox: Postbox, app: Flask
) -> None:
    queue("a")
    for site in ("https://one.example", "https://two.example"):
        app.config["BASE_URL"] = site
        with transaction():
            again = stored()
            again.state, again.text, again.html = MessageState.QUEUED, "text", "text"
        make_due()
        sending.send_due()
    first, second = (str(mail["Message-ID"]) for mail in postbox.mails)
    assert first != second


def test_an_answer_goes_to_whom_the_mail_names_or_else_to_the_network(
    app: Flask, postbox: Postbox
) -> None:
    queue("a", reply_to="coordinator@school.example")
    app.config["CONTACT_EMAIL"] = "network@fairplace.example"
    queue("b")
    sending.send_due()
    assert [parseaddr(mail["Reply-To"])[1] for mail in postbox.mails] == [
        "coordinator@school.example",
        "network@fairplace.example",
    ]
