"""A meeting of a circle: its people are invited by name, and whoever leads it keeps it."""

from datetime import timedelta

import pytest

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.network.meetings import ports, queries, service
from booking.network.meetings.models import MeetingGuest
from booking.upkeep import purging
from tests.builders import meetings, schools
from tests.page import soup, words

CIRCLE = "group:one"


@pytest.fixture
def people(db_session):
    """Provide a leader, a member, somebody else and the lead."""
    school = schools.make_school(name="Ashdale School")
    names = ("leader", "member", "other")
    made = {each: schools.make_person(role=Role.STAFF, school=school, name=each) for each in names}
    return made | {"lead": schools.make_person(role=Role.LEAD)}


@pytest.fixture
def meeting(people):
    """Provide a meeting that the leader called, while the leader leads."""
    leader = people["leader"].id
    with (
        ports.keeps_circle.instead(lambda *, circle, actor: actor.person_id == leader),
        ports.circle_title.instead(lambda *, circle: "the group “Chess”"),
    ):
        with transaction():
            made = service.call(
                actor=schools.actor_of(people["leader"]),
                now=clock.now(),
                details=meetings.details(circle=CIRCLE, roles=frozenset()),
                guest_ids=[leader, people["member"].id],
            )
        yield made


def invited(meeting):
    db.session.rollback()
    return {person.name for person in db.session.scalars(queries.guests(meeting))}


def test_its_people_are_invited_by_name_and_nobody_else(browser_of, people, meeting):
    assert invited(meeting) == {"leader", "member"}
    here = f"/meetings/{meeting.public_id}"

    page = words(soup(browser_of(people["member"]).get(here)).select_one("main"))
    assert "Everybody in the group “Chess”" in page
    assert browser_of(people["other"]).get(here).status_code == 404
    assert browser_of(people["other"]).post(f"{here}/answer").status_code == 404


def test_whoever_leads_it_changes_and_cancels_it(browser_of, people, meeting):
    here = f"/meetings/{meeting.public_id}"
    for act in ("/change", "/cancel"):
        assert browser_of(people["member"]).get(here + act).status_code == 404
    leader = browser_of(people["leader"])
    form = soup(leader.get(f"{here}/change"))
    assert form.select("[name=audience], [name=roles]") == []
    sent = {each["name"]: each.get("value", "") for each in form.select("main form input")}
    sent |= {"notes": "Bring clocks.", "kind": "other", "host_school_id": "0"}

    assert leader.post(f"{here}/change", data=sent | {"venue": "Hall"}).status_code == 303
    db.session.refresh(meeting)
    assert (meeting.notes, meeting.circle) == ("Bring clocks.", CIRCLE)
    assert leader.post(f"{here}/cancel", data={"reason": "Snow"}).status_code == 303
    assert invited(meeting) == {"leader", "member"}


def test_whoever_joins_is_invited_and_whoever_leaves_is_not(people, meeting):
    with transaction():
        service.invite(now=clock.now(), circle=CIRCLE, person=people["other"])
        service.invite(now=clock.now(), circle=CIRCLE, person=people["other"])
        service.let_go(now=clock.now(), circle=CIRCLE, person_id=people["member"].id)

    assert invited(meeting) == {"leader", "other"}


def test_guests_are_forgotten_with_the_answers(people, meeting):
    purging.purge(clock.now() + timedelta(days=300))
    assert invited(meeting) == {"leader", "member"}
    purging.purge(clock.now() + timedelta(days=500))
    assert db.session.query(MeetingGuest).count() == 0
