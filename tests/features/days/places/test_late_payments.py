"""A payment that arrives after its place has lapsed: who gets it back, and who does not."""

import pytest
from sqlalchemy import select

from booking.days.events.models import Sharing
from booking.days.places import queries
from booking.days.places import service as places
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, PARENT
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.people.pupils import service as pupil_service
from tests.builders import events, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


def pay(booking):
    with transaction():
        places.confirm(actor=PARENT, now=clock.now(), booking=booking)


def lapsed(event, school):
    build.ask(event, school, 1)
    return build.make_booking(event=event, school=school, state=BookingState.LAPSED)


def first_come(**details):
    return events.make_event(sharing=Sharing.FIRST_COME, **details)


def test_a_place_taken_for_a_late_payment_is_in_the_audit_trail():
    school = schools.make_school()
    event = first_come(places=1)
    booking = lapsed(event, school)
    before = db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id.desc())).first()
    pay(booking)
    written = db.session.scalars(select(AuditEntry).where(AuditEntry.id > before))
    assert [(entry.action, entry.school_id) for entry in written] == [
        ("receive_place", school.id),
        ("confirm_booking", school.id),
    ]


def test_a_late_payment_does_not_take_a_school_over_the_limit_for_each_school():
    school = schools.make_school()
    event = first_come(places=3, cap_per_school=1)
    booking = lapsed(event, school)
    build.make_booking(event=event, school=school)
    with pytest.raises(places.NoPlaceFree), transaction():
        places.confirm(actor=PARENT, now=clock.now(), booking=booking)
    assert queries.held(event.id) == {school.id: 1}


def test_a_late_payment_does_not_seat_a_pupil_who_has_left():
    school = schools.make_school()
    booking = lapsed(first_come(places=3), school)
    with transaction():
        pupil_service.remove_pupil(actor=COMMAND, now=clock.now(), pupil=booking.pupil)
    with pytest.raises(places.NoPlaceFree), transaction():
        places.confirm(actor=PARENT, now=clock.now(), booking=booking)
    assert booking.state is BookingState.LAPSED
