"""Naming pupils for places, ranking reserves, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from booking.days.places import queries
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.foundation.tokens import token_hash
from booking.people.pupils.models import ParentLink
from booking.people.pupils.service import ParentDetails
from tests.builders import events, pupils, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


def name(event, school, *chosen, now=None):
    with transaction():
        return places.name_pupils(
            actor=COMMAND, now=now or clock.now(), event=event, school=school, pupils=chosen
        )


@pytest.fixture
def school(db_session):
    return schools.make_school()


@pytest.fixture
def event(school):
    event = events.make_event(places=6)
    build.allot(event, {school: 2})
    return event


def states(event, school):
    found = queries.bookings_of(event.id, school.id) + queries.reserves(event.id, school.id)
    return sorted(booking.state.value for booking in found)


def test_a_named_pupil_is_invited_and_the_parent_gets_a_private_link(event, school):
    ada = pupils.make_pupil(
        school=school, forename="Ada", surname="Bright", parent_email="bright@parents.example"
    )
    [booking] = name(event, school, ada)
    assert (booking.state, booking.school_id) == (BookingState.INVITED, school.id)
    message = db.session.scalars(select(Message)).one()
    assert (message.template, message.recipient) == ("invited", "bright@parents.example")
    assert message.subject == f"{school.name}: a place for Ada at Puzzle day. Please reply"
    assert "Bright" not in message.subject
    assert f"{school.name}, telephone {school.office_phone}" in message.text
    assert "This event is free" in message.text
    link = db.session.scalars(select(ParentLink)).one()
    token = message.text.split("/parent/")[1].split()[0]
    assert link.token_hash == token_hash(token)
    assert link.expires_at > event.last_ends_at


def test_the_parent_has_the_events_school_days_to_answer_and_never_a_sunday(event, school):
    schools.make_terms()
    friday = datetime(2027, 3, 5, 20, 0, tzinfo=LONDON)
    event = events.make_event(reply_days=2)
    build.hold(event, school)
    booking = build.name(event, school, now=friday)
    assert booking.reply_by_at == datetime(2027, 3, 9, 16, 0, tzinfo=UTC)


def test_a_pupil_with_no_address_to_write_to_is_invited_on_paper(event, school):
    [booking] = name(event, school, pupils.make_pupil(school=school, parents=[]))
    assert booking.state is BookingState.INVITED
    assert db.session.scalars(select(Message)).all() == []


def test_both_parents_are_written_to_each_with_a_link_of_their_own(event, school):
    two = [ParentDetails("Ann", "ann@parents.example"), ParentDetails("Bo", "bo@parents.example")]
    name(event, school, pupils.make_pupil(school=school, parents=two))
    assert len(db.session.scalars(select(ParentLink)).all()) == 2
    assert len(set(db.session.scalars(select(Message.text)))) == 2


def test_more_names_than_places_are_refused_and_nothing_is_written(event, school):
    three = [pupils.make_pupil(school=school) for _ in range(3)]
    with pytest.raises(
        places.MoreNamesThanPlaces, match="chose 3 pupils, but you have 2 free places"
    ):
        name(event, school, *three)
    assert db.session.scalars(select(Booking)).all() == []
    assert db.session.scalars(select(Message)).all() == []


def test_nobody_chosen_is_refused(event, school):
    with pytest.raises(places.NobodyChosen, match="Choose at least one pupil"):
        name(event, school)


def test_the_same_pupil_twice_is_refused(event, school):
    ada = pupils.make_pupil(school=school)
    name(event, school, ada)
    with pytest.raises(places.NamedAlready, match="already has a place at this event"):
        name(event, school, ada)


def test_another_schools_pupil_is_refused(event, school):
    stranger = pupils.make_pupil(school=schools.make_school())
    with pytest.raises(places.NamingRefused, match="pupils from School Number"):
        name(event, school, stranger)


def test_a_pupil_outside_the_years_is_refused(event, school):
    small = pupils.make_pupil(school=school, forename="Tim", surname="Young", year_group=2)
    with pytest.raises(places.NamingRefused, match="Tim Young is in Year 2; this event is for"):
        name(event, school, small)


def test_a_pupil_with_a_place_elsewhere_at_the_same_time_is_refused(event, school):
    starts_at = event.first_starts_at
    other = events.make_event(title="Chess day", dates=[events.one_date(starts_at, hours=2)])
    next_day = events.make_event(dates=[events.one_date(starts_at + timedelta(days=1))])
    ada = pupils.make_pupil(school=school, forename="Ada", surname="Bright")
    name(event, school, ada)
    build.hold(other, school)
    build.hold(next_day, school)
    with pytest.raises(places.ElsewhereThatDay, match="place at “Puzzle day” at the same time"):
        name(other, school, ada)
    assert name(next_day, school, ada)


def test_naming_closes_on_the_naming_date(event, school):
    ada = pupils.make_pupil(school=school)
    with pytest.raises(places.NamingClosed, match="date for naming pupils has passed"):
        name(event, school, ada, now=event.naming_close_at)
    assert name(event, school, ada, now=event.naming_close_at - timedelta(seconds=1))


def test_reserves_are_ranked_moved_and_taken_off(event, school):
    first, second, third = (build.reserve(event, school) for _ in range(3))

    def order():
        return [booking.id for booking in queries.reserves(event.id, school.id)]

    def move(booking, *, up):
        with transaction():
            places.move_reserve(actor=COMMAND, now=clock.now(), booking=booking, up=up)

    assert order() == [first.id, second.id, third.id]
    move(third, up=True)
    assert order() == [first.id, third.id, second.id]
    move(first, up=True)
    assert order() == [first.id, third.id, second.id]
    move(first, up=False)
    assert order() == [third.id, first.id, second.id]
    with transaction():
        places.withdraw(actor=COMMAND, now=clock.now(), booking=third)
    assert order() == [first.id, second.id]
    with pytest.raises(places.NotAReserve, match="no longer a reserve"):
        move(third, up=True)


def test_all_reserves_are_ranked_at_once(event, school):
    first, second, third = (build.reserve(event, school) for _ in range(3))
    with transaction():
        ranked = places.rank_reserves(
            actor=COMMAND, now=clock.now(), event=event, school=school, order=[third, second]
        )
    assert [(b.id, b.reserve_rank) for b in ranked] == [
        (third.id, 1),
        (second.id, 2),
        (first.id, 3),
    ]


def test_a_reserve_can_be_named_into_a_place(event, school):
    reserve = build.reserve(event, school)
    [booking] = name(event, school, reserve.pupil)
    assert booking.id == reserve.id
    assert states(event, school) == ["invited"]


def test_a_pupil_who_declined_may_be_named_again_and_the_old_link_ends(event, school):
    booking = build.name(event, school)
    with transaction():
        places.decline(actor=COMMAND, now=clock.now(), booking=booking)
    build.name(event, school, booking.pupil)
    assert states(event, school) == ["invited"]
    links = db.session.scalars(select(ParentLink).order_by(ParentLink.id)).all()
    assert [link.revoked_at is None for link in links] == [False, True]


def test_one_pupil_is_swapped_for_another_in_the_same_place(event, school):
    booking, other = build.name(event, school), pupils.make_pupil(school=school)
    place_id = booking.place_id
    with transaction():
        successor = places.swap_pupil(actor=COMMAND, now=clock.now(), booking=booking, pupil=other)
    assert (successor.pupil_id, successor.place_id) == (other.id, place_id)
    assert states(event, school) == ["invited", "withdrawn"]


def test_a_confirmed_pupil_is_marked_on_the_day_and_the_mark_can_be_mended(event, school):
    booking = build.make_booking(event=event, school=school, state=BookingState.CONFIRMED)

    def mark(attended):
        with transaction():
            return places.mark(
                actor=COMMAND, now=clock.now(), booking=booking, attended=attended
            ).state

    assert [mark(m) for m in (True, True, False, None)] == [
        BookingState.ATTENDED,
        BookingState.ATTENDED,
        BookingState.ABSENT,
        BookingState.CONFIRMED,
    ]
    assert booking.marked_at is None


def test_a_pupil_who_leaves_the_school_gives_the_place_to_the_next_reserve(event, school):
    from booking.people.pupils import service as pupil_service

    booking, reserve = build.name(event, school), build.reserve(event, school)
    with transaction():
        pupil_service.remove_pupil(actor=COMMAND, now=clock.now(), pupil=booking.pupil)
    assert (booking.state, reserve.state) == (BookingState.WITHDRAWN, BookingState.INVITED)
