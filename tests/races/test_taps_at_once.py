"""Phones that get their signal back at once: every tap is kept once, and the latest counts."""

from datetime import timedelta

from sqlalchemy import select

from booking.days.events.models import EventDate
from booking.domain.permissions import COMMAND
from booking.domain.registering import Arrival, Aspect
from booking.foundation.db import db
from booking.on_the_day.rosters import service as rosters
from booking.on_the_day.rosters.details import PhoneTap
from booking.on_the_day.rosters.models import RegisterMark, RegisterTap
from tests.builders.events import make_event
from tests.builders.rosters import expect_pupil
from tests.builders.schools import make_school
from tests.races.together import errors, together, writing


def test_phones_that_send_at_once_lose_no_tap_and_take_none_twice(app, db_session):
    event, school = make_event(), make_school()
    pupils = [expect_pupil(event=event, school=school).public_id for _ in range(3)]
    day_id, now = event.dates[0].id, event.dates[0].starts_at
    shared = [tap("phone-a", number, pupils, Arrival.ARRIVED, now) for number in range(3)]
    other = [tap("phone-b", number, pupils, Arrival.LATE, now) for number in range(3, 6)]
    db_session.rollback()

    def send(taps):
        return writing(
            lambda: rosters.take_from_phone(
                actor=COMMAND, now=now, day=db.session.get_one(EventDate, day_id), taps=taps
            )
        )

    works = [send(shared), send(shared), send([*reversed(shared), *other])]
    results = together(app, works)

    assert (errors(results), results) == ([], [{}, {}, {}])
    assert len(db.session.scalars(select(RegisterTap)).all()) == 6
    marks = db.session.scalars(select(RegisterMark)).all()
    assert [mark.arrival for mark in marks] == [Arrival.LATE] * 3


def tap(phone, number, pupils, mark, now):
    """Return a phone's tap, each a second after the one before."""
    at = now - timedelta(seconds=60 - number)
    return PhoneTap(f"{phone}-{number:04d}", pupils[number % 3], Aspect.ARRIVAL, mark, at)
