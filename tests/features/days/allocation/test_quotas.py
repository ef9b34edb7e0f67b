"""Set quotas: kept for each school, released when unclaimed, published when final."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.allocation import queries, service
from booking.days.events.models import Sharing
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import Offer
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from tests.builders import allocation, events, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


def quota_event(**details):
    return events.make_event(sharing=Sharing.SET_QUOTAS, **details)


def held(event):
    return place_queries.held(event.id)


def test_a_host_keeps_places_for_schools_and_their_coordinators_are_told():
    event = quota_event(places=10)
    ashdale, birch = schools.make_school(), schools.make_school()
    ann = schools.make_person(role=Role.COORDINATOR, school=ashdale)

    changed = allocation.set_quotas(event, {ashdale: 4, birch: 3}, now=clock.now())

    assert held(event) == {ashdale.id: 4, birch.id: 3}
    assert {school.slug for school in changed} == {ashdale.slug, birch.slug}
    [mail] = db.session.scalars(select(Message)).all()
    assert (mail.recipient, mail.subject) == (
        ann.email,
        "Places at Puzzle day: 4 places kept for your school",
    )


def test_the_same_numbers_again_change_nothing_and_tell_nobody():
    event, school = quota_event(), schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=school)
    allocation.set_quotas(event, {school: 4}, now=clock.now())

    assert allocation.set_quotas(event, {school: 4}, now=clock.now()) == []
    assert len(db.session.scalars(select(Message)).all()) == 1


def test_a_full_event_can_move_places_from_one_school_to_another():
    event = quota_event(places=6)
    first, second = schools.make_school(), schools.make_school()
    allocation.set_quotas(event, {first: 6, second: 0}, now=clock.now())

    allocation.set_quotas(event, {first: 2, second: 4}, now=clock.now())

    assert held(event) == {first.id: 2, second.id: 4}


def test_unclaimed_places_are_released_in_order_and_the_final_quotas_are_published():
    event = quota_event(places=5)
    kept, waiting = schools.make_school(), schools.make_school()
    allocation.set_quotas(event, {kept: 5}, now=clock.now())
    build.name(event, kept)
    build.ask(event, waiting, 2)
    after = event.release_at + timedelta(minutes=1)

    with transaction():
        places.release_quotas(after)
    with transaction():
        published = service.publish_quotas(after)

    offered = db.session.scalars(select(Offer)).all()
    assert (published, held(event)) == (1, {kept.id: 1})
    assert [offer.school.slug for offer in offered] == [waiting.slug] * 2
    row = queries.round_of(event.id)
    assert json.loads(row.record)["result"]["counts"] == {kept.slug: 5}
    assert service.verify(row, event) == []


def test_quotas_are_published_once_and_not_before_they_are_final():
    event, school = quota_event(), schools.make_school()
    allocation.set_quotas(event, {school: 2}, now=clock.now())
    after = event.release_at + timedelta(minutes=1)

    published = []
    for now in (clock.now(), after, after):
        with transaction():
            published.append(service.publish_quotas(now))

    assert published == [0, 1, 0]


def refused(event, quotas, *, now=None):
    """Return what refused quotas say; nothing is changed by them."""
    before = held(event), len(db.session.scalars(select(AuditEntry)).all())
    with pytest.raises((service.RoundRefused, places.PlaceRefused)) as refusal:
        allocation.set_quotas(event, quotas, now=now or clock.now())
    assert before == (held(event), len(db.session.scalars(select(AuditEntry)).all()))
    return refusal


def test_quotas_above_the_places_are_refused_with_how_many_to_take_away():
    event = quota_event(places=6)

    refusal = refused(event, {schools.make_school(): 4, schools.make_school(): 5})

    assert refusal.type is service.QuotasAbovePlaces
    assert str(refusal.value) == (
        "The numbers add up to 9 places, but the event has 6. Reduce them by 3."
    )


def test_a_quota_below_the_pupils_already_named_is_refused_for_that_school():
    event, school = quota_event(), schools.make_school()
    allocation.set_quotas(event, {school: 3}, now=clock.now())
    build.name(event, school)
    build.name(event, school)

    refusal = refused(event, {school: 1})

    assert refusal.value.slug == school.slug
    assert "has already named pupils for 2 of its places" in str(refusal.value)


def test_quotas_are_final_once_places_have_been_released():
    event, school = quota_event(), schools.make_school()

    refusal = refused(event, {school: 3}, now=event.release_at + timedelta(minutes=1))

    assert "The release date has passed" in str(refusal.value)


def test_an_event_that_shares_by_a_round_has_no_quotas():
    refusal = refused(events.make_event(), {schools.make_school(): 3})

    assert refusal.type is service.NoRound


def test_a_cancelled_event_has_no_quotas():
    event = quota_event()
    events.cancel_event(event)

    assert "has been cancelled" in str(refused(event, {schools.make_school(): 3}).value)
