"""The host says who helps on the day; they see the roster and register around it, and no more."""

import re

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation.notifications.models import Message
from booking.people.schools import queries as school_queries
from tests.builders.rosters import expect_pupil
from tests.builders.schools import make_person, sign_in, sign_out
from tests.page import soup, words

PASSWORD = "seven purple walruses"


def url(event):
    return f"/host/events/{event.slug}/day-staff"


def invite(client, event, name="Grace Helper", email="grace@helpers.example"):
    return client.post(url(event), data={"name": name, "email": email})


PASSWORD = "seven purple walruses"


@pytest.fixture
def invited(client, event, school, as_host, db_session):
    """Return the link that day staff were sent, a week before the event."""
    expect_pupil(event=event, school=school, forename="Amara")
    as_host(days=-7)
    assert invite(client, event).status_code == 303
    mail = db_session.scalars(select(Message).order_by(Message.id.desc())).first()
    return re.search(r"/invitations/\S+", mail.text)[0]


def test_a_helper_takes_the_register_on_the_day(app, client, event, as_host, invited):
    helper = app.test_client()
    helper.post(invited, data={"name": "Grace Helper", "password": PASSWORD})
    assert "Grace Helper" in words(soup(client.get(url(event))).find("table"))

    as_host(days=0)
    sign_in(helper, school_queries.person_by_email("grace@helpers.example"), PASSWORD)
    page = helper.get(f"/host/events/{event.slug}/register")
    assert "Amara Pupil" in words(soup(page).find("main"))
    assert helper.get(url(event)).status_code == 404
    assert helper.get(f"/host/events/{event.slug}/edit").status_code == 404


def test_a_helper_taken_off_is_out_at_once(app, client, event, as_host, invited):
    helper = app.test_client()
    helper.post(invited, data={"name": "Grace Helper", "password": PASSWORD})
    (grant,) = school_queries.day_staff(event.id)
    as_host(days=0)

    client.post(f"/host/day-staff/{grant.public_id}/remove")

    assert school_queries.day_staff(event.id) == []
    assert helper.get(f"/host/events/{event.slug}/register").status_code != 200


def test_an_invitation_is_taken_back(app, client, event, invited):
    (invitation,) = school_queries.open_day_staff_invitations(event.id)

    client.post(f"/host/day-staff/invitations/{invitation.public_id}/withdraw")

    assert school_queries.open_day_staff_invitations(event.id) == []
    assert "Create your account" not in app.test_client().get(invited, check=False).text


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": ""}, "name"),
        ({"email": "grace"}, "is not an e-mail address"),
    ],
)
def test_a_wrong_invitation_is_refused_beside_the_field(client, event, as_host, wrong, error):
    as_host(days=-7)
    response = invite(client, event, **wrong)

    assert response.status_code == 422
    assert error in words(soup(response).find("main"))
    assert school_queries.open_day_staff_invitations(event.id) == []


def test_other_schools_have_no_day_staff_here(client, event, school, as_host, invited):
    sign_out(client)
    sign_in(client, make_person(role=Role.HOST, school=school))
    (invitation,) = school_queries.open_day_staff_invitations(event.id)

    assert client.get(url(event)).status_code == 404
    answer = client.post(f"/host/day-staff/invitations/{invitation.public_id}/withdraw")
    assert answer.status_code == 404
    assert len(school_queries.open_day_staff_invitations(event.id)) == 1
