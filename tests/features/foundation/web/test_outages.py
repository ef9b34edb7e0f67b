"""A database that is locked, full, read-only or gone: who is answered what, and how soon."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, request_finished
from sqlalchemy import event, make_url, select, text, update
from sqlalchemy.exc import OperationalError

from booking.domain.permissions import Role
from booking.foundation import clock, outages
from booking.foundation import db as db_db
from booking.foundation.db import db, transaction
from booking.foundation.web.models import WebSession
from booking.people.schools.models import Person
from tests import postgres
from tests.builders import events, schools
from tests.conftest import dispose
from tests.page import CheckedClient, check_page, soup, words

#: What a request may take at most, beside what it waits for locks.
SLOW_SECONDS = 3.5
DETAILS = {"name": "Grace Newname", "mobile": ""}
HOLD = """
import sys, {module} as sqlite
held = sqlite.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def answered_within(seconds: float) -> Iterator[None]:
    began = time.perf_counter()
    yield
    took = time.perf_counter() - began
    assert took < seconds, f"{took:.1f} s"


@pytest.fixture
def reader(app: Flask, db_session: Any) -> CheckedClient:
    """Provide the browser of a coordinator who was last seen some minutes ago."""
    events.make_event(title="Puzzle day")
    person = schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    browser = schools.as_(app, person)
    assert browser.get("/school/").status_code == 200
    with transaction() as unit:
        unit.execute(update(WebSession).values(last_seen_at=clock.now() - timedelta(minutes=5)))
    return browser  # type: ignore[return-value]


@pytest.fixture
def locked(
    app: Flask, db_session: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], None]]:
    """Let another process hold the database's write lock; the function lets it go."""
    monkeypatch.setattr(outages, "REQUEST_SECONDS", 0.6)
    db.session.rollback()
    path = make_url(app.config["DATABASE_URL"]).database
    program = HOLD.format(module=db_db.sqlite_driver().__name__)
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield holder.stdin.close
        holder.stdin.close()


def names() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Person.name)))


def last_seen() -> Any:
    db.session.rollback()
    return db.session.scalar(select(WebSession.last_seen_at))


def says(response: Any, heading: str) -> None:
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert words(check_page(response).h1) == heading


def test_nobody_waits_longer_than_people_do() -> None:
    assert outages.REQUEST_SECONDS + outages.EXTRA_SECONDS <= 10
    assert db_db.CONNECT_SECONDS <= 5


@pytest.mark.sqlite
def test_a_locked_database_is_read_as_ever_and_soon(reader, locked, client) -> None:
    with answered_within(SLOW_SECONDS):
        assert reader.get("/school/").status_code == 200
        assert client.get("/").status_code == 200
        assert client.get("/health/web").json == {"status": "ok"}
    before = last_seen()
    locked()

    reader.get("/school/")

    assert last_seen() > before


@pytest.mark.sqlite
def test_what_is_sent_to_a_locked_database_is_refused_once_and_can_be_sent_again(
    reader, locked
) -> None:
    with answered_within(SLOW_SECONDS):
        says(reader.post("/account/details", data=DETAILS), "What you sent was not saved")
    locked()

    assert reader.post("/account/details", data=DETAILS).status_code == 303
    assert "Grace Newname" in names()


def test_the_first_page_of_somebody_who_signed_in_can_be_sent_during_an_outage(
    app, db_session
) -> None:
    person = schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    browser = app.test_client()
    schools.sign_in(browser, person.email)

    with browser.session_transaction() as session:
        assert session["csrf_token"]


@pytest.mark.sqlite
@pytest.mark.slow
def test_after_one_long_wait_in_vain_the_next_wait_only_briefly(
    reader, locked, monkeypatch
) -> None:
    monkeypatch.setattr(outages, "REQUEST_SECONDS", 3.0)
    monkeypatch.setattr(outages, "IN_VAIN_SECONDS", 2.0)
    monkeypatch.setattr(outages, "BRIEFLY_MS", 50)
    says(reader.post("/account/details", data=DETAILS), "What you sent was not saved")

    with answered_within(2.0):
        says(reader.post("/account/details", data=DETAILS), "What you sent was not saved")
    locked()
    assert reader.post("/account/details", data=DETAILS).status_code == 303


@pytest.mark.sqlite
def test_nobody_seems_signed_in_or_out_when_that_could_not_be_written(reader, locked) -> None:
    says(reader.post("/sign-out"), "What you sent was not saved")

    assert reader.get("/school/").status_code == 200


@pytest.mark.sqlite
def test_a_page_with_a_visitors_form_needs_no_database_to_be_shown(app, locked) -> None:
    with answered_within(SLOW_SECONDS):
        answer = app.test_client().get("/sign-in")

    assert answer.status_code == 200
    assert "visitor." in answer.headers["Set-Cookie"]


@pytest.mark.usefixtures("fresh_file")
@pytest.mark.sqlite
@pytest.mark.slow
def test_a_lock_that_shuts_readers_out_too_is_waited_for_once(
    reader, app, monkeypatch, request
) -> None:
    # An older SQLite keeps a rollback journal, whose lock lets nobody read.
    monkeypatch.setattr(db_db, "WAL_IS_SAFE_FROM", (99,))
    dispose(app)
    db.session.connection()
    request.getfixturevalue("locked")

    with answered_within(SLOW_SECONDS):
        says(reader.get("/school/"), "Closed for a short time")
    with answered_within(SLOW_SECONDS):
        says(app.test_client().get("/"), "Closed for a short time")
    with answered_within(SLOW_SECONDS):
        assert app.test_client().get("/health/web").json == {"status": "unwell"}


@contextmanager
def pragma(app: Flask, *statements: str) -> Iterator[None]:
    """Make every new connection one that has been told these things."""

    def tell(connection: Any, _record: Any) -> None:
        for statement in statements:
            connection.execute(statement)

    dispose(app)
    engine = db.engine
    event.listen(engine, "connect", tell)
    try:
        yield
    finally:
        event.remove(engine, "connect", tell)
        db.session.rollback()
        dispose(app)


@pytest.mark.usefixtures("fresh_file")
@pytest.mark.sqlite
@pytest.mark.parametrize(
    "fault",
    ["PRAGMA query_only=1", "PRAGMA max_page_count=1"],
    ids=["read-only", "full"],  # SQLite says the same of a file that cannot be written or grow
)
def test_a_full_or_read_only_database_is_read_and_recovers_by_itself(
    reader, client, app, fault
) -> None:
    longer = [{"name": f"Grace {number} {'N' * 60}", "mobile": ""} for number in range(60)]
    with pragma(app, fault), answered_within(SLOW_SECONDS):
        assert reader.get("/school/").status_code == 200
        assert client.get("/").status_code == 200
        assert client.get("/sign-in").status_code == 200
        sent = [reader.post("/account/details", data=each) for each in longer]
        assert {answer.status_code for answer in sent} <= {303, 503}
        says(sent[-1], "What you sent was not saved")

    assert reader.post("/account/details", data=DETAILS).status_code == 303


def unreachable_app(make_app: Callable[..., Flask], port: int) -> Flask:
    url = f"postgresql+psycopg://fairplace@127.0.0.1:{port}/fairplace"
    return make_app(DATABASE_URL=url)


def answers(app: Flask) -> list[Any]:
    """Return what somebody with a cookie gets, and somebody without: GET, POST and a program."""
    found = []
    for cookie in ("", "of-a-session"):
        browser = app.test_client()
        if cookie:
            browser.set_cookie("sid", cookie)
        found += [
            browser.get("/"),
            browser.get("/school/" if cookie else "/reset"),
            browser.post("/sign-in", data={"email": "x@y.example"}, csrf=False),
            browser.get("/health/web"),
            browser.get("/no-such-page"),
        ]
    return found


def test_a_server_that_has_stopped_is_told_to_everybody_at_once(make_app) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # nobody listens there
        app = unreachable_app(make_app, unused.getsockname()[1])
        with answered_within(SLOW_SECONDS):
            found = answers(app)

    statuses = [answer.status_code for answer in found]
    assert statuses == [503, 503, 400, 503, 404, *[503] * 5]
    assert all(a.headers["Retry-After"] == "10" for a in found if a.status_code == 503)
    told = [answer.json["status"] for answer in found if answer.is_json]
    assert told == ["unwell", "database unavailable"]


@pytest.mark.slow
def test_a_server_that_never_answers_is_given_up_after_a_moment(make_app, monkeypatch) -> None:
    monkeypatch.setattr(db_db, "CONNECT_SECONDS", 2)  # the least that PostgreSQL takes
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        app = unreachable_app(make_app, silent.getsockname()[1])
        browser = app.test_client()
        browser.set_cookie("sid", "of-a-session")
        with answered_within(db_db.CONNECT_SECONDS + SLOW_SECONDS):
            says(browser.get("/"), "Closed for a short time")


@pytest.mark.postgres
def test_a_server_that_starts_again_is_not_noticed_and_one_that_stops_is(make_app) -> None:
    cluster = postgres.Cluster(postgres.binaries())
    try:
        app = make_app(DATABASE_URL=cluster.start().render_as_string(hide_password=False))
        with app.app_context():
            db.create_all()
        browser = app.test_client()
        assert browser.get("/").status_code == 200
        form = soup(browser.get("/sign-in")).find("input", {"name": "csrf_token"})
        assert browser.get_cookie("sid") is not None

        with app.app_context(), db.engine.begin() as connection:
            # A crash may lose the last moments: this server does not wait for the disk.
            connection.execute(text("CHECKPOINT"))
        cluster.restart()
        assert browser.get("/").status_code == 200
        assert browser.get("/sign-in").status_code == 200
    finally:
        cluster.remove()
    with answered_within(SLOW_SECONDS):
        says(browser.get("/sign-in"), "Closed for a short time")
        says(app.test_client().get("/"), "Closed for a short time")
        typed = {"csrf_token": form["value"], "email": "ann@hollow-lane.example", "password": "-"}
        says(browser.post("/sign-in", data=typed, csrf=False), "What you sent was not saved")


@pytest.mark.postgres
def test_a_row_that_somebody_holds_is_waited_for_only_so_long(reader, monkeypatch) -> None:
    monkeypatch.setattr(outages, "REQUEST_SECONDS", 0.6)
    db.session.rollback()
    with db.engine.begin() as elsewhere:
        elsewhere.execute(select(WebSession.id).with_for_update())
        with answered_within(SLOW_SECONDS):
            assert reader.get("/school/").status_code == 200
            # That somebody signed out is recorded before the session itself is ended.
            says(reader.post("/sign-out"), "We cannot tell whether this was saved")

    assert reader.post("/sign-out").status_code == 303


def test_whoever_has_been_answered_does_not_notice_that_closing_fails(client, app) -> None:
    answered = []

    def fail(_connection: Any) -> None:
        if answered:
            raise OperationalError("ROLLBACK", {}, Exception("the server is gone"))

    def note(_app: Flask, response: Any) -> None:
        answered.append(response.status_code)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "rollback", fail)
    try:
        with request_finished.connected_to(note, app):
            assert client.get("/calendar").status_code == 200
    finally:
        event.remove(engine, "rollback", fail)

    assert answered == [200]
    assert client.get("/calendar?again").status_code == 200


def test_an_outage_that_begins_once_the_session_was_read_is_told_without_asking_again(
    reader, app
) -> None:
    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "FROM people" in statement:
            raise OperationalError(statement, {}, Exception("server closed the connection"))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", fail)
    try:
        answer = reader.get("/school/")
    finally:
        event.remove(engine, "before_cursor_execute", fail)

    says(answer, "Closed for a short time")
    assert reader.get("/school/").status_code == 200
