"""The outbox: one mail per cause, its text kept while it is worth sending, its fate known."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications import (
    announcements,
    locks,
    queries,
    render,
    sending,
    service,
)
from booking.foundation.notifications.models import Message, MessageState
from booking.upkeep import purging
from tests.postbox import Postbox

LINK = "https://fairplace.example/parent/a-secret-token"


def queue(key: str = "letter:1", to: str = "parent@home.example", **more: Any) -> Message | None:
    with transaction():
        return service.queue(
            key=key,
            to=to,
            template="letter",
            reply_to="",
            title="An invitation",
            link=LINK,
            **more,
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
            service.queue(key="k", to="a@b.example", template="letter", reply_to="")
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


def test_an_address_refused_for_good_is_not_tried_again(postbox: Postbox) -> None:
    told: list[str] = []
    postbox.refuse["parent@home.example"] = "550 No such person"
    queue()
    with announcements.given_up.instead(lambda message, now: told.append(message.recipient)):
        sending.send_due()
    assert message().state is MessageState.REFUSED
    assert message().failed_at is not None
    assert LINK in (message().text or ""), "the address may be corrected"
    assert told == ["parent@home.example"]


def test_what_was_given_up_goes_out_when_somebody_asks(postbox: Postbox) -> None:
    postbox.refuse["parent@home.example"] = "550 No such person"
    queue()
    sending.send_due()
    postbox.refuse.clear()
    assert sending.send_due() == 0
    with transaction():
        assert service.retry(locks.given_up([message().id]), now=clock.now()) == 1
    assert sending.send_due() == 1
    with transaction():
        assert service.retry(locks.given_up(), now=clock.now()) == 0, "nothing is left to send"


def test_the_text_of_what_was_given_up_goes_when_it_is_pointless(
    postbox: Postbox, time_machine: Any
) -> None:
    postbox.refuse["parent@home.example"] = "550 No such person"
    queue()
    sending.send_due()
    purging.purge()
    assert message().text
    time_machine.move_to(clock.now() + service.KEPT + timedelta(minutes=1))
    purging.purge()
    assert message().text is None
    with transaction():
        assert service.retry(locks.given_up(), now=clock.now()) == 0


def test_the_outbox_tells_what_became_of_a_mail(postbox: Postbox) -> None:
    told: list[str] = []
    assert queries.backlog(clock.now()) == queries.Backlog(0, None, 0, 0)
    with transaction():
        service.queue(
            key="k",
            to="a@b.example",
            template="letter",
            reply_to="",
            about="booking:1",
            title="t",
            link=LINK,
        )
    assert queries.backlog(clock.now()) == queries.Backlog(1, message().queued_at, 0, 0)
    with announcements.went_out.instead(lambda message, now: told.append(message.about)):
        sending.send_due()
    (fate,) = queries.about(["booking:1", "booking:2"])
    assert (fate.recipient, fate.state) == ("a@b.example", MessageState.SENT)
    assert fate.sent_at is not None
    assert told == ["booking:1"]
    assert queries.about(["booking:2"]) == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (None, timedelta(days=14)),
        (timedelta(days=40), timedelta(days=40)),
        (timedelta(minutes=5), timedelta(minutes=10)),
        (timedelta(0), timedelta(days=14)),
        (timedelta(days=-3), timedelta(days=14)),
    ],
)
def test_a_mail_is_kept_until_it_is_not_worth_sending_and_for_ten_minutes_at_least(
    said: timedelta | None, kept: timedelta
) -> None:
    now = clock.now()
    queue(now=now, keep_until=None if said is None else now + said)
    assert message().keep_until == now + kept


def test_a_subject_cannot_add_headers() -> None:
    with pytest.raises(render.BadSubject), transaction():
        service.queue(
            key="k",
            to="a@b.example",
            template="letter",
            reply_to="",
            title="Hi\nBcc: all@x.example",
            link=LINK,
        )
    assert sending.waiting() == 0


def test_without_a_mail_server_mail_is_printed(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    app.config["SMTP_URL"] = ""
    queue()
    assert sending.send_due() == 1
    assert "mail to parent@home.example: An invitation" in capsys.readouterr().out
