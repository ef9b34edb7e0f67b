"""Ways to sign in at the door, and to write down who came."""

import pytest
from werkzeug.datastructures import MultiDict

from booking.domain.permissions import Role
from tests.builders.schools import make_person, sign_in, sign_out
from tests.features.on_the_day.conftest import at
from tests.forms_on_pages import form_on, sent


@pytest.fixture
def as_person(client, time_machine):
    """Return a way to sign in as somebody on the day."""
    known = {}

    def go(role, school=None, *, days=0, **more):
        sign_out(client)
        time_machine.move_to(at(days), tick=False)
        key = (role, school.id if school else None)
        if key not in known:
            known[key] = make_person(role=role, school=school, **more)
        sign_in(client, known[key])
        return known[key]

    return go


@pytest.fixture
def as_host(as_person, host):
    """Return a way to sign in as the host's teacher on the day."""
    return lambda days=0: as_person(Role.HOST, host, days=days)


@pytest.fixture
def let_in(client, event):
    """Return a way to send the form at the door."""

    def go(school, name, *, instead_of=None, reason=""):
        path = f"/host/events/{event.slug}/door"
        typed = sent(
            form_on(client.get(path)),
            school=school.slug,
            name=name,
            instead_of=instead_of.public_id if instead_of else "",
            reason=reason,
        )
        return client.post(path, data=MultiDict(typed))

    return go
