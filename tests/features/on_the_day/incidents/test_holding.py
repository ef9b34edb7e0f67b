"""What is known of a pupil is kept while an incident is open, and of this pupil alone."""

from datetime import date, timedelta

from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation.db import db, transaction
from booking.money.checkout.models import Needs
from booking.on_the_day.incidents import service as incidents
from booking.on_the_day.incidents.models import Call, Callee, CallResult, HeadCount, Incident, Way
from booking.upkeep import purging
from tests.builders.incidents import write_incident
from tests.builders.rosters import expect_pupil
from tests.builders.schools import actor_of, make_person
from tests.features.on_the_day.conftest import at

NEEDS, CALLS, INCIDENTS = "needs of the day", "calls about pupils who had not come", "incidents"
COUNTS = "heads counted in and out"


def kept():
    """Return whose needs are still known, and whose calls, by booking."""
    db.session.rollback()
    needs = db.session.scalars(select(Needs.booking_id).where(Needs.purged_at.is_(None)))
    return set(needs), set(db.session.scalars(select(Call.booking_id)))


def test_an_open_incident_keeps_what_is_known_of_its_pupil_alone(event, school, host):
    hurt = expect_pupil(event=event, school=school, health="Asthma", emergency_phone="+441")
    other = expect_pupil(event=event, school=school, health="Nuts", emergency_phone="+442")
    by, day = make_person(role=Role.HOST, school=host), event.dates[0]
    incident = write_incident(day=day, by=by, about=[hurt])
    with transaction():
        for booking in (hurt, other):
            call = {"booking_id": booking.id, "made_by_id": by.id, "made_at": at(0)}
            db.session.add(
                Call(date_id=day.id, callee=Callee.ADULT, result=CallResult.SPOKE, **call)
            )
    hurt_id, other_id = hurt.id, other.id

    found = purging.purge(at(16))

    assert (found[NEEDS], found[CALLS]) == (1, 1)
    assert kept() == ({hurt_id}, {hurt_id})
    with transaction():
        incidents.close(actor=actor_of(by), now=at(20), incident=incident, outcome="Well again")

    found = purging.purge(at(21))

    assert (found[NEEDS], found[CALLS], found[INCIDENTS]) == (1, 1, 0)
    assert kept() == (set(), set())
    assert other_id != hurt_id


def test_an_incident_goes_when_it_is_closed_and_its_time_is_over(event, school, host):
    booking = expect_pupil(event=event, school=school)
    by, day = make_person(role=Role.HOST, school=host), event.dates[0]
    still_open = write_incident(day=day, by=by, about=[booking])
    closed = write_incident(day=day, by=by, about=[booking], outcome="Well again")
    last = date(2028, 8, 31)
    assert closed.keep_until == last
    open_id = still_open.id
    with transaction():
        db.session.add(HeadCount(date_id=day.id, way=Way.IN, number=1, counted_by_id=by.id))
    days = (last - at(0).date()).days

    assert purging.purge(at(days))[INCIDENTS] == 0
    assert purging.purge(at(days + 1))[INCIDENTS] == 1

    db.session.rollback()
    assert list(db.session.scalars(select(Incident.id))) == [open_id]
    assert list(db.session.scalars(select(HeadCount.id))) == []
    assert purging.overdue(at(days + 1) + timedelta(days=999))[INCIDENTS] == 0
