"""Ways to sign in for the day, and to read what was printed."""

import io

import pypdf
import pytest

from booking.domain.permissions import Role
from tests.builders.schools import make_person, sign_in
from tests.features.on_the_day.conftest import at


@pytest.fixture
def as_host(client, host, time_machine):
    """Return a way to sign in as the host's teacher some days from the event."""
    person = make_person(role=Role.HOST, school=host)

    def go(days=0, hour=9):
        time_machine.move_to(at(days, hour), tick=False)
        sign_in(client, person)
        return person

    return go


@pytest.fixture
def fetch(client, event):
    """Return a way to fetch one of the event's PDFs, as its pages."""

    def go(path, status=200, of=event):
        response = client.get(f"/host/events/{of.slug}/{path}")
        assert response.status_code == status
        if status != 200:
            return []
        assert response.headers["Cache-Control"] == "no-store"
        found = pypdf.PdfReader(io.BytesIO(response.data)).pages
        return [" ".join(page.extract_text().split()) for page in found]

    return go
