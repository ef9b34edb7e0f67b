"""Several workers and a slow mail server: every mail goes out, and none goes out twice."""

from collections import Counter
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications import sending, transports
from booking.foundation.notifications.models import Message, MessageState
from booking.foundation.notifications.sending import leases, runs
from booking.foundation.notifications.transports import smtp
from tests.postbox import Postbox, serving
from tests.races.together import errors, together

MAILS = 12
WORKERS = 3


@pytest.fixture
def postbox(app: Flask):
    """Serve a postbox that takes its time over each answer."""
    with serving() as (box, address):
        app.config["SMTP_URL"] = address
        box.pause = 0.02
        yield box


@pytest.fixture
def waiting(db_session):
    """Queue mails that are due."""
    now = clock.now()
    with transaction() as session:
        session.add_all(
            Message(
                key=f"letter:{number}",
                template="letter",
                recipient=f"parent{number}@home.example",
                subject=f"Letter {number}",
                text="text",
                html="<p>text</p>",
                queued_at=now,
                next_attempt_at=now,
                keep_until=now + timedelta(days=1),
            )
            for number in range(MAILS)
        )


@pytest.fixture
def short_lease(monkeypatch):
    """Let a lease last for one mail and for no batch of them, as five minutes do in earnest."""
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=2))
    monkeypatch.setattr(transports, "SENDING_S", 1.2)
    monkeypatch.setattr(smtp, "SENDING_S", 1.2)


def sent_how_often(box: Postbox) -> Counter[int]:
    """Return how many mails came once, twice and so on."""
    return Counter(Counter(str(mail["Subject"]) for mail in box.mails).values())


def states() -> Counter[MessageState]:
    db.session.rollback()
    return Counter(db.session.scalars(select(Message.state)))


def test_workers_share_the_mail_and_send_each_once(app, postbox, waiting):
    postbox.pause = 0.05

    sent = together(app, [sending.send_due] * WORKERS)

    assert errors(sent) == []
    assert sum(sent) == MAILS
    assert sent_how_often(postbox) == {1: MAILS}
    assert states() == {MessageState.SENT: MAILS}


def test_a_run_that_outlasts_the_lease_sends_nothing_twice(app, postbox, waiting, short_lease):
    postbox.pause = 0.1  # five answers a mail: the run takes longer than a lease

    sent = together(app, [sending.send_due] * 2)

    assert sum(sent) == MAILS
    assert sent_how_often(postbox) == {1: MAILS}


def one_worker_comes_back_too_late(app):
    """Let a worker claim everything and be held up; another sends it; then the first goes on."""
    held_up = []
    while lease := leases.claim(clock.now()):
        held_up.append(lease)
    with clock.pretending(clock.now() + leases.LEASE + timedelta(seconds=1)):
        assert sending.send_due() == len(held_up) == MAILS
        carrier = transports.transport(app.config)
        for lease in held_up:
            runs.finish(lease, carrier)
        carrier.close()


def test_a_worker_that_comes_back_after_its_lease_sends_and_records_nothing(app, postbox, waiting):
    one_worker_comes_back_too_late(app)

    assert sent_how_often(postbox) == {1: MAILS}
    assert states() == {MessageState.SENT: MAILS}


def test_without_looking_at_its_lease_it_would_send_everything_again(
    app, postbox, waiting, monkeypatch
):
    monkeypatch.setattr(leases, "still_ours", lambda lease: True)

    one_worker_comes_back_too_late(app)

    assert sent_how_often(postbox) == {2: MAILS}


def test_without_a_claim_every_worker_would_send_the_same_mail(app, postbox, waiting, monkeypatch):
    everyone = Barrier(WORKERS)

    def only_look(now):
        with transaction():
            message = db.session.scalars(select(Message).order_by(Message.id)).first()
            lease = leases.Lease(message.id, now + leases.LEASE, leases.outgoing(message))
            db.session.rollback()
        everyone.wait(10)
        return lease

    monkeypatch.setattr(leases, "claim", only_look)

    together(app, [lambda: sending.send_due(limit=1)] * WORKERS)

    assert sent_how_often(postbox) == {WORKERS: 1}
