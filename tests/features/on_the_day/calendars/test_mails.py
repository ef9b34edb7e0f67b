"""Mail for calendars: confirmed, changed and cancelled events, and what feeds show too late."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import icalendar
import pytest
from sqlalchemy import select

from booking.days.events import service as event_service
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.foundation.notifications.transports import Outgoing, compose
from tests.builders import allocation, checkout, events, places, rosters, schools


def mails(template):
    """Return the mails of one kind, oldest first."""
    statement = select(Message).where(Message.template == template).order_by(Message.id)
    return list(db.session.scalars(statement))


def entries(mail):
    """Return the entries of the file that goes with a mail."""
    assert mail.attachment_type == "text/calendar; method=PUBLISH"
    calendar = icalendar.Calendar.from_ical(mail.attachment)
    assert calendar["METHOD"] == "PUBLISH"
    return calendar.walk("VEVENT")


def change(event, **changes):
    """Change an event as its host would."""
    details = replace(event_service.details_of(event), **changes)
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)


@pytest.fixture
def event(db_session):
    """Provide a free event."""
    return events.make_event(title="Puzzle day")


@pytest.fixture
def coordinator(event, guest):
    """Provide the coordinator of a school that holds a place."""
    places.hold(event, guest)
    return schools.make_person(role=Role.COORDINATOR, school=guest)


@pytest.fixture
def day_staff(event):
    """Provide somebody who helps on the day."""
    return schools.make_person(role=Role.DAY_STAFF, event_id=event.id)


@pytest.fixture
def host(event):
    """Provide a host."""
    return schools.make_person(role=Role.HOST, school=event.host_school)


def test_a_confirmed_place_brings_the_event_into_the_calendar(event, guest):
    family = checkout.make_family(event, school=guest)

    checkout.answer(family)

    [mail] = mails("booking_confirmed")
    assert mail.recipient == family.parent.email
    assert (
        mail.subject == f"{guest.name}: {family.booking.pupil.forename} has a place at Puzzle day"
    )
    assert f"{guest.name}, telephone {guest.office_phone}" in mail.text
    assert event.host_school.office_phone in mail.text
    [entry] = entries(mail)
    assert (entry["UID"], entry["STATUS"], entry["SEQUENCE"]) == (
        f"{event.uid}-1",
        "CONFIRMED",
        0,
    )
    assert "Ada" not in mail.attachment.decode()


def test_who_paid_a_charge_gets_the_file_with_the_receipt_only(db_session, guest):
    event = checkout.make_fee_event(FeeKind.CHARGE, title="Charged day")
    family = checkout.make_family(event, school=guest)
    checkout.answer(family)

    checkout.pay(family)

    assert mails("booking_confirmed") == []
    [receipt] = mails("receipt")
    assert entries(receipt)[0]["UID"] == f"{event.uid}-1"


def test_a_contribution_never_decides_who_is_told(db_session, guest):
    event = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    family = checkout.make_family(event, school=guest)

    checkout.answer(family)

    assert [mail.recipient for mail in mails("booking_confirmed")] == [family.parent.email]


def test_everybody_concerned_gets_a_changed_event_at_once(
    event, guest, coordinator, day_staff, host
):
    family = checkout.make_family(event, school=guest)

    change(event, venue="The library")

    told = {
        mail.recipient: mail for t in ("event_changed", "hosted_event_changed") for mail in mails(t)
    }
    people = (family.parent, coordinator, day_staff, host)
    assert set(told) == {person.email for person in people}
    for mail in told.values():
        assert "where it is" in mail.text
        assert "The library" in mail.text
        [entry] = entries(mail)
        assert (entry["UID"], entry["SEQUENCE"]) == (f"{event.uid}-1", 1)


def test_a_removed_date_is_cancelled_by_the_file_of_the_mail(event, coordinator):
    first = event_service.details_of(event).dates[0]
    second = events.one_date(first.starts_at + timedelta(days=7))
    change(event, dates=(first, second))

    change(event, dates=(first,))

    kept, gone = entries(mails("event_changed")[-1])
    assert (kept["UID"], kept["STATUS"]) == (f"{event.uid}-1", "CONFIRMED")
    assert (gone["UID"], gone["STATUS"], gone["SEQUENCE"]) == (
        f"{event.uid}-2",
        "CANCELLED",
        2,
    )


def test_a_cancellation_removes_what_the_confirmation_brought(
    event, guest, coordinator, day_staff, host
):
    family = checkout.make_family(event, school=guest)
    checkout.answer(family)
    [brought] = entries(mails("booking_confirmed")[0])

    events.cancel_event(event)

    told = {
        mail.recipient: mail
        for t in ("event_cancelled", "hosted_event_cancelled")
        for mail in mails(t)
    }
    people = (family.parent, coordinator, day_staff, host)
    assert set(told) == {person.email for person in people}
    for mail in told.values():
        [entry] = entries(mail)
        assert entry["UID"] == brought["UID"]
        assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", brought["SEQUENCE"] + 1)
        assert "The hall is flooded." in mail.text


def test_in_good_time_calendars_show_what_to_bring_by_themselves(event, coordinator):
    change(event, practicalities="Bring wellingtons.")

    assert mails("event_changed") == []
    assert event.sequence == 0


def test_within_a_day_of_the_event_it_is_mailed(event, guest, coordinator, day_staff, time_machine):
    family = checkout.make_family(event, school=guest)
    checkout.answer(family)
    time_machine.move_to(event.first_starts_at - timedelta(hours=23))

    change(event, practicalities="Bring wellingtons.")
    change(event, contact_phone="07700 900777")

    assert event.sequence == 2
    to_parent = [m for m in mails("event_changed") if m.recipient == family.parent.email]
    assert ["what is good to know" in mail.text for mail in to_parent] == [True, False]
    assert "Bring wellingtons." in to_parent[0].text
    assert "07700 900777" in to_parent[1].text
    assert [entries(mail)[0]["SEQUENCE"] for mail in to_parent] == [1, 2]
    assert [m.recipient for m in mails("hosted_event_changed")] == [day_staff.email] * 2


def test_the_day_on_which_it_is_urgent_begins_a_day_before(event, coordinator, time_machine):
    time_machine.move_to(event.first_starts_at - timedelta(hours=24, minutes=1))
    change(event, practicalities="Bring wellingtons.")
    assert mails("event_changed") == []

    time_machine.move_to(event.first_starts_at - timedelta(hours=23, minutes=59))
    change(event, practicalities="Bring boots.")
    assert len(mails("event_changed")) == 1


@pytest.mark.parametrize("hours", [-2, 40], ids=["brought forward", "put off"])
def test_a_deadline_moved_within_a_day_is_mailed_to_those_who_keep_it(
    event, guest, time_machine, hours
):
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    time_machine.move_to(event.requests_close_at - timedelta(hours=20))
    later = event.requests_close_at + timedelta(hours=hours)

    change(event, requests_close_at=later)

    [mail] = mails("deadline_moved")
    assert mail.recipient == person.email
    [entry] = entries(mail)
    assert (entry["UID"], entry["SEQUENCE"]) == (f"{event.uid}-requests", 1)
    assert entry.end == later
    assert "Requests close for" in mail.text


def test_a_deadline_moved_in_good_time_is_not_mailed(event, guest):
    schools.make_person(role=Role.COORDINATOR, school=guest)

    change(event, requests_close_at=event.requests_close_at + timedelta(days=1))

    assert mails("deadline_moved") == []


def test_a_naming_date_is_for_those_who_hold_places(event, coordinator, time_machine):
    schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    time_machine.move_to(event.naming_close_at - timedelta(hours=3))

    change(event, naming_close_at=event.naming_close_at + timedelta(hours=1))

    [mail] = mails("deadline_moved")
    assert mail.recipient == coordinator.email
    assert entries(mail)[0]["UID"] == f"{event.uid}-naming"


def test_the_result_of_a_round_brings_the_event_to_who_received_places(event, guest):
    schools.make_person(role=Role.COORDINATOR, school=guest)
    places.ask(event, guest, 2)
    allocation.run_round(event)

    [mail] = mails("round_result")
    assert entries(mail)[0]["UID"] == f"{event.uid}-1"


def test_the_mail_itself_says_what_its_file_is_for(event, guest, coordinator):
    change(event, venue="The library")
    [mail] = mails("event_changed")

    sent = compose(
        Outgoing(
            "Fairplace <a@network.example>",
            mail.recipient,
            mail.subject,
            mail.text,
            mail.html,
            "<1@network.example>",
            attachment=(mail.attachment_name, mail.attachment_type, mail.attachment),
        )
    )

    read = message_from_bytes(bytes(sent), policy=policy.default)
    [part] = read.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert dict(part["Content-Type"].params) == {"method": "PUBLISH", "charset": "utf-8"}
    assert part.get_payload(decode=True) == mail.attachment
    assert b"ORGANIZER" not in mail.attachment


def test_no_child_or_need_is_in_the_file_of_any_mail(event, guest, coordinator):
    rosters.expect_pupil(
        event=event, school=guest, forename="Zqforename", surname="Zqsurname", health="Zqhealth"
    )
    change(event, venue="The library")
    events.cancel_event(event)

    files = [mail.attachment for mail in db.session.scalars(select(Message)) if mail.attachment]
    assert len(files) >= 4
    # By whole words: an address may hold any two letters by chance.
    assert not any(re.search(b"Zq(forename|surname|health)", content) for content in files)
