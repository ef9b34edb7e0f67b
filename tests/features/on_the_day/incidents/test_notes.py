"""A note of what happened: written once, told at once, read by those whom it concerns."""

import pytest
from sqlalchemy import select, text

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.on_the_day.incidents.models import Incident, IncidentNote
from booking.people.schools.models import School
from tests.builders.schools import as_, make_person, make_school, sign_in
from tests.features.on_the_day.conftest import at
from tests.page import soup, words

WHAT, DONE = "Grazed a knee on the steps", "Washed, plaster"


@pytest.fixture
def note(as_teacher, event, pupil, coordinator):
    """Write a note by the page; return the incident."""
    answer = write(as_teacher, event, pupil=pupil.public_id)
    assert answer.status_code == 303
    found = incident()
    assert answer.location == f"/host/incidents/{found.public_id}/"
    return found


def write(browser, event, side="host", **more):
    address = f"/{side}/events/{event.slug}/incidents/new"
    form = {"kind": "first_aid", "happened_at": "2027-06-11T10:40", "what": WHAT, "done": DONE}
    return browser.post(address, data=form | more)


def incident():
    db.session.rollback()
    return db.session.scalars(select(Incident).order_by(Incident.id.desc())).first()


def mails():
    db.session.rollback()
    return list(db.session.scalars(select(Message).where(Message.template == "incident_news")))


def shown(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status
    return words(soup(answer).find("main"))


def reads():
    db.session.rollback()
    read = select(AuditEntry).where(AuditEntry.action == "read_incident").order_by(AuditEntry.id)
    found = db.session.scalars(read)
    return [(entry.person_id, entry.subject_id, entry.school_id) for entry in found]


def test_the_home_school_is_told_at_once_without_a_word_of_it_and_reads_it_on_the_page(
    as_teacher, as_coordinator, note, event, teacher, coordinator, school
):
    [mail] = mails()
    assert (mail.recipient, mail.subject) == (
        coordinator.email,
        "Please open a note from Puzzle day",
    )
    whole = f"{mail.subject} {mail.text} {mail.html}"
    assert not any(word in whole for word in ("Amara", "Okoro", "knee", "aid", "plaster"))
    assert f"/school/incidents/{note.public_id}/" in mail.text
    assert "Read what was written down at Puzzle day" in shown(as_coordinator, "/school/")
    host_page = shown(as_teacher, f"/host/incidents/{note.public_id}/")
    assert "Ashdale Primary School has not opened this yet" in host_page
    assert "07700 900999" in host_page

    page = shown(as_coordinator, f"/school/incidents/{note.public_id}/")

    for told in (WHAT, DONE, "Amara Okoro", "Hanna Lane"):
        assert told in page
    assert "Read what was written down" not in shown(as_coordinator, "/school/")
    assert "Opened by the school Catherine Obi" in shown(
        as_teacher, f"/host/incidents/{note.public_id}/"
    )
    assert reads() == [
        (teacher.id, str(note.id), school.id),
        (coordinator.id, str(note.id), school.id),
        (teacher.id, str(note.id), school.id),
    ]


def test_the_host_rings_if_nobody_at_the_school_has_opened_it(
    as_teacher, teacher, note, time_machine
):
    told = "Ring Ashdale Primary School: a note about Puzzle day is not opened yet"
    as_teacher.post(f"/host/incidents/{note.public_id}/close", data={"outcome": "Fine"})
    assert told not in shown(as_teacher, "/host/")

    time_machine.move_to(at(0, 12), tick=False)
    sign_in(as_teacher, teacher)

    assert told in shown(as_teacher, "/host/")


def test_what_was_written_is_nowhere_but_on_its_page(as_teacher, as_coordinator, note, event):
    entries = [str(entry.facts) for entry in db.session.scalars(select(AuditEntry))]
    assert not any("knee" in facts or "first_aid" in facts for facts in entries)
    assert db.session.scalar(text("SELECT what FROM incidents")) != WHAT
    for browser, address in (
        (as_teacher, f"/host/events/{event.slug}/incidents"),
        (as_coordinator, f"/school/events/{event.slug}/incidents"),
        (as_coordinator, f"/school/events/{event.slug}/"),
    ):
        page = shown(browser, address)
        assert "knee" not in page
        assert "Amara" not in page or address.endswith(f"{event.slug}/")


def test_only_the_pupils_own_school_and_those_who_look_after_them_read_it(
    app, note, event, host, time_machine
):
    other = make_person(role=Role.COORDINATOR, school=make_school())
    own_host = make_person(role=Role.COORDINATOR, school=host)
    lead, staff = make_person(role=Role.LEAD), make_person(role=Role.DAY_STAFF, event_id=event.id)

    for person in (other, own_host, lead):
        browser = as_(app, person)
        for side in ("host", "school"):
            assert browser.get(f"/{side}/incidents/{note.public_id}/").status_code == 404
    helper = as_(app, staff)
    assert WHAT in shown(helper, f"/host/incidents/{note.public_id}/")
    time_machine.move_to(at(8), tick=False)
    sign_in(helper, staff)
    assert helper.get(f"/host/incidents/{note.public_id}/").status_code == 404


def test_a_note_is_about_pupils_of_one_school_at_the_event(as_teacher, event, pupil, stranger):
    answer = write(as_teacher, event, pupil=pupil.public_id, second=stranger.public_id)

    assert answer.status_code == 422
    assert "These pupils belong to different schools." in answer.text
    assert WHAT in answer.text
    for typed, told in (
        ({"happened_at": "2027-06-11T11:30"}, "not in the future"),
        ({"happened_at": "2027-06-10T10:00"}, "Enter a time on a day of the event"),
        ({"what": " "}, "Write what happened."),
        ({"pupil": "nobody"}, "Choose one of these pupils."),
        ({"kind": "missing"}, "Choose one of these."),
    ):
        answer = write(as_teacher, event, **typed)
        assert (answer.status_code, told in answer.text) == (422, True), told
    assert incident() is None


def test_it_is_corrected_for_ten_minutes_until_the_school_reads_it_and_then_added_to(
    as_teacher, as_coordinator, note, time_machine
):
    address = f"/host/incidents/{note.public_id}/change"
    form = {"happened_at": "2027-06-11T10:45", "what": "Grazed both knees"}
    assert as_teacher.post(address, data=form).status_code == 303
    assert (incident().what, incident().happened_at.minute) == ("Grazed both knees", 45)

    time_machine.move_to(at(0, 11).replace(minute=10), tick=False)
    as_teacher.post(address, data=form | {"what": "Nothing at all"})
    time_machine.move_to(at(0, 11).replace(minute=9), tick=False)
    shown(as_coordinator, f"/school/incidents/{note.public_id}/")
    as_teacher.post(address, data=form | {"what": "Nothing at all"})

    assert incident().what == "Grazed both knees"
    assert "can no longer be changed" in as_teacher.get("/host/").text
    as_teacher.post(f"/host/incidents/{note.public_id}/add", data={"text": "Went home at 2pm"})
    assert incident().opened_at is None
    assert len(mails()) == 2
    assert "Went home at 2pm" in shown(as_coordinator, f"/school/incidents/{note.public_id}/")


def test_what_a_school_adds_for_itself_is_not_read_by_the_host(as_teacher, as_coordinator, note):
    address = f"/school/incidents/{note.public_id}/"
    as_coordinator.post(f"{address}add", data={"text": "Rang Mum", "for_school_only": "y"})
    as_coordinator.post(f"{address}add", data={"text": "Back tomorrow"})

    own, hosts = shown(as_coordinator, address), shown(as_teacher, f"/host{address[7:]}")

    assert "Rang Mum" in own
    assert "Back tomorrow" in own
    assert "Back tomorrow" in hosts
    assert "Rang Mum" not in hosts
    assert [one.for_school_only for one in db.session.scalars(select(IncidentNote))] == [1, 0]


def test_it_is_closed_once_with_its_outcome_and_the_school_can_open_it_again(
    as_teacher, as_coordinator, note, coordinator
):
    hosts, schools = f"/host/incidents/{note.public_id}/", f"/school/incidents/{note.public_id}/"
    empty = as_teacher.post(f"{hosts}close", data={"outcome": " "})
    assert (empty.status_code, "Write how it ended." in empty.text) == (422, True)
    as_teacher.post(f"{hosts}close", data={"outcome": "Back with the group"})
    again = as_coordinator.post(f"{schools}close", data={"outcome": "Went home"})

    assert (again.status_code, incident().outcome) == (422, "Back with the group")
    assert "Somebody has closed this incident in the meantime." in again.text
    assert incident().closed_at == clock.now()
    as_coordinator.post(f"{schools}reopen")
    assert incident().closed_at is None
    as_coordinator.post(f"{schools}keep", data={"kept_for": "three_years"})
    assert str(incident().keep_until) == "2030-06-11"
    # The school was told of the note and of its end, and not of what it did itself.
    assert len(mails()) == 2


def test_a_school_writes_about_its_own_pupils_and_the_host_reads_it(
    as_coordinator, as_teacher, event, pupil, stranger
):
    page = shown(as_coordinator, f"/school/events/{event.slug}/incidents/new")
    assert "Amara" in page
    assert "Zac" not in page
    assert write(as_coordinator, event, "school").status_code == 422
    wrong = write(as_coordinator, event, "school", pupil=stranger.public_id)
    assert wrong.status_code == 422

    answer = write(as_coordinator, event, "school", pupil=pupil.public_id, outcome="Better now")

    found = incident()
    assert answer.location == f"/school/incidents/{found.public_id}/"
    assert (found.closed_at is not None, mails()) == (True, [])
    assert WHAT in shown(as_teacher, f"/host/incidents/{found.public_id}/")


def test_a_worry_about_a_child_is_sent_to_the_safeguarding_lead(as_teacher, event, host):
    address = f"/host/events/{event.slug}/incidents/new"
    assert "has not said who its safeguarding lead is" in shown(as_teacher, address)
    with transaction():
        kept = db.session.get_one(School, host.id)
        kept.safeguarding_name, kept.safeguarding_phone = "Dana Safe", "+441632960111"

    page = shown(as_teacher, address)

    assert "Designated safeguarding lead at Harrow Lane School: Dana Safe, 01632 960111" in page
