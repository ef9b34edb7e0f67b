"""A head's link pressed twice decides once; two leads introduce once."""

import pytest

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.network.directory import locks as directory_locks
from booking.network.directory import queries as directory_queries
from booking.network.directory import service as directory_service
from booking.network.directory.models import Expertise, HelpLink
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


def test_without_the_lock_both_answers_would_count(app, offered, monkeypatch):
    _, hashed = offered
    both_read = meeting(lambda offer_id: db.session.get_one(Expertise, offer_id), 2)
    monkeypatch.setattr(directory_locks, "offer", both_read)
    results = together(app, [deciding(hashed, True), deciding(hashed, True)])
    assert "NominationDecided" not in errors(results)
