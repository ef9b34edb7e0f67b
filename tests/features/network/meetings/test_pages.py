"""The pages of meetings: for people invited, for the lead, and for nobody else."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.domain.terms import london
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.network.meetings import queries, service
from booking.network.meetings.models import Answer, Meeting
from booking.network.meetings.words import when
from tests.builders import meetings, schools
from tests.builders.meetings import answer, cancel, change, make_meeting

LINK = "https://meet.example/our-room"


@pytest.fixture
def here(meeting):
    """Provide the address of the meeting."""
    return f"/meetings/{meeting.public_id}"


@pytest.fixture
def guests(browser_of, guest):
    """Provide the coordinator's browser."""
    return browser_of(guest)


@pytest.fixture
def leads(browser_of, db_session):
    """Provide the lead's browser."""
    return browser_of(schools.make_person(role=Role.LEAD))


def typed(**changes):
    """Return the lead's form as it is sent."""
    starts = london(meetings.details().starts_at)
    return {
        "title": "Spring meeting",
        "kind": "coordinators",
        "on": starts.date().isoformat(),
        "starts": "16:00",
        "ends": "17:30",
        "host_school_id": "0",
        "venue": "Town Hall",
        "link": "",
        "audience": "coordinators",
        "notes": "1. Dates\n\n2. Money",
        **changes,
    }


def newest():
    return db.session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()


def test_the_lead_calls_a_meeting_and_a_coordinator_answers(leads, guests, guest):
    assert "No meetings are planned" in leads.get("/meetings/").text
    sent = leads.post("/meetings/new", data=typed(title="Spring; meeting"))
    assert sent.status_code == 303
    assert "Spring; meeting" in leads.get(sent.location).text

    page = guests.get("/meetings/").text
    assert "Spring; meeting" in page
    assert "Not answered" in page
    answered = guests.post(f"{sent.location}/answer", data={"answer": "coming"})
    assert answered.status_code == 303
    assert "You said you will come." in guests.get(sent.location).text
    assert guests.post(f"{sent.location}/answer", data={"answer": "not_coming"}).status_code == 303
    assert "You said you cannot come." in guests.get(sent.location).text
    assert queries.standings(guest.id, [newest()]) == {newest().id: Answer.NOT_COMING}


def test_what_was_typed_is_what_is_called(leads):
    school = schools.make_school()
    leads.post(
        "/meetings/new",
        data=typed(
            kind="training",
            host_school_id=str(school.id),
            venue="",
            link=LINK,
            audience="roles",
            roles=["host", "treasurer"],
            starts="09:00",
            ends="10:15",
        ),
    )

    made = newest()
    assert (made.kind.value, made.host_school_id, made.venue, made.link) == (
        "training",
        school.id,
        "",
        LINK,
    )
    assert [row.role.value for row in made.roles] == ["host", "treasurer"]
    assert when(made).endswith("9am to 10:15am")
    assert made.notes == "1. Dates\n\n2. Money"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "Enter a title"),
        ({"title": "x" * 121}, "Shorten this to 120 characters."),
        ({"kind": "party"}, "Choose what kind of meeting it is."),
        ({"on": ""}, "Enter the day."),
        ({"on": "tomorrow"}, "Enter a date, such as 12/06/2026."),
        ({"on": "2020-01-01"}, "This is in the past."),
        ({"starts": ""}, "Enter when it starts."),
        ({"starts": "tea time"}, "Enter a time, such as 16:00."),
        ({"ends": "15:00"}, "The end must be after the start."),
        ({"venue": ""}, "Say where it is"),
        ({"venue": "x" * 201}, "Shorten this to 200 characters."),
        ({"host_school_id": "999"}, "Choose a school that is in the network."),
        ({"host_school_id": "x"}, "Choose a school that is in the network."),
        ({"link": "meet.example"}, "Give a link that begins with https://."),
        ({"audience": ""}, "Choose who is invited."),
        ({"audience": "roles"}, "Choose at least one role"),
        ({"audience": "roles", "roles": "day_staff"}, "Choose from the roles"),
        ({"audience": "roles", "roles": "king"}, "Choose at least one role"),
        ({"notes": "x" * 5001}, "Shorten this to 5,000 characters."),
    ],
)
def test_what_is_wrong_is_said_and_kept_as_typed_and_nothing_is_called(leads, wrong, words):
    response = leads.post("/meetings/new", data=typed(**wrong))

    assert response.status_code == 422
    assert words in response.text
    assert "Town Hall" in response.text or "venue" in wrong
    assert newest() is None


def test_too_many_coming_meetings_are_refused_on_the_page(leads, meeting, monkeypatch):
    monkeypatch.setattr(service, "COMING_MAX", 1)

    response = leads.post("/meetings/new", data=typed())

    assert response.status_code == 422
    assert "Cancel one first" in response.text


def test_only_the_lead_calls_changes_cancels_and_writes_minutes(browser_of, here, guest):
    auditor = schools.make_person(role=Role.AUDITOR)
    for person in (guest, auditor):
        client = browser_of(person)
        for path in ("/meetings/new", f"{here}/change", f"{here}/cancel", f"{here}/minutes"):
            assert client.get(path).status_code == 404
            assert client.post(path, data=typed(reason="No")).status_code == 404
        assert "Call a meeting" not in client.get("/meetings/").text
    assert newest().cancelled_at is None


def test_who_is_not_invited_does_not_find_it(browser_of, here):
    client = browser_of(schools.make_person(role=Role.TREASURER))

    assert "Spring meeting" not in client.get("/meetings/").text
    for path in (here, f"{here}.ics", f"{here}/answers", f"{here}/answers.csv"):
        assert client.get(path).status_code == 404
    assert client.post(f"{here}/answer", data={"answer": "coming"}).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, here):
    for path in ("/meetings/", here, f"{here}.ics"):
        assert client.get(path).location.startswith("/sign-in")


def test_lead_and_auditor_read_every_meeting_and_answer_only_their_own(browser_of, here, leads):
    auditors = browser_of(schools.make_person(role=Role.AUDITOR))
    for client in (leads, auditors):
        page = client.get(here).text
        assert "0 coming" in page
        assert "I will come" not in page
        response = client.post(f"{here}/answer", data={"answer": "coming"})
        assert response.status_code == 422
        assert "not invited yourself" in response.text
    assert "Change it" in leads.get(here).text
    assert "Change it" not in auditors.get(here).text


def test_no_answer_at_all_is_refused(guests, here, guest, meeting):
    for data in ({}, {"answer": "perhaps"}):
        response = guests.post(f"{here}/answer", data=data)
        assert response.status_code == 422
        assert "Choose whether you will come." in response.text
    assert queries.standings(guest.id, [meeting]) == {meeting.id: None}


def test_it_is_too_late_to_answer_or_change_once_it_has_begun(
    browser_of, guest, meeting, here, time_machine
):
    lead = schools.make_person(role=Role.LEAD)
    time_machine.move_to(meeting.starts_at)
    guests, leads = browser_of(guest), browser_of(lead)

    assert "I will come" not in guests.get(here).text
    response = guests.post(f"{here}/answer", data={"answer": "coming"})
    assert response.status_code == 422
    assert "has begun" in response.text
    assert "Change it" not in leads.get(here).text
    future = london(clock.now() + timedelta(days=7)).date().isoformat()
    response = leads.post(f"{here}/change", data=typed(on=future))
    assert response.status_code == 422
    assert "has begun" in response.text


def test_the_form_of_a_change_is_filled_in_and_changes(leads, guests, meeting, here):
    page = leads.get(f"{here}/change").text
    for value in ("Spring meeting", "16:00", "17:30", "Town Hall, Netherwick"):
        assert f'value="{value}"' in page

    on = london(meeting.starts_at).date().isoformat()
    sent = leads.post(f"{here}/change", data=typed(on=on, venue="Library"))
    assert sent.location == here
    assert "Library" in guests.get(here).text
    again = leads.post(f"{here}/change", data=typed(on=on, venue="Library"), follow_redirects=True)
    assert "Nothing was different" in again.text


def test_a_change_that_would_leave_somebody_out_is_refused(leads, here, meeting):
    response = leads.post(f"{here}/change", data=typed(audience="roles", roles="host"))

    assert response.status_code == 422
    assert "stay invited" in response.text
    assert [row.role for row in meeting.roles] == [Role.COORDINATOR]


def test_a_host_school_that_has_left_the_network_keeps_its_meeting(leads, guest):
    school = schools.make_school()
    meeting = make_meeting(host=school)
    with transaction():
        school.left_on = clock.today()

    assert school.name in leads.get(f"/meetings/{meeting.public_id}/change").text
    assert school.name not in leads.get("/meetings/new").text


def test_the_lead_cancels_with_a_reason(leads, guests, here, meeting):
    assert "Everybody invited is e-mailed at once" in leads.get(f"{here}/cancel").text
    response = leads.post(f"{here}/cancel", data={"reason": " "})
    assert response.status_code == 422
    assert "Say why it is cancelled" in response.text

    assert leads.post(f"{here}/cancel", data={"reason": "Snow."}).status_code == 303
    for path in (here, "/meetings/"):
        assert "ancelled" in guests.get(path).text
    assert "Snow." in guests.get(here).text
    response = leads.post(f"{here}/cancel", data={"reason": "Snow."})
    assert response.status_code == 422
    assert "is cancelled" in response.text


def test_minutes_are_written_after_it_and_read_by_those_invited(
    browser_of, guest, meeting, here, time_machine
):
    lead = schools.make_person(role=Role.LEAD)
    response = browser_of(lead).post(f"{here}/minutes", data={"minutes": "We met."})
    assert response.status_code == 422
    assert "not over yet" in response.text
    time_machine.move_to(meeting.ends_at)
    leads, guests = browser_of(lead), browser_of(guest)
    assert "There are none yet" in guests.get(here).text
    assert "No minutes yet" in guests.get("/meetings/?past=1").text

    for data, words in (
        ({}, "Write the minutes, or give a link"),
        ({"minutes_link": "minutes.doc"}, "begins with https://"),
    ):
        response = leads.post(f"{here}/minutes", data=data)
        assert response.status_code == 422
        assert words in response.text
    written = {"minutes": "We met.\n\n<b>Tea</b> was good.", "minutes_link": LINK}
    assert leads.post(f"{here}/minutes", data=written).status_code == 303

    page = guests.get(here).text
    assert "We met." in page
    assert "&lt;b&gt;Tea&lt;/b&gt;" in page
    assert f'href="{LINK}" rel="noreferrer external"' in page
    assert "Minutes available" in guests.get("/meetings/?past=1").text
    assert "We met." in leads.get(f"{here}/minutes").text


def test_the_list_of_answers_and_its_file_run_no_formula(leads, guest, meeting, here):
    tricky = schools.make_person(
        name="=HYPERLINK(1)", role=Role.COORDINATOR, school=schools.make_school(name="@Sum School")
    )
    answer(meeting, tricky)

    page = leads.get(f"{here}/answers").text
    assert "=HYPERLINK(1)" in page
    assert "2 people" in page
    file = leads.get(f"{here}/answers.csv")
    assert file.content_type == "text/csv; charset=utf-8"
    head, first, second = csv.reader(io.StringIO(file.data.decode("utf-8-sig")))
    assert head == ["Name", "Roles", "Answer", "Answered"]
    assert first[:3] == ["'=HYPERLINK(1)", "Coordinator, @Sum School", "Coming"]
    assert first[3].startswith("2027-03-01 ")
    assert (second[0], second[2:]) == (guest.name, ["Not answered", ""])


def test_a_list_of_nobody_says_what_to_do(leads):
    meeting = make_meeting(roles=frozenset({Role.TREASURER}))

    assert "Nobody is invited yet" in leads.get(f"/meetings/{meeting.public_id}/answers").text


def test_a_meeting_comes_as_a_calendar_file(guests, here, meeting):
    response = guests.get(f"{here}.ics")

    assert response.content_type == "text/calendar; charset=utf-8"
    assert f"UID:{meeting.uid}\r\n" in response.text


def test_a_coming_meeting_is_a_task_until_it_is_answered(guests, here):
    assert "Say whether you will come: Spring meeting" in guests.get("/school/").text

    guests.post(f"{here}/answer", data={"answer": "not_coming"})

    assert "Spring meeting" not in guests.get("/school/").text


@pytest.mark.parametrize(
    ("role", "home"),
    [(Role.HOST, "/host/"), (Role.TREASURER, "/fund/"), (Role.LEAD, "/admin/")],
)
def test_others_have_the_task_on_their_own_home(browser_of, db_session, role, home):
    school = schools.make_school() if role is Role.HOST else None
    client = browser_of(schools.make_person(role=role, school=school))
    make_meeting(for_everybody=True)

    assert "Say whether you will come: Spring meeting" in client.get(home).text


def test_who_coordinates_and_hosts_has_the_task_once(browser_of, guest, meeting):
    schools.grant(guest, Role.HOST, guest.grants[0].school)

    assert "Spring meeting" not in browser_of(guest).get("/host/").text


@pytest.mark.parametrize("path", ["/meetings/", "/meetings/?past=1", "/school/"])
def test_lists_take_as_many_queries_for_one_meeting_as_for_many(
    browser_of, guest, meeting, path, count_queries, time_machine
):
    def queries_of():
        client = browser_of(guest)
        client.get(path)
        with count_queries() as found:
            client.get(path)
        return len(found)

    if "past" in path:
        time_machine.move_to(meeting.ends_at + timedelta(days=1))
    one = queries_of()
    time_machine.move_to(clock.now() - timedelta(days=40))
    for number in range(3):
        make_meeting(title=f"Meeting {number}", host=schools.make_school())
    if "past" in path:
        time_machine.move_to(meeting.ends_at + timedelta(days=1))

    assert queries_of() == one


def test_the_list_of_answers_takes_as_many_queries_for_one_as_for_many(
    leads, meeting, here, count_queries
):
    def queries_of():
        leads.get(f"{here}/answers")
        with count_queries() as found:
            leads.get(f"{here}/answers")
        return len(found)

    one = queries_of()
    for _ in range(3):
        answer(meeting, meetings.make_coordinator())

    assert queries_of() == one


def test_long_lists_have_pages(leads, guest, monkeypatch):
    monkeypatch.setattr("booking.network.meetings.routes.PAGE_SIZE", 2)
    for number in range(3):
        make_meeting(title=f"Meeting {number}", days=30 + number)

    assert "Meeting 2" not in leads.get("/meetings/").text
    assert "Meeting 2" in leads.get("/meetings/?page=2").text
    assert "Page 2 of 2" in leads.get("/meetings/?page=2").text


def test_a_cancelled_meeting_is_changed_by_nobody(leads, here, meeting):
    cancel(meeting)

    response = leads.post(f"{here}/change", data=typed())

    assert response.status_code == 422
    assert "is cancelled, so it can no longer be changed" in response.text
    with pytest.raises(service.MeetingIsCancelled):
        change(meeting, venue="Library")
