"""A fair round through the real database: who receives what, once, and what is refused."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.allocation import queries, service
from booking.days.allocation.pages import previews
from booking.days.events.models import Sharing
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import Offer
from booking.domain.allocation.claims import Basis
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from tests.builders import allocation, events, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


def shared(event):
    """Return how many places each school holds, by its slug."""
    held = place_queries.held(event.id)
    return {r.school.slug: held.get(r.school_id, 0) for r in place_queries.requests(event.id)}


def golden_event(**details):
    """Return the golden event: 23 schools in the order drawn, their rolls, their requests."""
    event = events.make_event(places=allocation.GOLDEN_PLACES, low_year=5, high_year=6, **details)
    asking = [schools.make_school(low_year=5, high_year=6) for _ in allocation.GOLDEN_REQUESTS]
    asking = allocation.in_drawn_order(event, asking)
    with transaction():
        for school, roll in zip(asking, allocation.GOLDEN_ROLLS, strict=True):
            school.roll = roll
    allocation.ask_all(event, asking, allocation.GOLDEN_REQUESTS)
    return event, asking


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, allocation.EQUAL_SHARES),
        ({"basis": Basis.BY_ROLL}, allocation.BY_ROLL),
        ({"basis": Basis.BY_ROLL, "guarantee": 2}, allocation.BY_ROLL_WITH_TWO),
    ],
    ids=["equal shares", "by roll", "by roll with two guaranteed"],
)
def test_twenty_three_schools_receive_what_the_published_example_says(rule, expected):
    event, asking = golden_event(**rule)

    allocation.run_round(event)

    assert [shared(event)[school.slug] for school in asking] == list(expected)
    assert place_queries.places_left([event.id]) == {event.id: 0}


def test_the_result_is_stored_with_everything_needed_to_recompute_it():
    event, _ = golden_event()

    row = allocation.run_round(event)

    record = json.loads(row.record)
    assert record["sha256"] == row.digest
    assert record["seed"] == event.seed
    assert record["commitment"] == event.seed_commitment
    assert record["result"]["counts"] == shared(event)
    assert service.verify(row, event) == []
    assert list(service.problems()) == []


def test_each_coordinator_is_told_the_own_schools_result_and_why():
    event = events.make_event(places=3)
    ashdale, birch = schools.make_school(), schools.make_school()
    ann = schools.make_person(role=Role.COORDINATOR, school=ashdale)
    bob = schools.make_person(role=Role.COORDINATOR, school=birch)
    allocation.ask_all(event, [ashdale, birch], [1, 5])

    row = allocation.run_round(event)

    told = {m.recipient: m for m in db.session.scalars(select(Message))}
    assert set(told) == {ann.email, bob.email}
    assert told[ann.email].subject == "Places at Puzzle day: 1 place for your school"
    assert "You asked for 1 place and received it." in told[ann.email].text
    assert (
        "You asked for 5 places and received 2. Your 3rd place would have been number 4 in the "
        "order; 3 places were available." in told[bob.email].text
    )
    assert told[bob.email].key == f"round_result:{row.id}:{birch.slug}:{bob.id}"


def test_running_a_round_leaves_its_trace():
    event = events.make_event()
    build.ask(event, schools.make_school(), 2)
    row = allocation.run_round(event)

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "publish_round")).one()
    assert entry.facts["digest"] == row.digest
    assert entry.school_id == event.host_school_id


def test_late_requests_stand_behind_those_made_in_time():
    event = events.make_event(places=4)
    punctual, late = schools.make_school(), schools.make_school()
    build.ask(event, punctual, 4)
    build.ask(event, late, 4, now=allocation.after_deadline(event))

    allocation.run_round(event)

    assert shared(event) == {punctual.slug: 4, late.slug: 0}


def test_places_received_at_an_earlier_event_break_a_tie():
    earlier = events.make_event(places=1)
    lucky, patient = schools.make_school(), schools.make_school()
    build.ask(earlier, lucky, 1)
    allocation.run_round(earlier)
    event = events.make_event(title="Science day", places=1)
    allocation.ask_all(event, [lucky, patient], [1, 1])

    allocation.run_round(event)

    assert shared(event) == {lucky.slug: 0, patient.slug: 1}


def test_a_round_that_is_published_elsewhere_meanwhile_does_not_stop_this_one(monkeypatch):
    event, school = events.make_event(places=1), schools.make_school()
    build.ask(event, school, 1)
    received = iter([1, 2, 3])  # more each time that it is read
    monkeypatch.setattr(
        "booking.days.places.queries.counts.received_in_year",
        lambda *_, **__: {school.id: next(received)},
    )

    allocation.run_round(event)

    [claim] = json.loads(queries.round_of(event.id).record)["claims"]
    assert claim["received"] == 1


def test_a_place_that_comes_back_is_offered_as_the_round_would_have_gone_on():
    event, asking = golden_event()
    row = allocation.run_round(event)
    record = json.loads(row.record)
    with transaction():
        places.give_back_places(
            actor=COMMAND,
            now=allocation.after_deadline(event),
            event=event,
            school=asking[0],
            count=1,
        )

    # The fourteen who asked for three or more and were drawn first have three; next in the draw:
    [offer] = db.session.scalars(select(Offer)).all()
    assert offer.school.slug == asking[16].slug
    assert json.loads(queries.round_of(event.id).record) == record


def refused(event, *, now=None):
    """Return what a refused round says; nothing is changed by it."""
    before = len(db.session.scalars(select(AuditEntry)).all())
    with pytest.raises((service.RoundRefused, places.PlaceRefused)) as refusal:
        allocation.run_round(event, now=now)
    assert len(db.session.scalars(select(AuditEntry)).all()) == before
    assert shared(event) == dict.fromkeys(shared(event), 0)
    return refusal


def test_a_round_is_not_run_before_its_deadline_and_the_date_is_named():
    event = events.make_event()
    build.ask(event, schools.make_school(), 2)

    refusal = refused(event, now=event.requests_close_at - timedelta(minutes=1))

    assert refusal.type is service.RequestsStillOpen
    assert str(refusal.value) == (
        "Schools may ask for places at “Puzzle day” until 4pm on Tuesday 16 March 2027. "
        "Run the round after that."
    )


def test_a_round_with_no_request_is_not_run():
    refusal = refused(events.make_event())

    assert refusal.type is service.NobodyAsked
    assert "No school has asked for places" in str(refusal.value)


def test_a_round_of_a_cancelled_event_is_not_run():
    event = events.make_event()
    build.ask(event, schools.make_school(), 2)
    events.cancel_event(event)

    refusal = refused(event)

    assert str(refusal.value) == "“Puzzle day” has been cancelled."


def test_a_round_of_a_draft_is_not_run():
    refusal = refused(events.make_event(published=False))

    assert str(refusal.value) == "“Puzzle day” is not published yet."


def test_a_round_is_not_run_once_the_event_has_begun():
    event = events.make_event()
    build.ask(event, schools.make_school(), 2)

    refusal = refused(event, now=event.first_starts_at)

    assert "has already begun" in str(refusal.value)


@pytest.mark.parametrize("sharing", [Sharing.FIRST_COME, Sharing.SET_QUOTAS])
def test_places_that_are_shared_otherwise_have_no_round(sharing):
    refusal = refused(events.make_event(sharing=sharing), now=clock.now())

    assert refusal.type is service.NoRound


def test_a_round_is_run_once_and_the_second_is_told_so():
    event = events.make_event(places=2)
    build.ask(event, schools.make_school(), 2)
    first = allocation.run_round(event).record

    with pytest.raises(service.AlreadyRun, match="A round is only run once, and its result stands"):
        allocation.run_round(event)

    assert queries.round_of(event.id).record == first
    assert len(db.session.scalars(select(Message)).all()) == 0


def test_a_guarantee_that_cannot_be_met_is_shared_in_turn_as_far_as_it_goes():
    event = events.make_event(places=5, guarantee=3)
    asking = [schools.make_school() for _ in range(3)]
    allocation.ask_all(event, asking, [4, 3, 3])

    assert previews.preview(event, now=clock.now()).guaranteed == 9
    allocation.run_round(event)

    assert sorted(place_queries.held(event.id).values()) == [1, 2, 2]
