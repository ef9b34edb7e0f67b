"""Calendars of 200 and 2,000 events: in full, compressed and 304, beside the floor's."""

from dataclasses import dataclass, replace
from time import perf_counter

from flask import Flask
from sqlalchemy import select

from bench import pages, site
from booking.domain.permissions import Actor, Grant, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.web import packing
from booking.on_the_day.calendars import service as calendars
from booking.people.schools.models import RoleGrant

EVENTS = (200, 2_000)
CALENDAR = "text/calendar; charset=utf-8"
NETWORK = "/calendar/network.ics"


@dataclass(frozen=True)
class Fed:
    """The rates for one size, and how long the first reader waits for the network's file."""

    pages: list[pages.Comparison]
    seconds: float


def measure(events: int, *, seconds: float, rounds: int, only: str = "") -> Fed:
    """Return the rates of the calendars of a network with so many events."""
    size = site.Size(schools=23, events=events, pupils=500)
    waited: list[float] = []

    def choose(app: Flask) -> list[site.Page]:
        waited.append(_first_reader(app))
        return _pages(app)

    found = pages.measure(size, seconds=seconds, rounds=rounds, only=only, choose=choose)
    return Fed([replace(p, name=f"{p.name}, {events:,} events") for p in found], waited[0])


def _first_reader(app: Flask) -> float:
    client = app.test_client()
    client.get("/health")
    packing.forget()
    began = perf_counter()
    assert client.get(NETWORK).status_code == 200
    return perf_counter() - began


def _pages(app: Flask) -> list[site.Page]:
    with app.app_context():
        private = f"/calendar/feeds/{_leads_feed()}.ics"
    found = [
        site.Page("network feed", NETWORK, content_type=CALENDAR),
        site.Page(
            "network feed, packed", NETWORK, {"Accept-Encoding": "gzip"}, content_type=CALENDAR
        ),
        site.Page("network feed, 304", NETWORK, status=304, content_type=CALENDAR),
        site.Page("private feed", private, content_type=CALENDAR),
        site.Page("private feed, 304", private, status=304, content_type=CALENDAR),
    ]
    for page in found:
        packing.forget()
        for name in ("remembered", "unchanged"):
            app.extensions[name].forget()
        site.look_at(app, page)
    return found


def _leads_feed() -> str:
    """Return the token of the lead's private calendar, which shows every event."""
    person_id = db.session.scalar(select(RoleGrant.person_id).where(RoleGrant.role == Role.LEAD))
    lead = Actor(person_id=person_id, grants=frozenset({Grant(Role.LEAD)}))
    with transaction():
        return calendars.make_feed(actor=lead, now=clock.now(), label="Measured")[1]
