"""Stops: asked for, agreed, published by the school itself, moved, cancelled; never two at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.days.events import pages as event_pages
from booking.days.events import queries as event_queries
from booking.days.events import service as events
from booking.days.events.models import Event, EventState, Sharing
from booking.days.leading import queries as leading_queries
from booking.days.places import queries as place_queries
from booking.days.tours import service, soundness
from booking.days.tours.models import StopState, Tour, TourState, TourStop
from booking.domain.permissions import COMMAND, Role
from booking.domain.reasons import ReasonMissing
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from tests.builders import schools, tours
from tests.builders.stored import count


def told(person):
    return count(Message, Message.recipient == person.email, Message.template == "tour_news")


def act(do, **facts):
    with transaction():
        return do(actor=COMMAND, now=clock.now(), **facts)


def publish_refused(stop):
    with pytest.raises(events.EventRefused) as refused:
        tours.publish(stop)
    return str(refused.value)


def move(stop, days=0, **by):
    """Move a stop's event as its host would."""
    event = db.session.get_one(Event, stop.event_id)
    written = events.details_of(event)
    shift = timedelta(days=days, **by)
    dates = tuple(
        events.DateDetails(date.starts_at + shift, date.ends_at + shift) for date in written.dates
    )
    return act(events.change, event=event, details=replace(written, dates=dates))


def sound():
    return [found for check in soundness.checks() for found in check.problems()]


def test_an_agreed_stop_is_a_filled_in_draft_and_its_own_pupils_have_the_places(world):
    assert told(world.coordinator) == 1  # that the tour has been opened
    assert told(world.upper_coordinator) == 0
    schools.make_person(role=Role.COORDINATOR, school=world.neighbour)
    stop = tours.ask(world.tour, world.primary, tours.at(40), tours.at(43), others=3)
    assert told(world.keeper) == 1

    accepted = act(service.accept, stop=stop, starts_at=tours.at(43))

    event = accepted.event
    assert (event.state, event.host_school_id) == (EventState.DRAFT, world.primary.id)
    assert (event.title, event.venue, event.places) == (world.tour.title, "Main hall", 15)
    assert event.led_by == "older pupils of Aldermere Upper with Ms Young"
    assert event.sharing is Sharing.SET_QUOTAS
    assert event.last_ends_at == tours.at(43) + timedelta(hours=2)
    assert leading_queries.of_event(event.id).school_id == world.upper.id
    assert (told(world.host), told(world.coordinator)) == (1, 2)
    audience = event_queries.audience(event)
    assert (audience.people, audience.keeps_to_itself) == (1, False)  # 3 places for others
    tours.publish(stop)
    assert count(Message, Message.template == "event_published") == 1
    assert place_queries.held(event.id) == {world.primary.id: 12}
    assert sound() == []


def test_no_other_school_is_told_of_a_stop_that_is_only_for_its_own_pupils(world):
    schools.make_person(role=Role.COORDINATOR, school=world.neighbour)
    stop = tours.agree_stop(world.tour, world.primary)
    audience = event_queries.audience(db.session.get_one(Event, stop.event_id))
    assert event_pages.told(audience).startswith("No other school is told")
    tours.publish(stop)
    assert count(Message, Message.template == "event_published") == 0


def test_what_a_school_asks_for_has_to_fit_the_tour(world):
    for field, changes in {
        "time_1": {"times": (clock.now() - timedelta(days=1),)},
        "time_2": {"times": (tours.at(40), tours.at(150))},
        "pupils": {"pupils": 20, "others": 11},
        "low_year": {"low_year": 4},
        "room": {"room": ""},
    }.items():
        times = changes.pop("times", ())
        wish = tours.wish(world.primary, *times, **changes)
        with pytest.raises(service.TourRefused) as refused, transaction():
            service.ask(actor=COMMAND, now=clock.now(), tour=world.tour, wish=wish)
        assert [problem.field for problem in refused.value.problems] == [field]
    tours.ask(world.tour, world.primary)
    with pytest.raises(service.TourRefused, match="already asked"):
        tours.ask(world.tour, world.primary)
    stranger = schools.actor_of(world.keeper)
    wish = tours.wish(schools.make_school())
    with pytest.raises(service.TourRefused, match="where you have a role"), transaction():
        service.ask(actor=stranger, now=clock.now(), tour=world.tour, wish=wish)


def test_a_wish_is_declined_with_a_reason_or_withdrawn_and_answered_once(world):
    stop = tours.ask(world.tour, world.primary)
    with pytest.raises(ReasonMissing):
        act(service.decline, stop=stop, reason="")
    act(service.decline, stop=stop, reason="We have no more days.")
    for again in (
        service.withdraw,
        lambda **facts: service.accept(starts_at=tours.at(40), **facts),
    ):
        with pytest.raises(service.StopNotOpen):
            act(again, stop=stop)
    anew = tours.ask(world.tour, world.primary)
    assert act(service.withdraw, stop=anew).state is StopState.WITHDRAWN
    assert told(world.coordinator) == 2  # opened, declined


def test_two_stops_never_meet_nor_leave_too_little_time_to_travel(world):
    first = tours.agree_stop(world.tour, world.primary)
    other = schools.make_school()
    soon = first.ends_at + timedelta(minutes=29)
    just = first.ends_at + timedelta(minutes=30)
    stop = tours.ask(world.tour, other, soon, just)
    with pytest.raises(service.TimeTaken, match="30 minutes to travel"):
        act(service.accept, stop=stop, starts_at=soon)

    assert act(service.accept, stop=stop, starts_at=just).starts_at == just
    wider = replace(tours.details(world.upper, kit_id=world.kit.id), travel_minutes=31)
    with pytest.raises(service.TimeTaken):
        act(service.change, tour=world.tour, details=wider)
    assert sound() == []


def test_a_kit_is_at_one_stop_at_a_time_whichever_tour_it_serves(world):
    tours.agree_stop(world.tour, world.primary)
    elsewhere = tours.make_tour(world.upper, title="Evacuees", kit_id=world.kit.id)
    without = tours.make_tour(world.upper, title="No kit")
    with pytest.raises(service.TimeTaken):
        tours.agree_stop(elsewhere, schools.make_school())
    assert tours.agree_stop(without, schools.make_school()).state is StopState.ACCEPTED
    details = replace(tours.details(world.upper, title="No kit"), kit_id=world.kit.id)
    with pytest.raises(service.TimeTaken):
        act(service.change, tour=without, details=details)


def test_a_stop_moves_only_to_where_leaders_and_kit_are_free(world):
    stop, other = (
        tours.publish(tours.agree_stop(world.tour, school, tours.at(days)))
        for school, days in ((world.primary, 40), (world.neighbour, 43))
    )
    with pytest.raises(events.EventRefused, match="at another stop"):
        move(other, seconds=(stop.starts_at - other.starts_at).total_seconds())
    before = told(world.keeper)

    move(stop, hours=1)

    moved = db.session.get_one(TourStop, stop.id)
    assert moved.starts_at == tours.at(40) + timedelta(hours=1)
    assert told(world.keeper) == before + 1
    assert sound() == []


def test_a_draft_that_was_moved_is_published_only_at_a_free_time(world):
    tours.agree_stop(world.tour, schools.make_school(), tours.at(43))
    stop = tours.agree_stop(world.tour, world.primary, tours.at(40))
    moved = tours.at(43) - stop.starts_at
    move(stop, seconds=moved.total_seconds())
    assert "at another stop" in publish_refused(stop)
    move(stop, hours=4)

    tours.publish(stop)

    assert db.session.get_one(TourStop, stop.id).starts_at == tours.at(43) + timedelta(hours=4)


@pytest.mark.parametrize("published", [False, True])
def test_a_cancelled_stop_frees_its_time_and_the_tour_goes_on(world, published):
    stop = tours.agree_stop(world.tour, world.primary)
    event = db.session.get_one(Event, stop.event_id)
    if published:
        tours.publish(stop)
        act(events.cancel, event=event, reason="The hall is flooded.")
    else:
        act(events.discard, event=event)
    freed = db.session.get_one(TourStop, stop.id)
    assert (freed.state, freed.event_id is None) == (StopState.CANCELLED, not published)

    again = tours.agree_stop(world.tour, schools.make_school())
    assert again.state is StopState.ACCEPTED
    act(service.call_off, stop=again, reason="Our leaders are ill.")
    assert db.session.get_one(TourStop, again.id).reason == "Our leaders are ill."
    assert tours.agree_stop(world.tour, world.primary).state is StopState.ACCEPTED


def test_the_leading_school_calls_off_a_published_stop_once_and_its_event_is_cancelled(world):
    stop = tours.publish(tours.agree_stop(world.tour, world.primary))
    with pytest.raises(ReasonMissing):
        act(service.call_off, stop=stop, reason="")
    act(service.call_off, stop=stop, reason="Our leaders are ill.")
    event = db.session.get_one(Event, stop.event_id)
    assert (event.state, event.cancelled_reason) == (EventState.CANCELLED, "Our leaders are ill.")
    with pytest.raises(service.StopNotOpen):
        act(service.call_off, stop=stop, reason="Twice.")


def test_a_tour_ends_when_no_stop_is_to_come_and_whoever_waits_is_told(world, time_machine):
    stop = tours.publish(tours.agree_stop(world.tour, world.primary))
    tours.ask(world.tour, waiting := schools.make_school())
    with pytest.raises(service.StopsToCome):
        act(service.end, tour=world.tour)
    time_machine.move_to(stop.ends_at + timedelta(minutes=1))

    act(service.end, tour=world.tour)

    assert db.session.get_one(Tour, world.tour.id).state is TourState.ENDED
    [declined] = [each for each in world.tour.stops if each.school_id == waiting.id]
    assert (declined.state, declined.reason) == (StopState.DECLINED, "The tour has ended.")
    with pytest.raises(service.TourNotOpen):
        tours.ask(world.tour, world.primary)
