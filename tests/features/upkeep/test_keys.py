"""Everything encrypted is written anew under another key while the site runs."""

import base64
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from booking import create_app
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.encryption import field_keys
from booking.foundation.notifications.models import Message
from booking.foundation.settings import DEFAULT_FIELD_KEY
from booking.upkeep import doctor, encrypted, rolling

ROOT = Path(__file__).parents[3]
NEW = "new:" + base64.b64encode(b"another-field-key-of-32-bytes-ab").decode()
MESSAGES = Message.__table__


@pytest.fixture
def new_key(app):
    """Put a new key in front of the old one until the test is over."""
    yield lambda: field_keys.configure(f"{NEW},{DEFAULT_FIELD_KEY}")
    field_keys.configure(DEFAULT_FIELD_KEY)


def add(*keys, **values):
    with transaction() as unit:
        for key in keys:
            more = {"text": f"text of {key}", "attachment": b"\0" + key.encode(), **values}
            unit.add(Message(key=key, template="t", recipient="a@b.example", subject="s", **more))


def as_earlier_versions_wrote(key):
    """Let a mail be as it was before values were bound to their places."""
    with transaction() as unit:
        values = {"text": field_keys.encrypt(f"text of {key}".encode()), "key": key}
        unit.execute(text("UPDATE messages SET text = :text WHERE key = :key"), values)


def texts():
    db.session.rollback()
    rows = db.session.execute(select(Message.key, Message.text, Message.attachment))
    assert all(row.attachment == b"\0" + row.key.encode() for row in rows.all())
    return dict(db.session.execute(select(Message.key, Message.text)).all())


def beginnings():
    stored = db.session.scalars(select(encrypted.stored(MESSAGES.c.text)))
    return {found.rpartition(":")[0] for found in stored if found is not None}


def expected(*keys):
    return {key: f"text of {key}" for key in keys}


def test_everything_is_written_anew_and_can_be_read_without_the_old_key(
    db_session, new_key, app, monkeypatch
):
    monkeypatch.setattr(rolling, "BATCH_OF_FILES", 2)
    add("a", "b", "c", "d")
    as_earlier_versions_wrote("b")
    add("empty", text=None, attachment=b"\0empty")
    new_key()
    add("e")
    assert beginnings() == {"bound:dev", "dev", "bound:new"}
    assert encrypted.count() == (11, 9)
    assert doctor.keys().title == (
        "9 encrypted values are still under an older key, or of an earlier version"
    )

    said = app.test_cli_runner().invoke(args=["keys", "roll", "--json"])

    assert json.loads(said.stdout) == {"key": "new", "values": 9, "unreadable": 0}
    assert doctor.keys().story == "Nothing needs “dev” any more: take it out of FIELD_KEY."
    field_keys.configure(NEW)
    assert texts() == {**expected("a", "b", "c", "d", "e"), "empty": None}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "roll_keys")).one()
    assert entry.facts == {"key": "new", "values": 9, "unreadable": 0}
    again = app.test_cli_runner().invoke(args=["keys", "roll"])
    assert again.stdout == "Wrote 0 values anew, under the key 'new'.\n"


def test_the_site_reads_and_writes_meanwhile(db_session, new_key, monkeypatch):
    monkeypatch.setattr(rolling, "BATCH_OF_FILES", 1)
    add("a", "b", "c")
    new_key()

    def tell(_table, rows):
        assert texts().keys() >= expected("a", "b", "c").keys()
        add(f"during {rows}")

    rolling.roll(tell=tell)

    assert beginnings() == {"bound:new"}
    assert len(texts()) > 3


@pytest.mark.parametrize("guarded", [False, True])
def test_what_somebody_changes_at_the_same_moment_is_not_lost(
    db_session, new_key, monkeypatch, guarded
):
    add("a")
    new_key()
    [[row]] = list(rolling._batches(MESSAGES))
    anew = rolling._anew(MESSAGES, row)
    with transaction() as unit:
        unit.scalars(select(Message)).one().text = "typed just now"
    if not guarded:
        monkeypatch.setattr(rolling, "_as_read", lambda *_: [])
    with transaction():
        changed = rolling._change(MESSAGES, row, anew)

    assert changed is not guarded
    assert texts() == {"a": "typed just now" if guarded else "text of a"}
    rolling.roll()
    assert beginnings() == {"bound:new"}


def test_a_row_gets_a_seal_if_it_has_none(db_session, new_key):
    add("a")
    as_earlier_versions_wrote("a")
    with transaction() as unit:
        unit.execute(text("UPDATE messages SET seal = NULL, attachment = NULL"))
    new_key()

    assert rolling.roll().values == 1
    assert beginnings() == {"bound:new"}
    assert db.session.scalar(select(Message.text)) == "text of a"


def test_what_cannot_be_read_stays_as_it_is_and_is_said(db_session, new_key, app):
    add("a", "b", attachment=None)
    with transaction() as unit:
        unit.execute(text("UPDATE messages SET text = 'lost:AAAA' WHERE key = 'a'"))
    new_key()

    said = app.test_cli_runner().invoke(args=["keys", "roll"])

    assert said.exit_code == 1
    assert said.stdout == "Wrote 1 value anew, under the key 'new'.\n"
    assert "1 value could not be read: is an earlier key missing in FIELD_KEY?" in said.stderr
    assert beginnings() == {"lost", "bound:new"}


@pytest.mark.slow
@pytest.mark.sqlite
def test_killed_in_the_middle_it_goes_on_where_it_was(tmp_path, new_key):
    address, many = f"sqlite:///{tmp_path}/x.db", 3000
    app = create_app({"DATABASE_URL": address})
    with app.app_context():
        db.create_all()
        add(*map(str, range(many)), attachment=None)
        db.session.remove()
        environment = {
            **os.environ,
            "DATABASE_URL": address,
            "FIELD_KEY": f"{NEW},{DEFAULT_FIELD_KEY}",
        }
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "keys", "roll"]
        killed = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        while beginnings() == {"bound:dev"}:
            assert killed.poll() is None
            db.session.rollback()
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        db.session.rollback()

        new_key()
        left = encrypted.count()[1]
        assert 0 < left < many
        kept = dict(db.session.execute(select(Message.key, Message.text)).all())
        assert kept == expected(*map(str, range(many)))
        assert rolling.roll().values == left
        field_keys.configure(NEW)
        kept = dict(db.session.execute(select(Message.key, Message.text)).all())
        assert kept == expected(*map(str, range(many)))
        db.session.remove()
        db.engine.dispose()
