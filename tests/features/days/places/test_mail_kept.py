"""Each mail says what it is about and until when it is worth sending: a family's, a school's."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events import service as event_service
from booking.days.places import queries
from booking.days.places import service as places
from booking.days.places.models import Offer
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from tests.builders import allocation as rounds
from tests.builders import events, pupils, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def school(app):
    made = schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=made)
    return made


@pytest.fixture
def event(school):
    return events.make_event(places=2)


@pytest.fixture
def booking(event, school):
    build.hold(event, school)
    return build.name(event, school, pupils.make_pupil(school=school))


def mails(template):
    """Return what mails of a kind are about, and until when they are kept."""
    found = select(Message.about, Message.keep_until).where(Message.template == template)
    return [tuple(row) for row in db.session.execute(found.order_by(Message.id))]


def of_family(booking):
    return f"booking:{booking.id}"


def of_event(event):
    return f"event:{event.id}"


def test_an_invitation_and_its_reminder_are_kept_until_the_date_that_they_name(booking):
    assert mails("invited") == [(of_family(booking), booking.reply_by_at)]
    with transaction():
        places.follow_mail(db.session.scalars(select(Message)).all()[-1], now=clock.now())
        places.remind_parents(booking.reply_by_at - timedelta(hours=2))
    assert mails("reply_reminder") == [(of_family(booking), booking.reply_by_at)]


def test_a_new_link_is_kept_until_the_event_is_over(event, booking):
    with transaction():
        places.send_new_links(actor=COMMAND, now=clock.now(), booking=booking)
    assert mails("new_link") == [(of_family(booking), event.last_ends_at)]


def test_a_change_and_a_cancellation_are_kept_until_the_event_is_over(event, booking):
    details = replace(event_service.details_of(event), venue="The new hall")
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)
    events.cancel_event(event)

    for template in ("event_changed", "event_cancelled"):
        told = set(mails(template))
        assert told == {(who, event.last_ends_at) for who in (of_family(booking), of_event(event))}


def test_an_answer_that_frees_a_place_is_about_the_event_and_a_lapse_about_the_family(
    event, booking
):
    build.let_lapse(booking)
    assert [about for about, _ in mails("place_returned")] == [of_event(event)]
    assert [about for about, _ in mails("invitation_lapsed")] == [of_family(booking)]


def test_an_offer_is_kept_until_it_runs_out_and_a_result_until_the_event(school):
    event = events.make_event(places=1)
    other = schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=other)
    for asking in (school, other):
        build.ask(event, asking, 1)
    rounds.run_round(event)
    [place_of] = [s for s in (school, other) if queries.vacant_places(event.id, s.id)]
    booking = build.name(event, place_of, now=rounds.after_deadline(event))
    with transaction():
        places.decline(actor=PARENT, now=rounds.after_deadline(event), booking=booking)

    offer = db.session.scalars(select(Offer)).one()
    assert mails("place_offered") == [(of_event(event), offer.expires_at)]
    assert set(mails("round_result")) == {(of_event(event), event.first_starts_at)}
    published = mails("event_published")
    assert set(published) <= {(of_event(event), event.first_starts_at)}
    assert published
