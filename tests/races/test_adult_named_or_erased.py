"""A school erases an adult while somebody names them once more, as at the last event."""

from datetime import timedelta
from functools import partial

import pytest

from booking.days.events.models import Event
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters import service as rosters
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils import locks as pupil_locks
from booking.people.schools.models import School
from booking.rights.subjects import queries as subject_queries
from booking.rights.subjects import service as subjects
from tests.builders.events import make_event
from tests.builders.places import allot
from tests.builders.rosters import bring_adult
from tests.builders.schools import make_school
from tests.races.together import errors, meeting, together, writing


@pytest.fixture
def coming(app, db_session, time_machine):
    """An event to come, of a school whose adult went to its last one."""
    school, last = make_school(), make_event()
    allot(last, {school: 1})
    adult = bring_adult(event=last, school=school)
    time_machine.move_to(last.last_ends_at + timedelta(days=1))
    event = make_event(title="Fossil hunt")
    allot(event, {school: 1})
    found = event.id, school.id, adult.id
    db_session.rollback()
    return found


def both(app, coming):
    """Erase and name at once; return the errors, and who is on the list of the coming event."""
    event_id, school_id, adult_id = coming
    facts = {"actor": COMMAND, "now": clock.now()}

    def erase():
        return subjects.erase_adult(**facts, adult=db.session.get_one(AccompanyingAdult, adult_id))

    def bring():
        event, school = db.session.get_one(Event, event_id), db.session.get_one(School, school_id)
        return len(rosters.bring_as_before(**facts, event=event, school=school))

    found = together(app, [writing(erase), writing(bring)])
    db.session.rollback()
    return errors(found), [adult.name for adult in roster_queries.adults(event_id)]


def test_who_is_named_again_is_not_erased_and_who_is_erased_is_not_named(app, coming):
    assert both(app, coming) in (([], []), (["StillTravels"], ["Sam Lane"]))


@pytest.mark.postgres
def test_without_the_lock_somebody_who_was_erased_comes_along(app, coming, monkeypatch):
    monkeypatch.setattr(pupil_locks, "list_of", lambda school: None)
    met = meeting(lambda act, *given: act(*given), 2)
    for module, name in ((roster_queries, "adults_before"), (subject_queries, "still_travels")):
        monkeypatch.setattr(module, name, partial(met, getattr(module, name)))

    assert both(app, coming) == ([], ["Sam Lane"])
