"""What a log says, and what it never says: lines of text and of JSON, masked and whole."""

import json
import logging
import stat
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import quote, unquote

import pytest
from gunicorn.config import Config
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from booking import settings
from booking.domain.permissions import Role
from booking.foundation.db import db, transaction
from booking.foundation.settings import BadSetting
from booking.foundation.web import log_masks, logs
from booking.foundation.web.server_log import ServerLog
from booking.people.schools.models import Person
from tests.builders import schools

TOKEN = "Zm9vYmFyYmF6cXV4LTEyMzQ1Njc4OTAtYWJjZGVmZ2g"
TEXT, JSON = logs.formatter("text"), logs.formatter("json")


def record(message, *arguments, error=None):
    made = logging.LogRecord(
        "booking.somewhere", logging.ERROR, "", 1, message, arguments, error and (*error,)
    )
    made.created = 1_800_000_000.5
    return made


@pytest.mark.parametrize("name", log_masks.TYPED)
def test_what_somebody_looked_for_is_in_no_line(name):
    address = f"/school/pupils?year=4&{name}=Ada%20Byron&page=2"
    for formatter in (TEXT, JSON):
        line = formatter.format(record('"GET %s" 200 "http://localhost%s"', address, address))

        assert "Ada" not in line
        assert "Byron" not in line
        assert line.count("year=4") == line.count("page=2") == 2


def test_a_line_says_when_how_bad_where_and_what():
    line = TEXT.format(record("the queue of %s is full", "mail"))

    assert line == (
        "2027-01-15T08:00:00.500Z ERROR booking.somewhere [-] the queue of mail is full"
    )
    assert json.loads(JSON.format(record("the queue of %s is full", "mail"))) == {
        "time": "2027-01-15T08:00:00.500Z",
        "level": "error",
        "logger": "booking.somewhere",
        "message": "the queue of mail is full",
    }


def test_a_line_of_a_request_has_its_number_and_masked_path(app):
    with app.test_request_context(f"/parent/{TOKEN}/"):
        app.preprocess_request()
        line, told = TEXT.format(record("x")), json.loads(JSON.format(record("x")))

    assert told["path"] == "/parent/…/"
    assert len(told["request_id"]) > 10
    assert TOKEN not in line


@given(st.text(min_size=1), st.sampled_from([TEXT, JSON]))
def test_no_message_begins_a_line_of_its_own(text, formatter):
    assert len(formatter.format(record("%s", text)).splitlines()) == 1


def each(text, times):
    """Return a text with every character percent-encoded, so many times."""
    for _ in range(times):
        text = "".join(f"%{byte:02X}" for byte in text.encode())
    return text


@pytest.mark.parametrize("prefix", ["/parent/", "/invitations/", "/reset/", "/calendar/feeds/"])
@pytest.mark.parametrize(
    "spelt",
    [
        lambda path: path,
        lambda path: path.replace("Zm9", "%5A%6d%39"),
        lambda path: quote(path, safe=""),
        lambda path: quote(quote(path, safe=""), safe=""),
        lambda path: each(path, 1),
        lambda path: each(path, 3),
        lambda path: path.replace("/Zm9", "//Zm9"),
        lambda path: path.replace("/Zm9", "/%20Zm9"),
        lambda path: path.replace("/Zm9", "/%0AZm9"),
        lambda path: path.replace("/Zm9", "/%22Zm9"),
        lambda path: path.upper().replace(TOKEN.upper(), TOKEN),
    ],
)
def test_a_token_is_masked_however_its_address_is_spelt(prefix, spelt):
    address = spelt(f"{prefix}{TOKEN}") + "?next=1"
    for formatter in (TEXT, JSON):
        line = formatter.format(record('"GET %s" 200 "http://localhost%s"', address, address))

        assert TOKEN[3:] not in unquote(unquote(unquote(line)))
        assert "…" in line.replace("\\u2026", "…")
        assert len(line.splitlines()) == 1
    json.loads(line)


def test_what_is_no_secret_stays_as_it_is():
    said = "100% of /events/puzzle-day?kind=a%20b at /reset/ and /parent/x"

    assert log_masks.mask(said) == said


def test_a_refused_row_leaves_none_of_its_values_in_the_log(app, db_session):
    """As the application logs an error that it did not expect."""
    schools.make_person(role=Role.LEAD, email="zq-canary@parents.example", name="Zq Canary")
    with pytest.raises(IntegrityError) as caught, transaction():
        db.session.add(Person(public_id="x", name="Zq Canary", email="zq-canary@parents.example"))
    error = caught.value

    for formatter in (TEXT, JSON):
        line = formatter.format(record("unexpected", error=(type(error), error, None)))
        assert "INSERT INTO people" in line
        assert "canary" not in line.lower()


def test_logs_are_written_as_the_settings_say(tmp_path, capsys):
    path = tmp_path / "security.log"
    root, security = logging.getLogger(), logging.getLogger("fairplace.security")
    # An application that another test made may have left ours behind.
    others = [each for each in root.handlers if not getattr(each, logs.OURS, False)]
    before = others, security.level, security.propagate
    try:
        logs.set_up({"LOG_FORMAT": "json", "SECURITY_LOG": ""})
        logs.set_up({"LOG_FORMAT": "json", "SECURITY_LOG": str(path)})
        logging.getLogger("booking.somewhere").warning("once")
        security.info("told", extra={"security": {"event": "export", "rows": 3}})
    finally:
        for logger in (root, security):
            for handler in [h for h in logger.handlers if getattr(h, logs.OURS, False)]:
                logger.removeHandler(handler)
                handler.close()
        security.setLevel(before[1])
        security.propagate = before[2]

    assert root.handlers == before[0]
    [line] = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == "once"
    told = json.loads(path.read_text())
    assert (told["event"], told["rows"], told["logger"]) == ("export", 3, "fairplace.security")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_stops_the_start(tmp_path):
    with pytest.raises(BadSetting, match="SECURITY_LOG cannot be written: No such file"):
        logs.set_up({"LOG_FORMAT": "text", "SECURITY_LOG": str(tmp_path / "none" / "log")})
    with pytest.raises(BadSetting, match="LOG_FORMAT is 'xml'; use text or json"):
        settings.load({"LOG_FORMAT": "xml"})


def test_a_request_is_logged_without_its_query():
    config = Config()
    config.set("accesslog", "-")
    kept = []
    log = ServerLog(config)
    log.access_log.addFilter(kept.append)  # keeps the record, and lets nothing pass
    try:
        log.access(
            SimpleNamespace(status="200 OK", sent=12, headers=[("X-Request-Id", "abc")]),
            SimpleNamespace(headers=[("USER-AGENT", "x")]),
            {
                "REQUEST_METHOD": "GET",
                "RAW_URI": "/school/pupils/?q=Ada",
                "PATH_INFO": "/school/pupils/",
                "QUERY_STRING": "q=Ada",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "REMOTE_ADDR": "192.0.2.1",
            },
            timedelta(milliseconds=5),
        )
    finally:
        log.access_log.removeFilter(kept.append)

    told = json.loads(JSON.format(kept[0]))
    assert {name: told[name] for name in ("message", "request_id", "status", "bytes")} == {
        "message": "GET /school/pupils/",
        "request_id": "abc",
        "status": 200,
        "bytes": 12,
    }
    assert "Ada" not in str(told)
