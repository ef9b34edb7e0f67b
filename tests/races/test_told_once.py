"""Two workers find the same thing wrong at once: the leads are told once, and nothing fails."""

from threading import Barrier

import pytest
from sqlalchemy import func, select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.notifications import render
from booking.foundation.notifications.models import Message
from booking.upkeep import mail as upkeep_mail
from booking.upkeep import queries as upkeep_queries
from booking.upkeep import service as upkeep
from booking.upkeep.details import Level, Sign
from booking.upkeep.models import JobRun
from tests.builders import schools
from tests.races.together import errors, together, writing

WRONG = [Sign("backup", Level.WATCH, "The last copy of the database is old")]


@pytest.fixture
def lead(app, db_session):
    """Provide a network with a lead."""
    schools.make_person(role=Role.LEAD)
    db_session.rollback()


@pytest.fixture
def side_by_side(monkeypatch):
    """Let both workers see that the lead has not been told, before either writes."""
    gate, written = Barrier(2), render.mail

    def wait(*told):
        gate.wait(30)
        return written(*told)

    monkeypatch.setattr(render, "mail", wait)


@pytest.fixture
def both_have_looked(monkeypatch):
    """Let both workers see that nobody has been told, before either writes that down."""
    gate, read = Barrier(2), upkeep_queries.alerts

    def look():
        found = read()
        gate.wait(30)
        return found

    monkeypatch.setattr(upkeep_queries, "alerts", look)


def mails():
    db.session.rollback()
    told = select(func.count()).select_from(Message).where(Message.template == "site_unwell")
    return db.session.scalar(told)


@pytest.mark.postgres
def test_without_the_guard_one_of_two_workers_fails(app, lead, side_by_side):
    work = writing(lambda: upkeep_mail.tell_leads(WRONG, now=clock.now()))

    assert errors(together(app, [work] * 2)) == ["IntegrityError"]


@pytest.mark.postgres
def test_two_workers_side_by_side_tell_the_lead_once(app, lead, both_have_looked):
    results = together(app, [lambda: upkeep.tell_leads(WRONG, now=clock.now())] * 2)

    assert sorted(results) == [0, 1]
    assert mails() == 1


def test_workers_at_once_tell_the_lead_once(app, lead):
    results = together(app, [lambda: upkeep.tell_leads(WRONG, now=clock.now())] * 4)

    assert sorted(results) == [0, 0, 0, 1]
    assert mails() == 1


def test_workers_that_write_down_the_same_job_do_not_fail(app, db_session):
    def beat():
        now, runner = clock.now(), upkeep.this_process()
        upkeep.begun(job="send mail", by=runner, now=now)
        upkeep.failed(job="send mail", by=runner, now=now, failure="OSError")

    assert errors(together(app, [writing(beat)] * 4)) == []
    db.session.rollback()
    assert db.session.scalar(select(JobRun.failures)) == 4
