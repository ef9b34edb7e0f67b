"""The papers of a meeting: added by the lead, read by everybody who is invited."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.domain.permissions import COMMAND, Role
from booking.foundation.db import db
from booking.foundation.files.details import FileFacts
from booking.foundation.files.models import AttachedFile, FileAudience
from booking.network.meetings import shelf
from booking.upkeep import purging
from tests.builders import files, schools
from tests.page import soup, text


@pytest.fixture
def browser(app):
    """Provide a way to have a browser in which a person is signed in."""
    return lambda person: schools.as_(app, person)


def test_the_lead_adds_papers_and_those_invited_read_them(browser, meeting, guest):
    lead, here = browser(schools.make_person(role=Role.LEAD)), f"/meetings/{meeting.public_id}"
    keep = f"/files/of/meeting/{meeting.public_id}/"
    assert soup(lead.get(here)).find("a", href=keep)
    for label, audience in (("Agenda papers", "coming"), ("Zqdraft", "hosts")):
        data = {
            "file": (io.BytesIO(files.pdf(label)), "a.pdf"),
            "label": label,
            "audience": audience,
        }
        assert lead.post(keep, data=data).status_code == 303
    page = text(lead.get(keep))
    assert "The files of the network take up" in page
    assert "Send it with the invitation" not in page

    guests = browser(guest)
    page = guests.get(here)
    assert "Zqdraft" not in page.text
    link = soup(page).find("a", string="Agenda papers")["href"]
    assert guests.get(link, check=False).data == files.pdf("Agenda papers")
    assert guests.get(keep, check=False).status_code == 404
    stranger = browser(schools.make_person(role=Role.TREASURER))
    assert stranger.get(link, check=False).status_code == 404
    hidden = db.session.scalars(
        select(AttachedFile.public_id).where(AttachedFile.label == "Zqdraft")
    ).one()
    db.session.rollback()
    assert guests.get(f"/files/{hidden}", check=False).status_code == 404


def test_papers_stay_with_the_minutes_for_six_years(meeting):
    owner = shelf.of_meeting(meeting, actor=COMMAND)
    facts = FileFacts("Budget", FileAudience.COMING)
    files.put_to(owner, name="a.pdf", content=files.pdf(), facts=facts)
    over = meeting.ends_at

    def kept(at):
        purging.purge(at)
        return db.session.scalar(select(func.count()).select_from(AttachedFile))

    assert kept(over + timedelta(days=6 * 365 + 1)) == 1
    assert kept(over + timedelta(days=6 * 365 + 2)) == 0  # two leap years
