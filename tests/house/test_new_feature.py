"""A feature needs only its folder and its line in `features.py`: everything else finds it.

This test invents one, with a file or two, that provides one thing of each kind.
"""

import importlib
import sys
from textwrap import dedent

import pytest

from booking import features, worker
from booking.days import __path__ as days_path
from booking.days.events import service as event_service
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.upkeep import doctor, purging
from tests.builders import events, schools
from tests.builders.calendars import make_feed, titles
from tests.house.test_ports import every_port
from tests.page import soup

FILES = {
    "__init__.py": '"""Clubs: a feature that nobody has written."""',
    "wiring.py": '''
        """What clubs add to the application."""

        from datetime import timedelta
        from pathlib import Path

        import sqlalchemy as sa
        from flask import Blueprint

        from booking.days.events import announcements, feeds, ical, ports as event_ports
        from booking.days.events.models import Event
        from booking.domain.keeping import others
        from booking.domain.permissions import Action
        from booking.foundation import chores
        from booking.foundation.db import db
        from booking.foundation.web import navigation
        from booking.foundation.web.access import public
        from booking.foundation.web.task_lists import Task
        from booking.people.schools import ports as school_ports

        clubs = Blueprint("clubs", __name__, template_folder=str(Path(__file__).parent))
        HEARD, PURGED, RUN = [], [], []


        def register(app, csrf):
            app.register_blueprint(clubs)
            announcements.cancelled.subscribe(hear)
            event_ports.panels.provide(panel)
            feeds.sources.provide(source)
            navigation.sections.provide(section, order=35)
            navigation.network_doors.provide(doors)
            school_ports.network_tasks.provide(tasks)
            chores.rules.provide(rules)
            chores.checks.provide(checks)
            chores.jobs.provide(jobs)


        @clubs.get("/clubs/")
        @public
        def home():
            return "Clubs"


        def hear(event, *, actor, now):
            HEARD.append(event.title)


        def panel(event, *, actor, now):
            return event_ports.Panel("_clubs.html", {"club": "Chess club"})


        def section():
            return navigation.Section("Clubs", "clubs.home", Action.RUN_NETWORK)


        def doors():
            return [navigation.Door("Clubs", "clubs.home", "What meets at noon.")]


        def tasks(*, now):
            return [Task("Name a new club", "/clubs/")]


        def rules():
            return [chores.RetentionRule("old clubs", others.IDEAS, lambda now: 1, purge)]


        def purge(now, limit):
            PURGED.append(now)
            return int(len(PURGED) == 1)


        def checks():
            return [chores.Check("Every club meets", lambda: ["the chess club never met"])]


        def jobs():
            return [chores.Job("wake the clubs", 5, lambda: RUN.append("woken"))]


        def source():
            return feeds.Source("clubs", "Clubs", "", lambda actor: True, select, write)


        def select(actor):
            return feeds.rows(Event.id, changed_at=Event.modified_at)


        def write(ids, *, actor, base_url, now):
            for event in db.session.scalars(sa.select(Event).where(Event.id.in_(ids))):
                yield ical.appointment(
                    uid=f"{event.uid}-club",
                    starts_at=now,
                    ends_at=now + timedelta(hours=1),
                    title=f"Club after {event.title}",
                    stamped_at=event.modified_at,
                    sequence=0,
                )
    ''',
    "_clubs.html": "<p>Afterwards: {{ panel.facts.club }}</p>",
}


@pytest.fixture
def clubs(app, make_app, tmp_path, monkeypatch):
    """Add the feature, its folder and its name alone, to a second application."""
    folder = tmp_path / "clubs"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(dedent(content))
    ports = every_port().values()  # as they are without it
    monkeypatch.setattr("booking.days.__path__", [*days_path, str(tmp_path)])
    monkeypatch.setattr(features, "FEATURES", (*features.FEATURES, "days.clubs"))
    monkeypatch.delitem(sys.modules, "booking.days.clubs", raising=False)
    for port in ports:
        monkeypatch.setattr(port, "_provided", port._provided)  # and the same again afterwards
    yield make_app(), importlib.import_module("booking.days.clubs.wiring")
    for name in ("booking.days.clubs", "booking.days.clubs.wiring"):
        sys.modules.pop(name)


@pytest.fixture
def lead(clubs, db_session):
    person = schools.make_person(role=Role.LEAD)
    client = clubs[0].test_client()
    schools.sign_in(client, person)
    return client


def test_pages_show_what_a_new_feature_adds(clubs, lead):
    event = events.make_event(title="Puzzle day")

    home = soup(lead.get("/admin/"))
    sections = [link.text for link in home.select('nav[aria-label="Main"] a')]
    assert sections == [
        "Events",
        "Hosting",
        "Clubs",
        "Tours",
        "Network life",
        "Fund",
        "Network",
    ]
    assert "Name a new club" in home.text
    assert "What meets at noon." in home.text
    assert "Afterwards: Chess club" in lead.get(f"/events/{event.slug}").text
    assert lead.get("/clubs/", check=False).text == "Clubs"


def test_calendars_hold_its_entries(clubs, lead):
    event = events.make_event(title="Puzzle day")
    _, token = make_feed(schools.make_person(role=Role.DAY_STAFF, event_id=event.id))

    assert titles(lead, token) == ["Puzzle day", "Club after Puzzle day"]


def test_it_hears_what_is_announced(clubs, lead):
    event = events.make_event(title="Puzzle day")
    with transaction():
        event_service.cancel(actor=COMMAND, now=clock.now(), event=event, reason="Flooded.")

    assert clubs[1].HEARD == ["Puzzle day"]


def test_the_doctor_the_purge_and_the_worker_find_its_part(clubs, lead):
    application, wiring = clubs
    now = clock.now()

    found = {check.promise: problems for check, problems in doctor.examine() if problems}
    assert found["Every club meets"] == ["the chess club never met"]
    assert purging.purge(now)["old clubs"] == 1
    assert set(wiring.PURGED) == {now}
    worker.run_all(application)
    assert wiring.RUN == ["woken"]


def test_without_it_nothing_is_left_of_it(app, client, db_session):
    assert "days.clubs" not in features.FEATURES
    assert client.get("/clubs/").status_code == 404
    assert "Every club meets" not in [check.promise for check in doctor.checks()]
    assert "wake the clubs" not in [job.name for job in worker.jobs()]
