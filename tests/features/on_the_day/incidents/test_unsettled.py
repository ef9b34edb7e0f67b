"""What keeps a date from being closed."""

from booking.domain.incidents import IncidentKind
from booking.domain.permissions import Role
from booking.foundation.db import db, transaction
from booking.on_the_day.incidents import queries
from booking.on_the_day.incidents.models import HeadCount, Incident, Way
from tests.builders.incidents import write_incident
from tests.builders.schools import make_person
from tests.features.on_the_day.conftest import at


def test_a_difference_keeps_a_date_open_until_a_closed_incident_explains_it(event, host):
    by, day = make_person(role=Role.HOST, school=host), event.dates[0]
    assert queries.unsettled(day) == []
    with transaction():
        for way, number in ((Way.IN, 1), (Way.OUT, 0)):
            db.session.add(HeadCount(date_id=day.id, way=way, number=number, counted_by_id=by.id))
    differ = [
        "1 more counted in than the register has here: 1 was counted in, and 0 are marked.",
        "1 more came in than went out: 1 came in and 0 went out.",
    ]
    assert queries.unsettled(day) == differ

    why = write_incident(day=day, by=by, kind=IncidentKind.COUNTS, what="A brother came along")
    assert queries.unsettled(day) == [*differ, "1 incident is still open."]

    with transaction():
        db.session.get_one(Incident, why.id).closed_at = at(0, 16)
    assert queries.unsettled(day) == []
