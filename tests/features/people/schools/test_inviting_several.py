"""Several people invited at once: read line by line, all of them or nobody, and nobody twice."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.schools import service
from booking.people.schools.imports import colleagues
from booking.people.schools.models import Invitation, InvitationRole
from tests.builders import schools

SEVERAL, ASSOCIATES = "/school/colleagues/several", "/admin/people/invite-associates"
THREE = "Ada Bell, ada@x.example\nBen Cole, ben@x.example\nCy Dow, cy@x.example"


def invited():
    db.session.rollback()
    found = select(Invitation.email, InvitationRole.role, InvitationRole.institution)
    return [tuple(row) for row in db.session.execute(found.join(InvitationRole).order_by("email"))]


@pytest.fixture
def school(db_session):
    """Provide a school."""
    return schools.make_school()


@pytest.fixture
def inviter(app, school):
    """Provide the browser of its coordinator."""
    return schools.as_(app, schools.make_person(role=Role.COORDINATOR, school=school))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ada Bell, ADA@x.example", [(1, "Ada Bell", "ada@x.example", "")]),
        ("Name\tE-mail\nAda\tBell\tada@x.example\n", [(2, "Ada Bell", "ada@x.example", "")]),
        ("\n\nAda Bell <ada@x.example>\n", [(3, "Ada Bell", "ada@x.example", "")]),
        ('"Bell, Ada",ada@x.example', [(1, "Bell, Ada", "ada@x.example", "")]),
    ],
)
def test_a_line_is_a_name_and_an_address_as_typed_or_from_a_spreadsheet(typed, read):
    found = colleagues.read(typed, Role.STAFF)
    assert [(one.line, one.name, one.email, one.institution) for one in found] == read


def test_an_associates_institution_stands_after_the_address():
    [one] = colleagues.read("Bo Quist; b@x.example; Tallow Hill, Sixth Form", Role.ASSOCIATE)
    assert (one.name, one.institution) == ("Bo Quist", "Tallow Hill, Sixth Form")


@given(st.text(alphabet='ab@,;\t\n" <>.', max_size=80))
def test_whatever_is_pasted_is_read_or_refused_with_words(text):
    found = []
    with suppress(colleagues.LinesRefused):
        found = colleagues.read(text, Role.STAFF)
    assert all(one.name and "@" in one.email for one in found)
    assert len({one.email for one in found}) == len(found)


def test_a_coordinator_invites_three_members_of_staff_at_once(inviter):
    page = inviter.post(SEVERAL, data={"lines": THREE}, follow_redirects=True)
    assert "We have sent 3 invitations." in page.text
    assert invited() == [(f"{name}@x.example", Role.STAFF, "") for name in ("ada", "ben", "cy")]

    again = inviter.post(
        SEVERAL, data={"lines": f"{THREE}\nDi Eve, di@x.example"}, follow_redirects=True
    )
    assert "We have sent 1 invitation." in again.text
    assert "Nothing was sent to Ada Bell, Ben Cole and Cy Dow: invited before" in again.text
    assert len(invited()) == 4


def test_wrong_lines_are_said_by_number_and_nothing_is_written(inviter):
    typed = "Ada Bell, ada@x.example\nben@x.example\nCy Dow\nDi, di@.example\nAda, ada@x.example"
    page = inviter.post(SEVERAL, data={"lines": typed}, check=False)
    assert page.status_code == 422
    for words in (
        "Line 2: A name is missing",
        "Line 3: An e-mail address is missing",
        "Line 4: “di@.example” is not an e-mail address",
        "Line 5: Line 1 has the same address",
        "Cy Dow\n",
    ):
        assert words in page.text
    assert invited() == []


def test_whoever_cannot_be_invited_stops_them_all(inviter, school):
    closed = schools.make_person(role=Role.STAFF, school=school, name="Cl Osed")
    with transaction():
        service.disable_person(actor=COMMAND, now=clock.now(), person=closed)
    page = inviter.post(SEVERAL, data={"lines": f"{THREE}\nCl Osed, {closed.email}"}, check=False)
    assert "Line 4: Cl Osed’s account is closed." in page.text
    assert invited() == []


def test_whoever_works_at_another_school_waits_for_the_lead(inviter):
    other = schools.make_person(role=Role.HOST, school=schools.make_school(), name="Otto Other")
    page = inviter.post(
        SEVERAL,
        data={"lines": f"Otto, {other.email}\nAda Bell, ada@x.example"},
        follow_redirects=True,
    )
    assert "has the address of Otto, so we have asked the network lead" in page.text
    assert "We have sent 1 invitation." in page.text


def test_nobody_invites_staff_of_a_school_that_is_not_theirs(db_session, school):
    coordinator = schools.make_person(role=Role.COORDINATOR, school=school)
    schools.grant(coordinator, Role.HOST, elsewhere := schools.make_school())
    actor, now = schools.actor_of(coordinator), clock.now()
    with pytest.raises(service.NotYoursToGive), transaction():
        service.invite_several(
            actor=actor,
            now=now,
            people=colleagues.read(THREE, Role.STAFF),
            role=Role.STAFF,
            school=elsewhere,
        )
    with pytest.raises(service.NotYoursToGive), transaction():
        service.invite(
            actor=actor,
            now=now,
            email="ada@x.example",
            name="Ada",
            offers=[service.RoleOffer(Role.STAFF, elsewhere)],
        )
    assert invited() == []


def test_the_lead_invites_associates_each_with_an_institution(app, db_session):
    browser = schools.as_(app, schools.make_person(role=Role.LEAD))
    typed = "Bo Quist, b@x.example, Tallow Hill College\nCy Dow, cy@x.example"
    refused = browser.post(ASSOCIATES, data={"lines": typed}, check=False)
    assert "Line 2: Say which institution" in refused.text
    assert invited() == []
    browser.post(ASSOCIATES, data={"lines": f"{typed}, The Museum"})
    assert invited() == [
        ("b@x.example", Role.ASSOCIATE, "Tallow Hill College"),
        ("cy@x.example", Role.ASSOCIATE, "The Museum"),
    ]
