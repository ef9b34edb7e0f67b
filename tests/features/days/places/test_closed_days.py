"""Nothing lapses in the holidays: each school's deadlines fall on its own school days."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from booking.days.events.models import Sharing
from booking.days.places import queries
from booking.days.places import service as places
from booking.domain import terms
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.people.schools import service as school_service
from tests.builders import events, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


def close(school, first_on, last_on=None, reason="Training day"):
    with transaction():
        school_service.add_closure(
            actor=COMMAND,
            now=clock.now(),
            school=school,
            first_on=first_on,
            last_on=last_on or first_on,
            reason=reason,
        )


def sweep(job, at):
    with transaction():
        return job(at)


def told(event, school, *, now=None):
    """Name a pupil whose family is told and reminded at once."""
    booking = build.name(event, school, now=now)
    with transaction():
        build.tell(booking)
    return booking


def said(at):
    return terms.deadline_text(at)


@pytest.fixture
def school(app):
    return schools.make_school()


@pytest.fixture
def event(school):
    """An event of two places, both the school's, with one school day to answer."""
    made = events.make_event(places=2, reply_days=1, offer_days=1)
    build.hold(made, school, 2)
    return made


def test_each_school_answers_by_its_own_school_days(event, school):
    other, elsewhere = schools.make_school(), events.make_event(title="Chess day", reply_days=1)
    build.hold(elsewhere, other)
    close(school, date(2027, 3, 2))

    own, others = build.name(event, school), build.name(elsewhere, other)

    assert said(own.reply_by_at) == "Wednesday 3 March 2027, 4pm"
    assert said(others.reply_by_at) == "Tuesday 2 March 2027, 4pm"


def test_no_invitation_and_no_offer_lapses_in_a_holiday(event, school, time_machine):
    schools.make_terms()
    waiting = schools.make_school()
    build.ask(event, waiting, 1)
    friday = datetime(2027, 3, 19, 15, 0, tzinfo=LONDON)  # the last day of the spring term
    booking = told(event, school, now=friday)
    with transaction():
        places.give_back_places(actor=COMMAND, now=friday, event=event, school=school, count=1)
    offer = build.open_offer(waiting, event)
    offer.sent_at = friday

    at = friday
    while at.date() < date(2027, 4, 5):
        assert sweep(places.lapse_overdue, at) == sweep(places.expire_offers, at) == 0
        at += timedelta(hours=12)

    assert (booking.state, offer.state) == (BookingState.INVITED, "open")
    assert said(booking.reply_by_at) == said(offer.expires_at) == "Monday 5 April 2027, 4pm"
    assert sweep(places.lapse_overdue, booking.reply_by_at) == 1
    assert sweep(places.expire_offers, offer.expires_at) == 1


def test_a_deadline_on_a_day_that_was_closed_later_is_put_off_and_told_in_the_trail(event, school):
    booking = told(event, school)
    due_at = booking.reply_by_at
    close(school, terms.london(due_at).date(), reason="Snow")

    assert sweep(places.lapse_overdue, due_at) == 1

    assert booking.state is BookingState.INVITED
    assert said(booking.reply_by_at) == "Wednesday 3 March 2027, 4pm"
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "put_off_deadline")
    ).one()
    assert (entry.subject_type, entry.facts["was_due_at"]) == ("bookings", due_at.isoformat())
    assert sweep(places.lapse_overdue, due_at + timedelta(hours=1)) == 0
    assert sweep(places.lapse_overdue, booking.reply_by_at) == 1
    assert booking.state is BookingState.LAPSED


def test_a_worker_that_slept_through_the_new_deadline_lets_it_lapse(event, school):
    booking = told(event, school)
    close(school, terms.london(booking.reply_by_at).date(), reason="Snow")

    sweep(places.lapse_overdue, booking.reply_by_at + timedelta(days=7))

    assert booking.state is BookingState.LAPSED


def test_an_offer_on_a_day_that_was_closed_later_is_put_off(event, school):
    waiting = schools.make_school()
    build.ask(event, waiting, 1)
    with transaction():
        places.give_back_places(actor=COMMAND, now=clock.now(), event=event, school=school, count=1)
    offer = build.open_offer(waiting, event)
    due_at = offer.expires_at
    close(None, terms.london(due_at).date(), reason="Snow everywhere")

    sweep(places.expire_offers, due_at)

    assert offer.state == "open"
    with transaction():
        places.accept_offer(actor=COMMAND, now=due_at + timedelta(hours=2), offer=offer)
    assert queries.held(event.id)[waiting.id] == 1


@pytest.mark.parametrize(
    ("sharing", "deadline", "job"),
    [
        (Sharing.FAIR_ROUND, "naming_close_at", places.return_unnamed),
        (Sharing.SET_QUOTAS, "release_at", places.release_quotas),
    ],
)
def test_places_without_a_name_are_not_taken_in_a_holiday(school, sharing, deadline, job):
    event = events.make_event(sharing=sharing)
    build.hold(event, school)
    due_at = getattr(event, deadline)
    closed_on = terms.london(due_at).date()
    close(school, closed_on, closed_on + timedelta(days=4), reason="Half term")

    sweep(job, due_at)

    [place] = queries.vacant_places(event.id, school.id)
    assert place.name_by_at > due_at + timedelta(days=4)
    build.name(event, school, now=due_at + timedelta(hours=1))
    assert queries.vacant_places(event.id, school.id) == []


def test_a_place_not_named_on_the_school_day_after_a_holiday_is_taken(event, school):
    due_at = event.naming_close_at
    close(school, terms.london(due_at).date())
    sweep(places.return_unnamed, due_at)
    [place, _] = queries.vacant_places(event.id, school.id)

    sweep(places.return_unnamed, place.name_by_at)

    assert queries.vacant_places(event.id, school.id) == []


def test_nobody_is_waited_for_beyond_the_start_of_the_event(school):
    """A summer school in the holidays: the latest deadline is the first day itself."""
    starts_at = datetime.combine(date(2027, 8, 3), time(9, 30), tzinfo=LONDON)
    event = events.make_event(
        dates=[events.one_date(starts_at)], naming_close_at=starts_at - timedelta(days=1)
    )
    build.hold(event, school)
    [place] = queries.vacant_places(event.id, school.id)

    sweep(places.return_unnamed, event.naming_close_at)

    assert place.name_by_at == starts_at
