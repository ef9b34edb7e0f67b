"""How pupils leave: when and with whom, for the host and the home school, and not for long."""

from datetime import timedelta

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.permissions import COMMAND, Role
from booking.domain.registering import Arrival, Aspect, Departure
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.on_the_day.rosters import service as rosters
from booking.on_the_day.rosters.models import RegisterMark, RegisterTap
from booking.upkeep import purging
from tests.builders.rosters import expect_pupil
from tests.builders.schools import make_person, sign_in
from tests.features.on_the_day.conftest import at
from tests.page import soup, words


def mark(booking, *, hour, minute, departure=None, arrival=None, left_with=""):
    row = db.session.get_one(Booking, booking.id)
    day = db.session.get_one(Event, row.event_id).dates[0]
    about = {"actor": COMMAND, "day": day, "booking": row}
    about["now"] = at(0, hour) + timedelta(minutes=minute)
    aspect = Aspect.ARRIVAL if arrival else Aspect.DEPARTURE
    with transaction():
        rosters.mark(**about, aspect=aspect, mark=arrival or departure, left_with=left_with)


def test_the_home_school_reads_when_and_with_whom_its_pupil_left(
    client, event, school, time_machine
):
    late = expect_pupil(event=event, school=school, forename="Amara", surname="Okoro")
    ill = expect_pupil(event=event, school=school, forename="Bola", surname="Okoro")
    time_machine.move_to(at(0, 15), tick=False)
    mark(late, arrival=Arrival.LATE, hour=9, minute=40)
    mark(late, departure=Departure.LEFT_EARLY, left_with="Aunt Ife", hour=13, minute=5)
    mark(ill, arrival=Arrival.ABSENT_REPORTED, hour=9, minute=0)
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))

    shown = words(soup(client.get(f"/school/events/{event.slug}/")).find(id="attendance"))

    assert "Amara Okoro Late 9:40: code V, left early 13:05 with Aunt Ife" in shown
    assert "Bola Okoro Absent, reported 9:00" in shown


def test_with_whom_and_each_press_are_forgotten_after_two_weeks_and_never_in_the_trail(
    event, school, db_session, time_machine
):
    booking = expect_pupil(event=event, school=school)
    time_machine.move_to(at(0, 15), tick=False)
    mark(booking, departure=Departure.COLLECTED, left_with="Aunt Ife", hour=14, minute=0)
    mark(booking, departure=Departure.COLLECTED, left_with="Uncle Bayo", hour=14, minute=1)
    assert db_session.scalars(select(RegisterMark)).one().left_with == "Uncle Bayo"
    assert len(db_session.scalars(select(RegisterTap)).all()) == 2
    trail = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "mark_register"))
    assert "Bayo" not in "".join(str(entry.facts) for entry in trail)
    time_machine.move_to(at(15), tick=False)

    purging.purge(clock.now())

    db_session.expire_all()
    kept = db_session.scalars(select(RegisterMark)).one()
    assert (kept.departure, kept.left_with) == (Departure.COLLECTED, None)
    assert db_session.scalars(select(RegisterTap)).all() == []
