"""A head's link pressed twice decides once; two leads introduce once."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from booking.domain.helping import LinkState
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.network.directory import locks as directory_locks
from booking.network.directory import queries as directory_queries
from booking.network.directory import service as directory_service
from booking.network.directory.models import Expertise, HelpLink
from booking.network.directory.service import asking_heads
from tests.builders import directory, schools
from tests.races.together import errors, meeting, together, writing


@pytest.fixture
def offered(app, db_session):
    """An offer whose head was asked, and the hash of the link."""
    home = directory.name_head(schools.make_school())
    person = schools.make_person(role=Role.HOST, school=home)
    offer = directory.offer(person, home)
    hashed = directory_queries.open_nomination(offer.id, clock.now()).token_hash
    found = offer.id, hashed
    db_session.rollback()
    return found


def deciding(hashed, said_yes):
    said = {"hashed": hashed, "said_yes": said_yes}
    return writing(lambda: directory_service.decide_by_link(now=clock.now(), **said).id)


def test_a_heads_link_pressed_twice_at_once_decides_once(app, offered):
    _, hashed = offered
    results = together(app, [deciding(hashed, True), deciding(hashed, False)])
    assert errors(results) == ["NominationDecided"]
    assert len(directory.mails("expertise_news")) == 1


@pytest.fixture
def asked(app, db_session):
    """A link that waits for the lead, and two leads."""
    home = schools.make_school()
    asker = schools.make_person(role=Role.COORDINATOR, school=home)
    link = directory.ask(asker, home, directory.listed(schools.make_school()))
    leads = [schools.actor_of(schools.make_person(role=Role.LEAD)) for _ in range(2)]
    found = link.id, leads
    db_session.rollback()
    return found


def introducing(link_id, actor):
    return writing(
        lambda: directory_service.introduce(
            actor=actor, now=clock.now(), link=db.session.get_one(HelpLink, link_id)
        )
    )


def test_two_leads_introduce_once(app, asked):
    link_id, leads = asked
    results = together(app, [introducing(link_id, actor) for actor in leads])
    assert errors(results) == ["MoveNotAllowed"]
    assert len(directory.mails("help_introduced")) == 2
    assert len(introductions()) == 1


def is_sqlite():
    """Return whether the database is one whose transaction is a lock of its own."""
    return db.engine.dialect.name == "sqlite"


def test_without_the_lock_both_answers_would_count(app, offered, monkeypatch):
    _, hashed = offered

    def unlocked(offer_id):
        return db.session.get_one(Expertise, offer_id)

    both_are_here, close = meeting(lambda: None, 2), asking_heads.close

    def close_together(offer, *, now):
        both_are_here()
        close(offer, now=now)

    if not is_sqlite():
        monkeypatch.setattr(asking_heads, "close", close_together)
    monkeypatch.setattr(directory_locks, "offer", unlocked)
    results = together(app, [deciding(hashed, True), deciding(hashed, True)])
    assert errors(results) == (["NominationDecided"] if is_sqlite() else [])


def introductions():
    db.session.rollback()
    found = select(AuditEntry).where(AuditEntry.action == "introduce_link")
    return list(db.session.scalars(found))


def as_asked(link_id):
    """Return a link as two leads read it, who opened its page before either introduced."""
    found = db.session.get_one(HelpLink, link_id)
    set_committed_value(found, "state", LinkState.ASKED)
    return found


def test_without_the_lock_two_leads_would_both_introduce(app, asked, monkeypatch):
    link_id, leads = asked
    monkeypatch.setattr(directory_locks, "link", as_asked if is_sqlite() else meeting(as_asked, 2))
    results = together(app, [introducing(link_id, actor) for actor in leads])
    assert errors(results) == []
    assert len(introductions()) == 2
