"""What happens to a place that comes back: the school's reserve, then the next school in line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from booking.days.events import service as event_service
from booking.days.events.models import Sharing
from booking.days.places import queries
from booking.days.places import service as places
from booking.days.places.models import Offer, OfferState
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from tests.builders import events, pupils, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def three(db_session):
    """Three schools, each with a coordinator."""
    made = [schools.make_school() for _ in range(3)]
    for school in made:
        schools.make_person(role=Role.COORDINATOR, school=school)
    return made


@pytest.fixture
def shared(three):
    """An event of 4 places: the first two schools hold 2 each, the second and third want more."""
    event = events.make_event(places=4)
    for school, wanted in zip(three, (2, 3, 2), strict=True):
        build.ask(event, school, wanted)
    build.allot(event, {three[0]: 2, three[1]: 2, three[2]: 0})
    return event


def decline(booking):
    with transaction():
        places.decline(actor=PARENT, now=clock.now(), booking=booking)


def held(event):
    return queries.held(event.id)


def offers(event):
    statement = select(Offer).where(Offer.event_id == event.id).order_by(Offer.id)
    return [(offer.school_id, offer.state) for offer in db.session.scalars(statement)]


def test_a_declined_place_goes_to_the_schools_own_first_reserve(shared, three):
    booking = build.name(shared, three[0])
    first, second = build.reserve(shared, three[0]), build.reserve(shared, three[0])
    decline(booking)
    assert (booking.state, first.state, second.state) == (
        BookingState.DECLINED,
        BookingState.INVITED,
        BookingState.RESERVE,
    )
    assert first.place_id == booking.place_id
    assert offers(shared) == []


def test_a_reserve_who_is_elsewhere_that_day_is_passed_over(shared, three):
    booking = build.name(shared, three[0])
    first, second = build.reserve(shared, three[0]), build.reserve(shared, three[0])
    other = events.make_event(dates=[events.one_date(shared.first_starts_at)])
    build.hold(other, three[0])
    build.name(other, three[0], first.pupil)
    decline(booking)
    assert (first.state, second.state) == (BookingState.RESERVE, BookingState.INVITED)


def test_without_a_reserve_the_place_is_offered_to_the_next_school_in_line(shared, three):
    decline(build.name(shared, three[0]))
    assert held(shared) == {three[0].id: 1, three[1].id: 2}
    # The third school's first place comes before the second school's third.
    assert offers(shared) == [(three[2].id, OfferState.OPEN)]
    assert queries.places_left([shared.id]) == {shared.id: 0}
    [mail] = db.session.scalars(select(Message).where(Message.template == "place_offered"))
    assert mail.subject == "A place at Puzzle day for your school"


def test_an_accepted_offer_is_the_schools_and_can_be_named(shared, three):
    decline(build.name(shared, three[0]))
    with transaction():
        places.accept_offer(
            actor=COMMAND, now=clock.now(), offer=build.open_offer(three[2], shared)
        )
    assert held(shared) == {school.id: n for school, n in zip(three, (1, 2, 1), strict=True)}
    assert build.name(shared, three[2]).state is BookingState.INVITED


def test_a_declined_offer_goes_to_the_next_school_and_then_nobody_waits(shared, three):
    decline(build.name(shared, three[0]))
    for school in (three[2], three[1]):
        with transaction():
            places.decline_offer(
                actor=COMMAND, now=clock.now(), offer=build.open_offer(school, shared)
            )
    assert offers(shared) == [
        (three[2].id, OfferState.DECLINED),
        (three[1].id, OfferState.DECLINED),
    ]
    assert queries.places_left([shared.id]) == {shared.id: 1}


def test_a_place_that_nobody_waits_for_is_there_for_whoever_asks_first(shared, three):
    decline(build.name(shared, three[0]))
    for school in (three[2], three[1]):
        with transaction():
            places.decline_offer(
                actor=COMMAND, now=clock.now(), offer=build.open_offer(school, shared)
            )
    newcomer = schools.make_school()
    build.ask(shared, newcomer, 3)
    assert held(shared)[newcomer.id] == 1


def test_an_offer_runs_out_on_a_school_day_and_is_passed_on(shared, three):
    decline(build.name(shared, three[0]))
    offer = build.open_offer(three[2], shared)
    with transaction():
        offer.sent_at = offer.offered_at
    assert offer.expires_at == datetime(2027, 3, 3, 16, 0, tzinfo=UTC)
    with transaction():
        assert places.expire_offers(offer.expires_at - timedelta(seconds=1)) == 0
    with transaction():
        assert places.expire_offers(offer.expires_at) == 1
    with transaction():
        assert places.expire_offers(offer.expires_at) == 0
    assert offers(shared) == [(three[2].id, OfferState.EXPIRED), (three[1].id, OfferState.OPEN)]


def test_an_offer_past_its_time_cannot_be_accepted(shared, three):
    decline(build.name(shared, three[0]))
    offer = build.open_offer(three[2], shared)
    with pytest.raises(places.OfferOver, match="has expired"), transaction():
        places.accept_offer(actor=COMMAND, now=offer.expires_at, offer=offer)


def test_an_answered_offer_cannot_be_answered_again(shared, three):
    decline(build.name(shared, three[0]))
    offer = build.open_offer(three[2], shared)
    with transaction():
        places.accept_offer(actor=COMMAND, now=clock.now(), offer=offer)
    with pytest.raises(places.OfferOver, match="already been accepted"), transaction():
        places.decline_offer(actor=COMMAND, now=clock.now(), offer=offer)


def test_an_unanswered_invitation_lapses_and_its_place_is_given_on(shared, three):
    booking = build.name(shared, three[0])
    reserve = build.reserve(shared, three[0])
    assert build.let_lapse(booking) == 1
    with transaction():
        assert places.lapse_overdue(booking.reply_by_at) == 0
    assert (booking.state, reserve.state) == (BookingState.LAPSED, BookingState.INVITED)


def test_a_payment_after_the_lapse_seats_the_pupil_again_on_a_place_of_the_school(shared, three):
    booking = build.make_booking(event=shared, school=three[0], state=BookingState.LAPSED)
    with transaction():
        places.confirm(actor=PARENT, now=clock.now(), booking=booking)
    assert booking.state is BookingState.CONFIRMED
    assert held(shared)[three[0].id] == 1


def test_a_payment_after_the_lapse_seats_the_pupil_again_on_a_place_nobody_holds(three):
    event = events.make_event(places=1)
    build.allot(event, {three[0]: 1})
    booking = build.make_booking(event=event, school=three[0], state=BookingState.LAPSED)
    assert held(event) == {}
    with transaction():
        places.confirm(actor=PARENT, now=clock.now(), booking=booking)
    assert (booking.state, held(event)) == (BookingState.CONFIRMED, {three[0].id: 1})


def test_a_payment_after_the_lapse_is_refused_when_no_place_is_free(three):
    event = events.make_event(places=1)
    build.allot(event, {three[0]: 1})
    build.ask(event, three[1], 1)
    booking = build.make_booking(event=event, school=three[0], state=BookingState.LAPSED)
    with pytest.raises(places.NoPlaceFree, match="had gone to somebody else"), transaction():
        places.confirm(actor=PARENT, now=clock.now(), booking=booking)
    assert booking.state is BookingState.LAPSED


def test_places_without_a_name_go_back_after_the_naming_date(shared, three):
    build.name(shared, three[0])
    reserve = build.reserve(shared, three[1])
    with transaction():
        assert places.return_unnamed(shared.naming_close_at) == 3
    with transaction():
        assert places.return_unnamed(shared.naming_close_at) == 0
    assert reserve.state is BookingState.INVITED
    assert held(shared) == {three[0].id: 1, three[1].id: 1}
    assert offers(shared) == [(three[2].id, OfferState.OPEN)] * 2


def test_a_place_accepted_after_the_naming_date_can_be_named_for_some_school_days(shared, three):
    with transaction():
        places.return_unnamed(shared.naming_close_at)
    later = shared.naming_close_at + timedelta(hours=1)
    with transaction():
        place = places.accept_offer(
            actor=COMMAND, now=later, offer=build.open_offer(three[2], shared)
        )
    with transaction():
        assert places.return_unnamed(later) == 0
    assert build.name(shared, three[2], now=later).place_id == place.id


def test_places_are_given_back_by_the_school_itself(shared, three):
    with transaction():
        places.give_back_places(
            actor=COMMAND, now=clock.now(), event=shared, school=three[1], count=1
        )
    assert held(shared) == {three[0].id: 2, three[1].id: 1}
    assert offers(shared) == [(three[2].id, OfferState.OPEN)]
    for count, words in ((0, "at least 1 place"), (2, "You have 1 place without a name")):
        with pytest.raises(places.NothingToGiveBack, match=words), transaction():
            places.give_back_places(
                actor=COMMAND, now=clock.now(), event=shared, school=three[1], count=count
            )


def change(event, details, **fields):
    with transaction():
        return event_service.change(
            actor=COMMAND, now=clock.now(), event=event, details=replace(details, **fields)
        )


def test_more_places_are_offered_to_the_line(shared, three):
    change(shared, event_service.details_of(shared), places=7)
    assert offers(shared) == [
        (three[2].id, OfferState.OPEN),
        (three[2].id, OfferState.OPEN),
        (three[1].id, OfferState.OPEN),
    ]


def test_only_free_places_can_be_taken_away(three):
    event = events.make_event(places=6)
    build.allot(event, {three[0]: 4})
    details = event_service.details_of(event)
    with pytest.raises(
        event_service.EventRefused, match="already have, or have been offered, 4 of the 6"
    ):
        change(event, details, places=3)
    change(event, details, places=5)
    assert queries.places_left([event.id]) == {event.id: 1}


def test_a_cancelled_event_ends_everything_and_everybody_is_told_once(shared, three):
    mother = "mother@parents.example"
    twins = [pupils.make_pupil(school=three[0], parent_email=mother) for _ in range(2)]
    bookings = [build.name(shared, three[0], twin) for twin in twins]
    reserve = build.reserve(shared, three[0])
    with transaction():
        places.give_back_places(
            actor=COMMAND, now=clock.now(), event=shared, school=three[1], count=2
        )
    events.cancel_event(shared)
    assert {b.state for b in (*bookings, reserve)} == {BookingState.CANCELLED}
    assert offers(shared) == [(three[2].id, OfferState.WITHDRAWN)] * 2
    told = db.session.scalars(
        select(Message.recipient).where(Message.template == "event_cancelled")
    ).all()
    assert len(told) == len(set(told)) == 4
    assert mother in told


def test_nothing_lapses_and_nothing_moves_once_an_event_is_cancelled(shared, three):
    booking = build.name(shared, three[0])
    events.cancel_event(shared)
    later = booking.reply_by_at + timedelta(days=30)
    with transaction():
        assert (
            places.lapse_overdue(later),
            places.expire_offers(later),
            places.return_unnamed(later),
        ) == (0, 0, 0)


def test_parents_are_reminded_once_before_the_deadline(shared, three):
    booking = build.name(shared, three[0])
    with transaction():
        booking.invitation_sent_at = booking.invited_at
    soon = booking.reply_by_at - timedelta(hours=3)
    for expected in (1, 0):
        with transaction():
            assert places.remind_parents(soon) == expected
    statement = select(func.count()).where(Message.template == "reply_reminder")
    assert db.session.scalar(statement) == 1


def test_a_quota_event_without_requests_frees_its_places_on_the_release_date(three):
    event = events.make_event(sharing=Sharing.SET_QUOTAS, places=3)
    with transaction():
        assert places.release_quotas(event.release_at) == 0
    assert queries.places_left([event.id]) == {event.id: 3}


def test_every_change_of_a_booking_leaves_one_audit_entry(shared, three):
    booking = build.name(shared, three[0])
    reserve = build.reserve(shared, three[0])
    decline(booking)
    entries = db.session.execute(
        select(AuditEntry.action, AuditEntry.subject_id)
        .where(AuditEntry.subject_type == "bookings")
        .order_by(AuditEntry.id)
    ).all()
    assert entries == [
        ("invite_pupil", str(booking.id)),
        ("add_reserve", str(reserve.id)),
        ("decline_booking", str(booking.id)),
        ("invite_pupil", str(reserve.id)),
    ]


def test_an_event_keeps_the_years_of_the_pupils_named_for_it(shared, three):
    build.name(shared, three[0], pupils.make_pupil(school=three[0], year_group=5))
    with pytest.raises(event_service.EventRefused, match="Pupils in Year 5 already have places"):
        change(shared, event_service.details_of(shared), low_year=6)
