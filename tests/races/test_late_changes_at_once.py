"""A family changes its answers several times at once: one task, seen once, and nothing is lost."""

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.needs import Collection, PhotoPermission
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.money.checkout import service as checkout
from booking.on_the_day.answers import service as answers
from booking.on_the_day.answers.models import Audience, LateChange
from tests.builders import checkout as build
from tests.builders import events, schools
from tests.races.together import errors, together, writing


@pytest.fixture
def family(app, db_session):
    """A family whose place is confirmed, long before the event."""
    school = schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=school)
    found = build.make_family(events.make_event(), school=school)
    build.answer(found)
    facts = found.booking.id, found.parent.id
    db_session.rollback()
    return facts


def tell_health(booking_id, parent_id, health):
    return writing(
        lambda: checkout.tell_needs(
            actor=PARENT,
            now=clock.now(),
            booking=db.session.get_one(Booking, booking_id),
            health=health,
            access="",
            diets=[],
            parent_id=parent_id,
        )
    )


def tell_day(booking_id, parent_id):
    return writing(
        lambda: checkout.tell_day(
            actor=PARENT,
            now=clock.now(),
            booking=db.session.get_one(Booking, booking_id),
            photo=PhotoPermission.NONE,
            collection=Collection.ALONE,
            collected_by="",
            emergency_name="Sam Okoro",
            emergency_phone="+447700900123",
            parent_id=parent_id,
        )
    )


def noted():
    db.session.rollback()
    return [
        (one.parts, one.seen_at is not None)
        for one in db.session.scalars(
            select(LateChange).where(LateChange.audience == Audience.SCHOOL)
        )
    ]


def test_changes_at_once_are_one_task_with_all_parts(app, family):
    booking_id, parent_id = family
    works = [tell_health(booking_id, parent_id, "Nuts"), tell_day(booking_id, parent_id)] * 3

    results = together(app, works)

    assert errors(results) == []
    assert noted() == [(["health", "way_home"], False)]
    db.session.rollback()
    sent = db.session.scalars(select(Message).where(Message.template == "late_change")).all()
    assert len(sent) == 2


def test_what_changes_while_somebody_says_seen_is_never_lost(app, family):
    booking_id, parent_id = family
    tell_health(booking_id, parent_id, "Nuts")()
    db.session.rollback()
    change = db.session.scalars(select(LateChange)).one()
    change_id, read = change.id, change.version
    db.session.rollback()

    def see():
        return answers.see(
            actor=COMMAND,
            now=clock.now(),
            change=db.session.get_one(LateChange, change_id),
            read=read,
        ).id

    results = together(app, [writing(see), tell_day(booking_id, parent_id)])

    assert set(errors(results)) <= {"ChangedAgain"}
    unseen = [parts for parts, is_seen in noted() if not is_seen]
    assert len(unseen) == 1
    assert "way_home" in unseen[0]
