"""Meetings in private calendars: whose, how they are shown, and that each change moves the mark."""

from datetime import timedelta

import icalendar
import pytest
from hypothesis import given, settings

from booking.days.events import ical as event_ical
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.network.meetings import ical
from booking.network.meetings.models import Answer, Meeting, MeetingKind, MeetingRole
from booking.people.schools.models import School
from tests.builders import events, schools
from tests.builders.calendars import entries, make_feed, titles
from tests.builders.meetings import answer, cancel, change, make_meeting
from tests.features.on_the_day.calendars.clients import PARSERS
from tests.features.on_the_day.calendars.test_any_text import BASE_URL, TEXT, lines_of, names_of


@pytest.fixture
def token(guest):
    """Provide the token of the coordinator's calendar."""
    return make_feed(guest)[1]


def of_person(client, token):
    """Return (status, transparency, sequence) of each meeting in a calendar."""
    return [
        (str(entry["STATUS"]), str(entry["TRANSP"]), int(entry["SEQUENCE"]))
        for entry in entries(client, token)
    ]


def test_a_meeting_is_in_the_calendars_of_those_invited_and_of_the_lead(client, meeting, token):
    lead = make_feed(schools.make_person(role=Role.LEAD))[1]
    auditor = make_feed(schools.make_person(role=Role.AUDITOR))[1]

    assert titles(client, token) == ["Spring meeting"]
    assert titles(client, lead) == ["Spring meeting"]
    assert titles(client, auditor) == []


def test_the_answer_says_whether_it_is_certain_and_keeps_one_busy(client, meeting, guest, token):
    assert of_person(client, token) == [("TENTATIVE", "OPAQUE", 0)]
    answer(meeting, guest)
    assert of_person(client, token) == [("CONFIRMED", "OPAQUE", 0)]
    answer(meeting, guest, Answer.NOT_COMING)
    assert of_person(client, token) == [("CONFIRMED", "TRANSPARENT", 0)]


def test_the_lead_who_called_it_is_there(client, meeting):
    lead = make_feed(schools.make_person(role=Role.LEAD))[1]

    assert of_person(client, lead) == [("CONFIRMED", "OPAQUE", 0)]


def test_a_training_session_for_everybody_is_in_private_calendars_only(client, token):
    make_meeting(title="Philosophy evening", kind=MeetingKind.TRAINING, for_everybody=True)
    treasurer = make_feed(schools.make_person(role=Role.TREASURER))[1]

    assert titles(client, treasurer) == titles(client, token) == ["Philosophy evening"]
    assert "Philosophy evening" not in client.get("/calendar/network.ics").text
    [entry] = entries(client, treasurer)
    assert entry["CATEGORIES"].to_ical() == b"Training session (CPD)"


def test_every_change_is_seen_and_nothing_else_is(client, meeting, guest, token):
    address = f"/calendar/feeds/{token}.ics"

    def moves(act):
        known = {"If-None-Match": client.get(address).headers["ETag"]}
        assert client.get(address, headers=known).status_code == 304
        act()
        return client.get(address, headers=known).status_code == 200

    assert moves(lambda: change(meeting, venue="Library"))
    assert moves(lambda: change(meeting, notes="Bring your figures."))
    assert moves(lambda: answer(meeting, guest))
    assert moves(lambda: cancel(meeting))
    assert not moves(lambda: make_meeting(roles=frozenset({Role.TREASURER})))


def test_a_change_keeps_the_uid_and_raises_the_sequence(client, meeting, token):
    change(meeting, venue="Library")

    [entry] = entries(client, token)
    assert (entry["UID"], entry["SEQUENCE"], entry["LOCATION"]) == (meeting.uid, 1, "Library")


def test_a_cancelled_meeting_is_told_for_thirty_days(client, meeting, token, time_machine):
    cancel(meeting)
    assert of_person(client, token) == [("CANCELLED", "OPAQUE", 1)]

    time_machine.move_to(meeting.cancelled_at + timedelta(days=29))
    assert of_person(client, token) == [("CANCELLED", "OPAQUE", 1)]
    time_machine.move_to(meeting.cancelled_at + timedelta(days=30, seconds=1))
    assert of_person(client, token) == []


def test_whoever_gives_the_post_up_no_longer_sees_it(client, meeting, guest, token):
    from booking.foundation.db import transaction

    with transaction():
        for grant in guest.grants:
            db.session.delete(grant)

    assert titles(client, token) == []


def test_meetings_can_be_left_out(client, meeting, guest):
    token = make_feed(guest, leaves_out=["meetings", "school_days"])[1]
    schools.sign_in(client, guest)

    assert titles(client, token) == []
    page = client.get("/account/feeds").text
    assert "Tentative until you say whether you will come." in page


def test_a_calendar_takes_as_many_queries_for_one_meeting_as_for_many(
    client, meeting, token, count_queries
):
    address = f"/calendar/feeds/{token}.ics"

    def queries_of():
        client.get(address)  # notes that it was fetched
        make_meeting(host=schools.make_school())
        with count_queries() as found:
            client.get(address)
        return len(found)

    one = queries_of()
    for _ in range(3):
        make_meeting(host=schools.make_school())

    assert queries_of() == one


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
@pytest.mark.parametrize("month", [1, 7], ids=["winter", "summer"])
def test_three_parsers_read_a_calendar_to_the_same_instants(client, token, parser, month):
    year = clock.today().year + (month < clock.today().month)
    starts_at = events.london(year, month, 14, 16)
    meeting = make_meeting(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))

    [read] = parser(client.get(f"/calendar/feeds/{token}.ics").data)

    assert (read.uid, read.start, read.end) == (meeting.uid, meeting.starts_at, meeting.ends_at)
    assert read.location == "Town Hall, Netherwick"


@given(title=TEXT, venue=TEXT, notes=TEXT, reason=TEXT, school=TEXT)
@settings(max_examples=100)
def test_text_in_every_field_never_breaks_or_injects_a_line(title, venue, notes, reason, school):
    at = events.london(2027, 6, 11, 16)
    meeting = Meeting(
        public_id="any",
        uid="7d1f",
        kind=MeetingKind.OTHER,
        title=title,
        venue=venue,
        notes=notes,
        link="https://meet.example/a,b;c",
        starts_at=at,
        ends_at=at + timedelta(hours=1),
        called_at=at,
        modified_at=at,
        sequence=3,
        cancelled_at=at,
        cancelled_reason=reason,
        for_everybody=False,
        host_school=School(name=school, address="", town="", postcode=""),
        roles=[MeetingRole(role=Role.COORDINATOR)],
    )

    written = ical.meeting_calendar(meeting, base_url=BASE_URL)

    names = names_of(lines_of(written))
    assert names.count(b"BEGIN") == names.count(b"END") == 5
    entry = names[names.index(b"SUMMARY") :]
    assert len(set(entry)) == len(entry) - 1, "no property twice; END is, of entry and calendar"
    [read] = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert str(read["SUMMARY"]) == event_ical.one_line(title)
    assert str(read["CONFERENCE"]) == "https://meet.example/a,b;c"
    assert (read["STATUS"], read["SEQUENCE"]) == ("CANCELLED", 3)
