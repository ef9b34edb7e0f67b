"""A calendar's tag and date change exactly when its bytes do, whatever happens and whoever asks."""

import os
from dataclasses import replace
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

import time_machine as travelling
from hypothesis import example, given, settings
from hypothesis import strategies as st

from booking.days.events import service as event_service
from booking.days.events.models import Event
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.schools import service as school_service
from booking.people.schools.models import School
from tests.builders import events, places, pupils, schools
from tests.builders.calendars import make_feed
from tests.conftest import TERM_TIME_MORNING, dispose


def change(event, **changes):
    details = replace(event_service.details_of(event), **changes)
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)


def rename(school, name):
    with transaction():
        school_service.change_school(actor=COMMAND, now=clock.now(), school=school, name=name)


def close(school, on):
    with transaction():
        school_service.add_closure(
            actor=COMMAND, now=clock.now(), school=school, first_on=on, last_on=on, reason="INSET"
        )


def build():
    """Return two schools with an event each, and the addresses of their calendars."""
    host = schools.make_school(name="Host School", low_year=3, high_year=6)
    guest = schools.make_school(name="Guest School", low_year=0, high_year=6)
    day = events.make_event(title="Puzzle day", host=host, places=12)
    choir = events.make_event(title="Choir day", host=guest, low_year=3, high_year=3)
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    _, token = make_feed(person, leaves_out=())
    ids = host.id, guest.id, day.id, choir.id
    paths = ("network", f"schools/{host.slug}", f"feeds/{token}")
    return ids, [f"/calendar/{path}.ics" for path in paths]


def is_over(event):
    """Return whether the last date of an event has passed, so that nobody can cancel it."""
    return event.dates[-1].ends_at <= clock.now()


def happen(what, number, ids):
    """Make something happen that some calendars show, or that none does."""
    models = (School, School, Event, Event)
    host, guest, day, choir = (
        db.session.get_one(model, id_) for model, id_ in zip(models, ids, strict=True)
    )
    {
        "renamed": lambda: change(day, title=f"Puzzle day {number % 2}"),
        "other_years": lambda: change(day, low_year=3 + number % 2),
        "asked": lambda: day.requests_close_at > clock.now() and places.ask(day, guest, 1),
        "host_renamed": lambda: rename(host, f"Host School {number % 2}"),
        "school_joins": schools.make_school,
        "pupil_joins": lambda: pupils.make_pupil(school=guest),
        "closed": lambda: close(guest, date(2027, 6, 1) + timedelta(days=number)),
        "cancelled": lambda: choir.cancelled_at or is_over(choir) or events.cancel_event(choir),
        "nothing": lambda: None,
    }[what]()
    db.session.remove()


HAPPENS = (
    *("renamed", "other_years", "asked", "host_renamed", "school_joins", "pupil_joins"),
    *("closed", "cancelled", "nothing"),
)
#: Also less than a second, which no date in HTTP can tell, and beyond deadlines and 30 days.
NO_TIME, A_MOMENT, DAYS = timedelta(0), timedelta(milliseconds=300), timedelta(days=31)
LATER = (NO_TIME, A_MOMENT, timedelta(hours=1), DAYS)


class Follower:
    """Somebody who fetches one full calendar again and again, and compares."""

    def __init__(self, client, address):
        self.client, self.address = client, address
        self.tags = {}
        self.before, self.tag, self.date = None, "", None

    def fetch(self, **headers):
        return self.client.get(self.address, headers=headers)

    def look(self):
        """Fetch the file, and also ask with the tag and the date of the one before."""
        told = [("If-None-Match", self.tag), ("If-Modified-Since", self.date)]
        answers = [self.fetch(**{name: text}).status_code for name, text in told if text]
        whole = self.fetch()
        tag, since = whole.headers["ETag"], whole.headers.get("Last-Modified")

        same = whole.data == self.before
        assert set(answers) <= {304 if same else 200}
        assert self.tags.setdefault(whole.data, tag) == tag
        assert len({*self.tags.values()}) == len(self.tags)
        if since:
            assert parsedate_to_datetime(since) <= clock.now()
            if self.date:
                assert (since == self.date) is same
                assert parsedate_to_datetime(since) >= parsedate_to_datetime(self.date)
        self.before, self.tag = whole.data, tag
        self.date = since or (self.date if same else None)


STEPS = st.lists(
    st.tuples(st.sampled_from(HAPPENS), st.sampled_from(LATER), st.booleans()),
    min_size=1,
    max_size=6,
)


def test_tag_and_date_move_with_the_bytes_and_with_nothing_else(app, test_database):
    app.config["FEED_FETCHES_PER_HOUR"] = 1_000
    with app.app_context():
        ids, addresses = build()
        db.session.remove()
    dispose(app)
    test_database.remember()
    parts = app.extensions["remembered"], app.extensions["unchanged"]

    @settings(max_examples=int(os.environ.get("FAIRPLACE_EXAMPLES", "12")), deadline=None)
    @given(STEPS)
    @example([("renamed", A_MOMENT, False), ("renamed", A_MOMENT, False), ("nothing", DAYS, True)])
    @example(
        [("school_joins", DAYS, False), ("cancelled", NO_TIME, True), ("nothing", DAYS, False)]
    )
    def run(steps):
        dispose(app)
        test_database.bring_back()
        followers = [Follower(app.test_client(), address) for address in addresses]
        with travelling.travel(TERM_TIME_MORNING, tick=False) as traveller:
            for part in parts:
                part.forget()
            for number, (what, later, restarted) in enumerate(steps):
                with app.app_context():
                    happen(what, number, ids)
                traveller.shift(later)
                for part in parts if restarted else ():
                    part.forget()
                for follower in followers:
                    follower.look()

    run()


def test_what_no_calendar_shows_moves_no_calendar(app, client, db_session):
    """Such as a school that joins: every mark changes, and no file does."""
    _, addresses = build()
    tags = {address: client.get(address).headers["ETag"] for address in addresses}

    schools.make_school(name="Another School")

    for address, tag in tags.items():
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
