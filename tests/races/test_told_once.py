"""Mail goes out while deadlines pass: nobody waits in a circle, and no family loses its place."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.notifications import sending
from tests.builders import events, pupils, schools
from tests.builders import places as build
from tests.postbox import serving
from tests.races.together import errors, together, writing

CROWD = 6


@pytest.fixture
def overdue(app, db_session, time_machine):
    """Six families whose mail has been away since they were invited, as their time runs out."""
    school = schools.make_school()
    event = events.make_event(places=CROWD, reply_days=2)
    build.hold(event, school, CROWD)
    for _ in range(CROWD):
        build.name(event, school, pupils.make_pupil(school=school))
    due_at = db.session.scalars(select(Booking.reply_by_at)).first()
    db_session.rollback()
    return due_at


def test_mail_that_goes_out_as_the_deadline_passes_leaves_every_family_its_place(
    app, overdue, time_machine
):
    time_machine.move_to(overdue - timedelta(seconds=1))
    with serving() as (box, address):
        app.config["SMTP_URL"] = address
        sweeps = [writing(lambda: places.lapse_overdue(overdue))] * 3
        results = together(app, [sending.send_due, *sweeps, sending.send_due])
        time_machine.move_to(overdue + timedelta(minutes=10))
        sending.send_due()

        assert errors(results) == []
        assert len([mail for mail in box.mails if "A place at" in mail["Subject"]]) == CROWD

    db.session.rollback()
    for booking in db.session.scalars(select(Booking)).all():
        assert booking.state is BookingState.INVITED
        assert booking.reply_by_at > clock.now()
        assert booking.invitation_sent_at is not None
