"""Whoever oversees sees other schools' pupils with a reason, for a while, and they are told."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Grant, Role, Scope
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.on_the_day.glass.models import GlassOpening
from booking.upkeep import purging
from tests.builders.checkout import answer, make_family
from tests.builders.schools import as_, grant, make_person
from tests.features.on_the_day.conftest import at
from tests.page import soup, words

REASON = "The host is ill; who still comes?"


@pytest.fixture
def family(event, school):
    made = make_family(event, school=school)
    answer(made)
    return made


@pytest.fixture
def coordinator(school):
    return make_person(role=Role.COORDINATOR, school=school, name="Catherine Obi")


@pytest.fixture
def lead(app, family, coordinator, time_machine):
    time_machine.move_to(at(-10), tick=False)
    return as_(app, make_person(role=Role.LEAD, name="Lena Lead"))


def roster(event):
    return f"/host/events/{event.slug}/roster"


def test_the_roster_is_shut_until_there_is_a_reason_and_shuts_again(
    lead, event, family, time_machine
):
    way = lead.get(roster(event))
    assert way.status_code == 303
    way_in, _, on_to = way.location.partition("?next=")
    assert (way_in, unquote(on_to)) == (f"/host/events/{event.slug}/open", roster(event))
    assert lead.get(f"{roster(event)}.csv").status_code == 303
    refused = lead.post(way.location, data={"reason": "because"})
    assert refused.status_code == 422
    assert "Say in 10 to 200 characters" in refused.text

    opened = lead.post(way.location, data={"reason": REASON})

    assert (opened.status_code, opened.location) == (303, roster(event))
    assert family.booking.pupil.surname in lead.get(roster(event)).text
    time_machine.move_to(at(-10).replace(minute=14), tick=False)
    assert lead.get(roster(event)).status_code == 200
    time_machine.move_to(at(-10).replace(minute=15), tick=False)
    assert lead.get(roster(event)).status_code == 303


def test_the_home_school_is_told_at_once_by_mail_on_its_home_page_and_in_its_history(
    app, lead, event, coordinator, family
):
    lead.post(f"/host/events/{event.slug}/open", data={"reason": REASON})

    [mail] = db.session.scalars(select(Message).where(Message.template == "glass_opened"))
    assert (mail.recipient, REASON in mail.text) == (coordinator.email, False)
    at_school = as_(app, coordinator)
    assert "Lena Lead looked at your pupils at Puzzle day" in at_school.get("/school/").text
    opening = db.session.scalars(select(GlassOpening)).one()
    page = words(soup(at_school.get(f"/school/openings/{opening.public_id}")).find("main"))
    assert REASON in page
    told = words(soup(at_school.get("/school/history")).find("main"))
    assert "opened the pupils of" in told
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "open_pupils")).one()
    assert (entry.facts, entry.reason) == ({"event_id": event.id}, "")


def test_opening_twice_tells_once(lead, event, family):
    for _ in range(2):
        lead.post(f"/host/events/{event.slug}/open", data={"reason": REASON})

    assert len(db.session.scalars(select(GlassOpening)).all()) == 1
    mails = select(Message).where(Message.template == "glass_opened")
    assert len(db.session.scalars(mails).all()) == 1


def test_who_opened_it_opened_nothing_for_another(app, lead, event, family):
    lead.post(f"/host/events/{event.slug}/open", data={"reason": REASON})

    assert as_(app, make_person(role=Role.AUDITOR)).get(roster(event)).status_code == 303


def test_the_host_and_whoever_coordinates_all_the_pupils_need_none(
    app, as_host, client, event, family, school, time_machine
):
    as_host(-10)
    assert client.get(roster(event)).status_code == 200
    both = make_person(role=Role.LEAD)
    grant(both, Role.COORDINATOR, school)
    assert as_(app, both).get(roster(event)).status_code == 200


def test_the_reason_goes_after_sixty_days(lead, event, family):
    lead.post(f"/host/events/{event.slug}/open", data={"reason": REASON})
    purging.purge(now=at(49))
    assert len(db.session.scalars(select(GlassOpening)).all()) == 1

    purging.purge(now=at(51))

    assert db.session.scalars(select(GlassOpening)).all() == []


GRANTS = st.builds(
    Grant,
    st.sampled_from(list(Role)),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, 7]),
)


@given(st.frozensets(GRANTS, max_size=4), st.sampled_from(list(Action)))
def test_a_glass_never_stands_before_who_may_anyway_and_lets_nobody_else_in(grants, action):
    actor, scope = Actor(person_id=5, grants=grants), Scope(1, 7)
    rule = permissions.RULES[action]
    without = Actor(
        person_id=5, grants=frozenset(each for each in grants if each.role not in rule.glass)
    )

    needs = permissions.needs_glass(actor, action, scope)

    assert permissions.may(actor, action, scope) == (
        needs or permissions.may(without, action, scope)
    )
    assert not (needs and permissions.may(without, action, scope))
