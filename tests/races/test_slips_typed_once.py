"""Two coordinators type in the same heap of slips at once: each slip is recorded once."""

from sqlalchemy import select

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.money.checkout import service as checkout
from booking.money.checkout.models import Consent
from tests.builders import events, places, schools
from tests.builders.checkout import answers
from tests.races.together import errors, together, writing


def test_each_slip_of_two_heaps_is_recorded_once(app, db_session):
    school = schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=school)
    event = events.make_event(places=4)
    places.allot(event, {school: 4})
    slips = {places.name(event, school).id: checkout.PaperReply("Sam", answers()) for _ in range(3)}
    event_id = event.id
    db_session.rollback()

    def record(heap):
        return writing(
            lambda: checkout.record_paper_replies(
                actor=COMMAND, now=clock.now(), event_id=event_id, slips=heap
            )
        )

    results = together(app, [record(slips), record(dict(reversed(slips.items())))])

    assert errors(results) == []
    assert sorted(map(len, results)) == [0, 3]
    assert errors([*results[0].values(), *results[1].values()]) == ["AnswerRecorded"] * 3
    assert len(db.session.scalars(select(Consent)).all()) == 3
