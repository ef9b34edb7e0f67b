"""What Prometheus reads about the running site, and who else may."""

from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from booking import worker
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.upkeep import backup

TOKEN = "a-token-of-twenty-letters-or-more"


@pytest.fixture
def read(app, client, db_session):
    """Provide a way to read the numbers as Prometheus does, by name and labels."""
    app.config["METRICS_TOKEN"] = TOKEN

    def ask():
        db.session.rollback()
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, check=False)
        assert answer.status_code == 200
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
        }

    return ask


def test_ages_counts_and_levels_are_read(app, read, time_machine):
    begin = clock.now()
    time_machine.move_to(begin, tick=False)
    worker.run_all(app)
    backup.record(begin)
    with transaction():
        message = Message(key="k", template="t", recipient="a@b.example", subject="s")
        message.queued_at = message.next_attempt_at = begin
        db.session.add(message)
    time_machine.move_to(begin + timedelta(hours=2), tick=False)

    found = read()

    assert found["fairplace_worker_seen_age_seconds",] == 7200
    assert found["fairplace_copy_age_seconds",] == 7200
    assert found["fairplace_mail_oldest_age_seconds",] == 7200
    assert found["fairplace_mail_waiting",] == 1
    assert found["fairplace_sign", "database"] == 0
    assert found["fairplace_sign", "worker"] == 2
    assert found["fairplace_job_failures", "send mail"] == 0
    assert found["fairplace_job_ended_timestamp_seconds", "send mail"] == begin.timestamp()


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Bearer ", f"Basic {TOKEN}"])
def test_nobody_reads_them_without_the_token(app, client, header):
    app.config["METRICS_TOKEN"] = TOKEN
    headers = {"Authorization": header} if header else {}

    answer = client.get("/metrics", headers=headers, check=False)

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "fairplace_" not in answer.text


def test_without_a_token_they_are_not_there(client):
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
