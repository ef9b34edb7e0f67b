"""The outbox: one mail per cause, sent by SMTP, tried a bounded number of times."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from jinja2 import DictLoader
from sqlalchemy import select, text

from booking import clock
from booking.db import db, transaction
from booking.notifications import render, sending, service
from booking.notifications.models import Message, MessageState

LINK = "https://fairplace.example/parent/a-secret-token"


class Postbox:
    """A real SMTP server that keeps what it gets and refuses whom it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 - the server's own name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the server's own name
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.mails.append(parsed)
        return "250 OK"


@pytest.fixture
def postbox(app: Flask) -> Iterator[Postbox]:
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    yield box
    controller.stop()


@pytest.fixture(autouse=True)
def letters(app: Flask, monkeypatch: pytest.MonkeyPatch, db_session: Any) -> None:
    pages = DictLoader(
        {
            "emails/letter.subject.txt": "{{ title }}",
            "emails/letter.txt": "Please answer: {{ link }}",
            "emails/letter.html": "<p>Please answer: {{ link }}</p>",
        }
    )
    monkeypatch.setattr(app.jinja_env, "loader", pages)
    app.jinja_env.cache.clear()  # type: ignore[union-attr]


def queue(key: str = "letter:1", to: str = "parent@home.example", **more: Any) -> Message | None:
    with transaction():
        return service.queue(
            key=key, to=to, template="letter", title="An invitation", link=LINK, **more
        )


def message() -> Message:
    db.session.rollback()
    return db.session.scalars(select(Message)).one()


def test_a_queued_mail_goes_out_with_its_calendar_file(postbox: Postbox) -> None:
    queue(attachment=service.Attachment("day.ics", "text/calendar", b"BEGIN:VCALENDAR"))
    assert sending.send_due() == 1
    (mail,) = postbox.mails
    assert mail["To"] == "parent@home.example"
    assert mail["Subject"] == "An invitation"
    assert LINK in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert [part.get_filename() for part in mail.iter_attachments()] == ["day.ics"]
    assert message().state is MessageState.SENT


def test_the_same_cause_is_told_once(postbox: Postbox) -> None:
    assert queue() is not None
    assert queue() is None
    assert sending.send_due() == 1
    assert sending.send_due() == 0


def test_a_mail_that_rolls_back_was_never_queued() -> None:
    def change_my_mind() -> None:
        with transaction():
            service.queue(key="k", to="a@b.example", template="letter", title="t", link=LINK)
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        change_my_mind()
    assert sending.waiting() == 0


def test_the_database_never_shows_the_link() -> None:
    queue()
    stored = db.session.execute(text("SELECT text, html, subject FROM messages")).one()
    assert "a-secret-token" not in "".join(stored)
    assert LINK in (message().text or "")


def test_the_body_is_gone_once_the_mail_is_sent(postbox: Postbox) -> None:
    queue()
    sending.send_due()
    assert (message().text, message().html, message().attachment) == (None, None, None)


def test_a_server_that_is_away_is_tried_again_later(postbox: Postbox, app: Flask) -> None:
    address = app.config["SMTP_URL"]
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    queue()
    assert sending.send_due() == 0
    assert message().state is MessageState.QUEUED
    assert message().next_attempt_at > clock.now()
    app.config["SMTP_URL"] = address
    assert sending.send_due() == 0
    with transaction():
        message().next_attempt_at = clock.now() - timedelta(seconds=1)
    assert sending.send_due() == 1


def test_tries_are_counted_and_end(app: Flask) -> None:
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    queue()
    for _ in range(sending.TRIES_MAX):
        with transaction():
            message().next_attempt_at = clock.now() - timedelta(seconds=1)
        sending.send_due()
    assert message().state is MessageState.FAILED
    assert message().attempts == sending.TRIES_MAX
    assert message().text is None


def test_an_address_refused_for_good_is_not_tried_again(postbox: Postbox) -> None:
    postbox.refuse["parent@home.example"] = "550 No such person"
    queue()
    sending.send_due()
    assert message().state is MessageState.FAILED


def test_a_mailbox_that_is_full_for_now_is_tried_again(postbox: Postbox) -> None:
    postbox.refuse["parent@home.example"] = "452 Mailbox full"
    queue()
    sending.send_due()
    assert message().state is MessageState.QUEUED


def test_a_sender_that_died_leaves_a_lease_that_runs_out(postbox: Postbox) -> None:
    queue()
    sending._claim(clock.now())  # a process takes the mail, and is never seen again
    assert sending.send_due() == 0
    with transaction():
        message().next_attempt_at = clock.now() - timedelta(seconds=1)
    assert sending.send_due() == 1


def test_a_subject_cannot_add_headers() -> None:
    with pytest.raises(render.BadSubject), transaction():
        service.queue(
            key="k", to="a@b.example", template="letter", title="Hi\nBcc: all@x.example", link=LINK
        )
    assert sending.waiting() == 0


def test_without_a_mail_server_mail_is_printed(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    app.config["SMTP_URL"] = ""
    queue()
    assert sending.send_due() == 1
    assert "mail to parent@home.example: An invitation" in capsys.readouterr().out
