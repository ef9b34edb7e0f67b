"""Before a published event is changed, its host reads how many people hear of it."""

import pytest
from sqlalchemy import func, select

from booking.domain.permissions import Role
from booking.foundation.notifications.models import Message
from tests.builders import checkout, events, schools
from tests.forms_on_pages import form_on, sent
from tests.page import text


@pytest.fixture
def event(db_session):
    return events.make_event(host=schools.make_school(name="Host School"), places=4)


def test_a_host_reads_how_many_people_a_change_is_told(client, event, db_session):
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=event.host_school))
    edit = f"/host/events/{event.slug}/edit"
    assert "Nobody has places yet, so nobody is e-mailed" in text(client.get(edit))
    family = checkout.make_family(event)
    schools.make_person(role=Role.COORDINATOR, school=family.booking.school)

    page = client.get(edit)
    assert "is e-mailed at once to 1 coordinator and 1 parent." in text(page)
    client.post(edit, data=sent(form_on(page), venue="The gym"))

    told = select(func.count()).where(Message.template == "event_changed")
    assert db_session.scalar(told) == 2
