"""Everybody invited is e-mailed, once each, with an entry for their calendar."""

from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from tests.builders import schools
from tests.builders.meetings import answer, cancel, change, make_meeting
from tests.features.on_the_day.calendars.clients import PARSERS

LINK = "https://meet.example/our-room"


def mails(template):
    statement = select(Message).where(Message.template == template).order_by(Message.id)
    return list(db.session.scalars(statement))


def entry_of(mail):
    """Return the entry in the file that goes with a mail."""
    assert mail.attachment_type == "text/calendar; method=PUBLISH"
    calendar = icalendar.Calendar.from_ical(mail.attachment)
    assert calendar["METHOD"] == "PUBLISH"
    [entry] = calendar.walk("VEVENT")
    assert "ORGANIZER" not in entry, "no client mails replies"
    return entry


def test_whoever_is_invited_gets_an_invitation_with_the_entry(meeting, guest):
    schools.make_person(role=Role.AUDITOR)

    [mail] = mails("meeting_called")

    assert (mail.recipient, mail.subject) == (guest.email, "Invitation: Spring meeting")
    for said in ("Town Hall, Netherwick", "4pm to 5:30pm", "2. Any other business"):
        assert said in mail.text
    assert f"/meetings/{meeting.public_id}" in mail.text
    assert mail.keep_until == meeting.ends_at
    entry = entry_of(mail)
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == (meeting.uid, 0, "CONFIRMED")


def test_a_change_is_told_at_once_with_what_changed_and_a_risen_sequence(meeting, guest):
    answer(meeting, guest)

    change(meeting, venue="Library", link=LINK)

    [mail] = mails("meeting_changed")
    assert mail.recipient == guest.email
    assert "has changed: the place, the link to join online." in mail.text
    assert "Your answer still stands." in mail.text
    assert LINK in mail.text
    entry = entry_of(mail)
    assert (entry["UID"], entry["SEQUENCE"]) == (meeting.uid, 1)
    assert (entry["LOCATION"], str(entry["CONFERENCE"])) == ("Library", LINK)


def test_another_time_asks_for_another_answer(meeting):
    hour = timedelta(hours=1)

    change(meeting, starts_at=meeting.starts_at + hour, ends_at=meeting.ends_at + hour)

    [mail] = mails("meeting_changed")
    assert "has changed: the day or time." in mail.text
    assert "please say again whether you will come" in mail.text
    assert "please say again whether you will come" in mail.html


def test_two_changes_are_two_mails_and_an_agenda_far_ahead_is_none(meeting):
    change(meeting, notes="Bring your figures.")
    assert mails("meeting_changed") == []

    change(meeting, venue="Library")
    change(meeting, venue="Town Hall")

    assert [entry_of(mail)["SEQUENCE"] for mail in mails("meeting_changed")] == [1, 2]


def test_an_agenda_within_a_day_is_told_because_calendars_show_it_too_late(meeting, time_machine):
    time_machine.move_to(meeting.starts_at - timedelta(hours=23))

    change(meeting, notes="Please use the back door.")

    [mail] = mails("meeting_changed")
    assert "has changed: the agenda and notes." in mail.text
    assert "Please use the back door." in mail.text


def test_whoever_is_invited_later_is_invited_and_not_told_of_a_change(meeting, guest):
    host = schools.make_person(role=Role.HOST, school=schools.make_school())

    change(meeting, venue="Library", roles=frozenset({Role.COORDINATOR, Role.HOST}))

    assert [mail.recipient for mail in mails("meeting_called")] == [guest.email, host.email]
    assert [mail.recipient for mail in mails("meeting_changed")] == [guest.email]


def test_a_cancellation_is_told_once_with_the_reason_and_the_same_uid(meeting, guest):
    cancel(meeting, "The hall is flooded.")

    [mail] = mails("meeting_cancelled")
    assert (mail.recipient, mail.subject) == (guest.email, "Cancelled: Spring meeting")
    assert "The hall is flooded." in mail.text
    entry = entry_of(mail)
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == (meeting.uid, 1, "CANCELLED")
    assert str(entry["DESCRIPTION"]).startswith("Cancelled: The hall is flooded.")


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
def test_three_parsers_read_the_file_alike(meeting, parser):
    change(meeting, link=LINK, title="Spring; meeting, 2\\3")
    [mail] = mails("meeting_changed")

    [read] = parser(mail.attachment)

    assert (read.uid, read.sequence, read.status) == (meeting.uid, 1, "CONFIRMED")
    assert (read.start, read.end) == (meeting.starts_at, meeting.ends_at)
    assert (read.summary, read.location) == ("Spring; meeting, 2\\3", "Town Hall, Netherwick")
    assert "2. Any other business" in read.description


def test_an_entry_at_a_school_says_where_the_school_is(guest):
    school = schools.make_school(easting=530000, northing=180000)

    make_meeting(host=school)

    [*_, mail] = mails("meeting_called")
    north, east = entry_of(mail)["GEO"].to_ical().split(";")
    assert (round(float(north), 2), round(float(east), 2)) == (51.5, -0.13)
