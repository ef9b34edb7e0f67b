"""What a school sees of mail to its families: what was sent, what did not arrive, what ends it."""

from datetime import timedelta

import pytest

from booking.days.places import service as places
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.models import Message, MessageState
from tests.builders import events, outbox, pupils, schools
from tests.builders import places as build
from tests.features.network.outbox.conftest import EMAIL
from tests.page import check_page, words

NEW = "ngozi.okoro@parents.example"


def tasks(client):
    page = check_page(client.get("/school/"))
    return [
        words(tag)
        for tag in page.select(".task-title")
        if "ddress" in tag.text or "Mail" in tag.text
    ]


def main(client, address):
    return words(check_page(client.get(address)).find("main"))


def pupil_fields(invited, **changes):
    return {
        "forename": "Amara",
        "surname": "Okoro",
        "year_group": str(invited.booking.pupil.year_group),
        "first-name": "Ngozi Okoro",
        "first-email": EMAIL,
        "first-phone": "",
        **changes,
    }


def test_a_refused_address_shows_at_the_pupil_and_is_a_task(coordinator, invited):
    outbox.fate(invited.booking, MessageState.REFUSED)

    assert tasks(coordinator) == ["The address of a parent of Amara O. was refused: Puzzle day"]
    said = (
        "The mail to Ngozi Okoro was refused: the mail server says that there is no such address."
    )
    for address in (invited.pupil_page, invited.mail_page):
        assert said in main(coordinator, address), address
    assert "Address refused Mail to Ngozi Okoro" in main(coordinator, invited.event_page)
    event_page = check_page(coordinator.get(invited.event_page))
    assert event_page.find("a", href=invited.pupil_page)
    pupil_page = check_page(coordinator.get(invited.pupil_page))
    assert pupil_page.find("a", href=f"/school/bookings/{invited.booking.public_id}/reply")


def test_a_task_leads_to_the_pupil_and_has_the_reply_date(coordinator, invited):
    outbox.fate(invited.booking, MessageState.REFUSED)

    page = check_page(coordinator.get("/school/"))
    [title] = [tag for tag in page.select("a.task-title") if "refused" in tag.text]
    assert title["href"] == invited.pupil_page


def test_mail_that_has_waited_for_hours_is_a_task_and_the_reason_is_said(coordinator, invited):
    assert tasks(coordinator) == []
    outbox.late(invited.booking)

    assert tasks(coordinator) == ["Mail to Amara O.’s family is late: Puzzle day"]
    assert "Late Mail to Ngozi Okoro" in main(coordinator, invited.event_page)
    assert "has been waiting to be sent since" in main(coordinator, invited.pupil_page)


def test_mail_that_was_just_queued_is_no_trouble(coordinator, invited):
    outbox.late(invited.booking, minutes=59)

    assert tasks(coordinator) == []
    assert "Late" not in main(coordinator, invited.pupil_page)


def test_mail_that_failed_offers_a_new_link(coordinator, invited):
    outbox.fate(invited.booking, MessageState.FAILED)

    assert tasks(coordinator) == ["Mail to Amara O.’s family could not be sent: Puzzle day"]
    link = f"/school/bookings/{invited.booking.public_id}/link"
    assert check_page(coordinator.get(invited.mail_page)).find("a", href=link)


def test_several_families_are_one_task(coordinator, invited):
    second = build.name(invited.event, invited.school)
    for booking in (invited.booking, second):
        outbox.fate(booking, MessageState.REFUSED)

    assert tasks(coordinator) == ["The addresses of 2 families were refused: Puzzle day"]


def test_a_corrected_address_is_written_to_at_once_and_ends_the_task(coordinator, invited):
    outbox.fate(invited.booking, MessageState.REFUSED)

    answer = coordinator.post(
        invited.pupil_page, data=pupil_fields(invited, **{"first-email": NEW})
    )

    assert answer.status_code == 303
    assert outbox.newest(invited.booking, to=NEW).state is MessageState.QUEUED
    assert tasks(coordinator) == []
    assert "Address refused" not in main(coordinator, invited.event_page)


def answer_by_mail(invited):
    places.confirm(actor=PARENT, now=clock.now(), booking=invited.booking)


def withdraw(invited):
    places.withdraw(actor=COMMAND, now=clock.now(), booking=invited.booking)


def decline(invited):
    places.decline(actor=PARENT, now=clock.now(), booking=invited.booking)


@pytest.mark.parametrize("end", [answer_by_mail, withdraw, decline])
def test_an_answer_or_a_withdrawal_ends_the_task(coordinator, invited, end):
    outbox.fate(invited.booking, MessageState.REFUSED)
    assert len(tasks(coordinator)) == 1

    with transaction():
        end(invited)

    assert tasks(coordinator) == []


def test_a_reply_recorded_on_paper_ends_the_task(coordinator, invited):
    outbox.fate(invited.booking, MessageState.REFUSED)

    answer = coordinator.post(
        f"/school/bookings/{invited.booking.public_id}/reply",
        data={"agreed": "no", "given_by": "Ngozi Okoro"},
    )

    assert answer.status_code == 303
    assert tasks(coordinator) == []


def test_the_end_of_the_event_ends_the_task(coordinator, invited, time_machine):
    outbox.fate(invited.booking, MessageState.REFUSED)
    assert len(tasks(coordinator)) == 1
    over = invited.event.last_ends_at + timedelta(minutes=1)
    schools.sign_out(coordinator)
    time_machine.move_to(over)
    schools.sign_in(coordinator, schools.make_person(role=Role.COORDINATOR, school=invited.school))

    assert tasks(coordinator) == []


def test_newer_mail_to_the_same_address_that_went_out_ends_the_task(coordinator, invited):
    outbox.fate(invited.booking, MessageState.FAILED)
    coordinator.post(f"/school/bookings/{invited.booking.public_id}/link")
    outbox.fate(invited.booking, MessageState.SENT, "new_link")

    assert tasks(coordinator) == []


def test_newer_mail_without_a_link_makes_up_for_nothing(coordinator, invited):
    outbox.fate(invited.booking, MessageState.FAILED)
    with transaction():
        message = outbox.newest(invited.booking)
        facts = {"to": EMAIL, "about": message.about, "template": "password_changed"}
        more = {"reply_to": "", "name": "", "at": clock.now(), "action_url": ""}
        mail = notifications.queue(key="another", now=clock.now(), **facts, **more)
        mail.template = "receipt"
        mail.state = MessageState.SENT

    assert tasks(coordinator) == ["Mail to Amara O.’s family could not be sent: Puzzle day"]


def test_another_school_sees_nothing_of_it(client, invited):
    outbox.fate(invited.booking, MessageState.REFUSED)
    other = schools.make_school(name="Birchwood School")
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=other))

    assert tasks(client) == []
    assert client.get(invited.mail_page).status_code == 404
    assert "Amara" not in client.get(invited.event_page).text


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR, Role.TREASURER])
def test_the_network_sees_no_family_s_mail(client, invited, role):
    schools.sign_in(client, schools.make_person(role=role))

    assert client.get(invited.mail_page).status_code == 404


def test_what_was_sent_is_listed_with_its_time_and_state(coordinator, invited):
    sent = outbox.fate(invited.booking, MessageState.SENT)
    coordinator.post(f"/school/bookings/{invited.booking.public_id}/link")
    outbox.fate(invited.booking, MessageState.REFUSED, "new_link")

    school = invited.booking.school.name
    for address in (invited.mail_page, invited.pupil_page):
        page = check_page(coordinator.get(address))
        rows = [[words(cell) for cell in row.select("th, td")] for row in page.select("tbody tr")]
        assert [(row[0], row[1], row[3]) for row in rows] == [
            (f"{school}: your new link about Amara and Puzzle day", EMAIL, "Address refused"),
            (sent.subject, EMAIL, "Sent"),
        ]


def test_a_booking_s_page_has_its_own_mail_and_the_pupil_s_page_all(coordinator, invited):
    outbox.fate(invited.booking, MessageState.SENT)
    starts_at = invited.event.last_ends_at + timedelta(days=7)
    chess = events.make_event(title="Chess day", dates=[events.one_date(starts_at)])
    build.allot(chess, {invited.school: 1})
    elsewhere = build.name(chess, invited.school, invited.booking.pupil)
    outbox.fate(elsewhere, MessageState.SENT)

    assert "Chess day" not in main(coordinator, invited.mail_page)
    assert "Chess day" in main(coordinator, invited.pupil_page)


def test_a_page_without_mail_says_so(coordinator, invited):
    on_paper = pupils.make_pupil(school=invited.school, year_group=5, parents=[])
    booking = build.name(invited.event, invited.school, on_paper)

    page = main(coordinator, f"/school/bookings/{booking.public_id}/mail")
    assert "No mail yet" in page
    assert "Mail to this family" not in main(coordinator, f"/school/pupils/{on_paper.public_id}/")


def test_a_family_that_has_answered_gets_a_new_link_at_its_corrected_address(coordinator, invited):
    with transaction():
        answer_by_mail(invited)
    outbox.fate(invited.booking, MessageState.REFUSED, "invited")

    coordinator.post(invited.pupil_page, data=pupil_fields(invited, **{"first-email": NEW}))

    link = outbox.newest(invited.booking, "new_link", to=NEW)
    assert (link.state, link.about) == (MessageState.QUEUED, f"booking:{invited.booking.id}")


def test_a_changed_address_that_worked_gets_no_mail_of_ours(coordinator, invited):
    with transaction():
        answer_by_mail(invited)
    outbox.fate(invited.booking, MessageState.SENT)

    coordinator.post(invited.pupil_page, data=pupil_fields(invited, **{"first-email": NEW}))

    written = db.session.query(Message).filter_by(recipient=NEW).all()
    assert written == []


def test_a_family_that_never_heard_that_the_event_is_off_is_told_at_its_corrected_address(
    coordinator, invited
):
    with transaction():
        answer_by_mail(invited)
    events.cancel_event(invited.event)
    outbox.fate(invited.booking, MessageState.REFUSED, "event_cancelled")
    assert tasks(coordinator) == ["The address of a parent of Amara O. was refused: Puzzle day"]

    coordinator.post(invited.pupil_page, data=pupil_fields(invited, **{"first-email": NEW}))

    mail = outbox.newest(invited.booking, "event_cancelled", to=NEW)
    assert "\n\nDear Ngozi Okoro,\n\n" in mail.text
    assert tasks(coordinator) == []
