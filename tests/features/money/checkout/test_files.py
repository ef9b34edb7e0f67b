"""An event's files as a family meets them: with the invitation, and behind their private link."""

import pytest
from sqlalchemy import select

from booking.days.events import shelf
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.files import service as file_service
from booking.foundation.files.models import FileAudience
from booking.foundation.notifications import sending
from booking.foundation.notifications.models import Message
from tests.builders import checkout as families
from tests.builders import events, files
from tests.page import soup, text
from tests.postbox import serving

SAM = "sam.okoro@parents.example"


@pytest.fixture
def event(db_session):
    """Provide an event with a letter, a map too large for a mail, and what is for others."""
    event = events.make_event(places=12)
    files.put(event, label="Letter to parents", name="Brief.pdf", with_invitation=True)
    large = files.pdf("x" * files.MB)
    files.put(event, label="Map", content=large, with_invitation=True)
    files.put(event, label="Programme", audience=FileAudience.EVERYBODY)
    files.put(event, label="Zqrisks", audience=FileAudience.DAY_STAFF)
    files.put(event, label="Zqmembers", audience=FileAudience.MEMBERS)
    return event


def shown(client, family):
    """Return the files on the first page of a family's link, by label."""
    page = soup(client.get(family.url))
    return {
        link.get_text(): link["href"]
        for link in page.select("a")
        if "/files/" in link.get("href", "")
    }


def test_the_invitation_brings_what_is_small_and_names_what_is_not(app, client, event):
    families.make_family(event)
    queued = db.session.scalars(select(Message).where(Message.template == "invited")).one()
    assert "With this mail: Letter to parents.\n\nOn that page you also find: Map." in queued.text
    assert queued.attachment is None
    db.session.rollback()

    with serving() as (box, address):
        app.config["SMTP_URL"] = address
        sending.send_due()
        [mail] = [mail for mail in box.mails if mail["To"] == SAM]

    attached = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert attached == {"Brief.pdf": files.pdf("Letter to parents")}
    sent = db.session.scalars(select(Message).where(Message.template == "invited")).one()
    assert (sent.text, sent.files) == (None, None), "nothing of it is kept in the outbox"


def test_no_other_mail_carries_them_and_without_any_nothing_is_said(app, event, db_session):
    with transaction():
        for file in file_service.queries.all_of(shelf.of_event(event, actor=COMMAND)):
            file.with_invitation = False
    families.make_family(event)
    queued = db.session.scalars(select(Message).where(Message.template == "invited")).one()

    assert queued.files is None
    assert "With this mail" not in queued.text + queued.html
    assert "\n\nThe link above is private to you" in queued.text


def test_a_family_reads_what_is_for_those_who_come_as_long_as_they_do(client, event):
    family = families.make_family(event)
    found = shown(client, family)
    assert list(found) == ["Letter to parents", "Map", "Programme"]
    got = client.get(found["Letter to parents"], check=False)
    assert got.data == files.pdf("Letter to parents")
    assert (got.headers["Cache-Control"], got.headers["Referrer-Policy"]) == (
        "no-store",
        "no-referrer",
    )
    families.answer(family)
    assert list(shown(client, family)) == ["Letter to parents", "Map", "Programme"]
    assert "Zq" not in text(client.get(family.url))

    with transaction():
        db.session.get_one(Booking, family.booking.id).state = BookingState.WITHDRAWN
    assert client.get(found["Letter to parents"], check=False).status_code == 404
    assert client.get(found["Programme"], check=False).status_code == 200


def test_a_link_opens_no_file_of_another_event_or_for_others(client, event):
    family = families.make_family(event)
    other = files.put(events.make_event(title="Other"), audience=FileAudience.EVERYBODY)
    staff = files.put(event, label="Zqhosts", audience=FileAudience.HOSTS)

    for file in (other, staff):
        assert client.get(f"{family.url}/files/{file.public_id}", check=False).status_code == 404
    assert client.get(f"{family.url}/files/nothing", check=False).status_code == 404
    assert client.get(f"/parent/nobody/files/{staff.public_id}", check=False).status_code == 404
    assert clock.now() < family.booking.event.last_ends_at
