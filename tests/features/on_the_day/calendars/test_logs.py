"""No secret address reaches a log: not ours, not the web server's, not the audit trail's."""

import http.client
import logging
import re
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.web import log_masks
from booking.on_the_day.calendars import service
from tests.builders import schools
from tests.builders.calendars import make_feed

ROOT = Path(__file__).parents[4]
#: A machine with ten other things to do starts a web server slowly; nothing is waited for longer.
PATIENCE_S = 240


def test_no_token_reaches_a_log_of_requests(caplog):
    log_masks.install()
    token = "Zm9vYmFyYmF6cXV4LTEyMzQ1Njc4OTAtYWJjZGVmZ2g"
    logger = logging.getLogger("werkzeug")

    with caplog.at_level(logging.INFO, logger="werkzeug"):
        logger.info('"GET /calendar/feeds/%s.ics HTTP/1.1" 200', token)
        logger.info('"GET /parent/%s HTTP/1.1" 200', token)

    assert [record.getMessage() for record in caplog.records] == [
        '"GET /calendar/feeds/….ics HTTP/1.1" 200',
        '"GET /parent/… HTTP/1.1" 200',
    ]


def test_no_token_or_label_is_in_the_audit_trail(db_session):
    person = schools.make_person(role=Role.LEAD)
    feed, token = make_feed(person, label="Ada's bedroom")
    actor = schools.actor_of(person)
    with transaction():
        renewed = service.renew(actor=actor, now=clock.now(), feed=feed)
    with transaction():
        service.revoke(actor=actor, now=clock.now(), feed=feed)

    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "feeds")).all()

    assert [entry.action for entry in entries] == ["make_feed", "renew_feed", "revoke_feed"]
    said = " ".join(str((entry.facts, entry.reason, entry.subject_id)) for entry in entries)
    for secret in (token, renewed, "bedroom"):
        assert secret not in said


@pytest.mark.slow
def test_the_web_server_logs_no_token(tmp_path):
    """Gunicorn with its access log on, as somebody may run it."""
    token, log = "Zm9vYmFyYmF6cXV4LTEyMzQ1Njc4OTAtYWJjZGVmZ2g", tmp_path / "access.log"
    paths = (f"/calendar/feeds/{token}.ics?x=1", f"/parent/{token}/calendar")

    with serving_on_loopback(tmp_path, log) as port:
        for path in paths:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
            referrer = f"http://127.0.0.1:{port}{path}"
            with closing(connection):
                connection.request("GET", path, headers={"Referer": referrer})
                connection.getresponse().read()

    said = log.read_text()
    assert re.search(r"GET /calendar/feeds/….ics", said), said
    assert re.search(r"GET /parent/…/calendar", said), said
    assert token not in said


@contextmanager
def serving_on_loopback(folder, log):
    """Serve on a socket that is already open, so that early requests wait."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.fileno()
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "wsgi:app",
                "--bind",
                f"fd://{number}",
                "--error-logfile",
                str(log),
                "--timeout",
                "0",  # a worker that starts slowly is not started again
            ],
            cwd=ROOT,
            pass_fds=[number],
            env={
                "DATABASE_URL": f"sqlite:///{folder}/x.db",
                "APP_ENV": "development",
                "WEB_ACCESS_LOG": str(log),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield listening.getsockname()[1]
        finally:
            server.terminate()
            try:
                server.wait(timeout=PATIENCE_S)
            finally:
                server.kill()
