"""Consent is for a day and place: when either moves it is asked again; no place is lost by it."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from sqlalchemy import select

from booking.days.events import details as event_details
from booking.days.events import service as events
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service, words
from booking.money.checkout.models import Consent, ConsentQuestion, Needs, Objection
from booking.on_the_day.rosters import files as roster_files
from booking.on_the_day.rosters import printing as roster_printing
from booking.on_the_day.rosters.pages import roster
from booking.upkeep import purging
from tests.builders import checkout, places, schools
from tests.builders.pupils import make_pupil
from tests.builders.stored import mails
from tests.page import soup
from tests.page import words as said


@pytest.fixture
def school(db_session):
    return schools.make_school(name="Ashdale Primary School")


@pytest.fixture
def coordinator(client, school):
    person = schools.make_person(role=Role.COORDINATOR, school=school)
    schools.sign_in(client, person)
    return client


def answered(school, kind=FeeKind.FREE):
    family = checkout.make_family(checkout.make_fee_event(kind), school=school)
    checkout.answer(family)
    db.session.rollback()
    return family


def change(family, **changes):
    """Change the event; dates by a move of so many days."""
    with transaction():
        event = db.session.get_one(Event, family.booking.event_id)
        details = event_details.details_of(event)
        if days := changes.pop("days", 0):
            moved = timedelta(days=days)
            dates = [
                replace(d, starts_at=d.starts_at + moved, ends_at=d.ends_at + moved)
                for d in details.dates
            ]
            changes["dates"] = tuple(dates)
        events.change(
            actor=COMMAND, now=clock.now(), event=event, details=replace(details, **changes)
        )
    db.session.rollback()


def questions():
    db.session.rollback()
    return list(db.session.scalars(select(ConsentQuestion)))


def state(family):
    db.session.rollback()
    return db.session.get_one(Booking, family.booking.id).state


def text(client, url):
    return said(soup(client.get(url)).find("main"))


def read_on(client, url):
    return re.search(r'name="read" value="([^"]*)"', client.get(url).get_data(as_text=True))[1]


def press_still_fine(client, family):
    return client.post(f"{family.url}/still-fine", data={"read": read_on(client, family.url)})


MOVES = [{"days": 7}, {"venue": "The flooded hall’s annexe"}, {"venue_address": "2 Other Street"}]


@pytest.mark.parametrize("moved", MOVES)
@pytest.mark.parametrize("kind", [FeeKind.FREE, FeeKind.CHARGE])
def test_a_move_asks_again_in_the_one_mail_that_says_what_changed(client, school, moved, kind):
    family = answered(school, kind)
    before = state(family)

    change(family, **moved)

    assert len(questions()) == 1
    [mail] = mails("ask_again")
    assert mail.recipient == "sam.okoro@parents.example"
    assert mails("event_changed") == []
    assert state(family) is before
    assert "This event has changed: is it still fine?" in text(client, family.url)


@pytest.mark.parametrize("change_", [{"title": "Puzzles"}, {"practicalities": "Bring a hat."}])
def test_a_change_of_anything_else_asks_nobody(client, school, change_):
    family = answered(school)
    change(family, **change_)
    assert questions() == []
    assert mails("ask_again") == []
    assert "is it still fine" not in text(client, family.url)


def test_one_button_answers_and_both_the_roster_and_the_school_say_so_until_then(
    coordinator, school, app
):
    family = answered(school)
    change(family, days=7)
    event = db.session.get_one(Event, family.booking.event_id)
    page = f"/school/events/{event.slug}/"
    assert "Asked again" in text(coordinator, page)
    assert "1 parent asked again about" in text(coordinator, "/school/")
    assert [row.consent for row in look(event).rows] == ["Asked again, not answered"]
    assert "Consent" in [column.heading for column in look(event).columns]
    assert "Asked again, not answered" in roster_files.as_csv(look(event)).decode()
    paper = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(printed(event))).pages)
    assert "Asked again" in paper

    parent = app.test_client()
    press_still_fine(parent, family)

    assert questions() == []
    assert "Asked again" not in text(coordinator, page)
    assert "asked again" not in text(coordinator, "/school/")
    event = db.session.get_one(Event, family.booking.event_id)
    assert [row.consent for row in look(event).rows] == [""]
    assert "Consent" not in [column.heading for column in look(event).columns]
    given = db.session.scalars(select(Consent).order_by(Consent.id)).all()
    assert [one.facts_digest for one in given][-1] == words.consent_facts(event).digest
    assert len({one.facts_digest for one in given}) == 2


def printed(event):
    return roster_printing.as_pdf(look(event))


def look(event):
    return roster.of(event, actor=COMMAND, now=clock.now())


def test_pressed_twice_is_answered_once(client, school):
    family = answered(school)
    change(family, days=7)
    read = read_on(client, family.url)
    for _ in range(2):
        client.post(f"{family.url}/still-fine", data={"read": read})
    assert len(db.session.scalars(select(Consent)).all()) == 2
    assert len(mails("place_news")) == 1


def test_nobody_agrees_to_a_move_that_they_have_not_read(client, school):
    family = answered(school)
    change(family, days=7)
    read = read_on(client, family.url)
    change(family, days=7)

    answer = client.post(f"{family.url}/still-fine", data={"read": read})

    assert "has changed since this page was opened" in said(soup(client.get(answer.location)))
    assert len(questions()) == 1
    assert len(mails("ask_again")) == 2


def test_nor_does_whoever_was_reading_the_words_when_the_event_moved(client, school):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.FREE), school=school)
    read = read_on(client, family.url)
    change(family, days=7)
    data = {
        "given_by": "Sam Okoro",
        "read": read,
        "health": "Peanuts",
        "photo": "none",
        "collection": "school",
        "emergency_name": "Sam Okoro",
        "emergency_phone": "07700 900123",
    }

    answer = client.post(family.url, data=data)

    assert answer.status_code == 422
    page = soup(answer)
    assert "has changed since this page was opened" in said(page)
    assert page.find(id="health").get_text().strip() == "Peanuts", "what was typed stays"
    fresh = {**data, "read": page.find("input", attrs={"name": "read"})["value"]}
    assert client.post(family.url, data=fresh).status_code == 303
    assert state(family) is BookingState.CONFIRMED


def test_answers_are_not_sent_with_consent_to_another_day(school):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.FREE), school=school)
    checkout.answer(family)
    with transaction() as unit:
        unit.get_one(Needs, family.booking.id).sent_at = None
        unit.get_one(Booking, family.booking.id).state = BookingState.INVITED
    change(family, days=7)
    booking = db.session.get_one(Booking, family.booking.id)
    with pytest.raises(service.Incomplete), transaction():
        service.send_answers(actor=PARENT, now=clock.now(), booking=booking)


def test_moved_back_the_old_consent_stands_again(client, school):
    family = answered(school)
    change(family, days=7)
    change(family, days=-7)
    assert questions() == []
    assert "is it still fine" not in text(client, family.url)


def test_moved_back_after_a_yes_to_the_other_day_it_is_asked_again(client, school):
    family = answered(school)
    change(family, days=7)
    press_still_fine(client, family)
    change(family, days=-7)
    assert len(questions()) == 1


def test_silence_reminds_once_and_never_costs_the_place(coordinator, school, time_machine, app):
    family = answered(school)
    change(family, days=7)
    [question] = questions()
    due_at = question.reply_by_at
    time_machine.move_to(due_at - timedelta(hours=20))
    for _ in range(2):
        with transaction():
            service.remind_of_questions(clock.now())
    assert len(mails("ask_again")) == 2

    time_machine.move_to(due_at + timedelta(days=3))
    schools.sign_in(coordinator, schools.make_person(role=Role.COORDINATOR, school=school))

    assert state(family) is BookingState.CONFIRMED
    assert len(questions()) == 1
    assert "Late" in text(coordinator, "/school/")


def test_the_answer_may_come_on_paper(coordinator, school):
    family = answered(school)
    change(family, days=7)
    page = f"/school/bookings/{family.booking.public_id}/still-fine"
    assert "Still fine after the change?" in said(soup(coordinator.get(page)))
    assert coordinator.post(page, data={"given_by": "Sam Okoro"}).status_code == 422

    coordinator.post(
        page, data={"agreed": "yes", "given_by": "Sam Okoro", "read": read_on(coordinator, page)}
    )

    assert questions() == []
    newest = db.session.scalars(select(Consent).order_by(Consent.id.desc())).first()
    assert (newest.channel, newest.given, newest.given_by) == ("paper", True, "Sam Okoro")


def test_a_no_on_paper_gives_the_place_back_and_asks_nothing_more(coordinator, school):
    family = answered(school)
    change(family, days=7)
    page = f"/school/bookings/{family.booking.public_id}/still-fine"

    coordinator.post(page, data={"agreed": "no", "given_by": "Sam Okoro"})

    assert state(family) is BookingState.WITHDRAWN
    assert questions() == []


def test_withdrawn_by_the_school_nothing_more_is_asked(school):
    family = answered(school)
    change(family, days=7)
    with transaction():
        booking = db.session.get_one(Booking, family.booking.id)
        places.places.withdraw(actor=COMMAND, now=clock.now(), booking=booking)
    assert questions() == []


def test_of_two_children_at_one_event_each_is_asked_about(school):
    event = checkout.make_fee_event(FeeKind.FREE)
    families = [checkout.make_family(event, school=school, forename=name) for name in ("Ada", "Bo")]
    for family in families:
        checkout.answer(family)
    db.session.rollback()
    change(families[0], days=7)
    texts = [mail.text for mail in mails("ask_again")]
    assert len(texts) == 2
    assert ["Ada" in texts[0], "Bo" in texts[1]] == [True, True]


def test_a_new_wording_is_asked_about_by_the_worker_and_only_once(school, monkeypatch):
    family = answered(school)
    monkeypatch.setattr(words, "COMPARED", (*words.COMPARED, "One sentence more."))
    for _ in range(2):
        with transaction():
            service.ask_where_overlooked(clock.now())
    assert len(questions()) == 1
    assert len(mails("ask_again")) == 1
    assert state(family) is BookingState.CONFIRMED


def test_an_answer_from_before_digests_were_kept_is_compared_by_its_words(client, school):
    family = answered(school)
    with transaction() as unit:
        unit.scalars(select(Consent)).one().facts_digest = ""
    change(family, practicalities="Bring a hat.")
    with transaction():
        assert service.ask_where_overlooked(clock.now()) == 0
    assert questions() == []
    change(family, venue="Somewhere else")
    assert len(questions()) == 1


def test_a_charge_paid_while_a_question_is_open_confirms_the_place(client, school):
    family = answered(school, FeeKind.CHARGE)
    change(family, venue="Somewhere else")
    checkout.pay(family)
    assert state(family) is BookingState.CONFIRMED
    assert len(questions()) == 1


def test_a_pupil_without_any_address_is_a_task_of_the_school(coordinator, school):
    event = checkout.make_fee_event(FeeKind.FREE)
    pupil = make_pupil(school=school, year_group=event.low_year, parents=[])
    booking = places.make_booking(event=event, school=school, pupil=pupil)
    with transaction():
        service.record_paper_reply(
            actor=COMMAND,
            now=clock.now(),
            booking=db.session.get_one(Booking, booking.id),
            reply=service.PaperReply("Sam Okoro", checkout.answers()),
        )
    db.session.rollback()
    with transaction():
        event = db.session.get_one(Event, event.id)
        details = replace(event_details.details_of(event), venue="Somewhere else")
        events.change(actor=COMMAND, now=clock.now(), event=event, details=details)
    assert mails("ask_again") == []
    assert "1 parent asked again about" in text(coordinator, "/school/")


def test_questions_go_with_the_needs_and_objections_a_little_later(school, time_machine):
    family = answered(school)
    change(family, days=7)
    with transaction():
        booking = db.session.get_one(Booking, family.booking.id)
        service.raise_objection(
            actor=PARENT, now=clock.now(), booking=booking, parent_id=family.parent.id
        )
    ended_at = db.session.get_one(Event, family.booking.event_id).last_ends_at
    for days, left in ((13, (1, 1)), (14, (0, 1)), (29, (0, 1)), (30, (0, 0))):
        purging.purge(ended_at + timedelta(days=days))
        db.session.rollback()
        objections = db.session.scalars(select(Objection)).all()
        assert (len(questions()), len(objections)) == left
