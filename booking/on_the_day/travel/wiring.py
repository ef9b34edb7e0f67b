"""What travel adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.events.announcements import Heard
from booking.days.places import ports as place_ports
from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.on_the_day.travel import (
    demonstration,
    history,
    panels,
    retention,
    routes,
    service,
    soundness,
    tasks,
)
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, and follow the events that schools travel to."""
    app.register_blueprint(routes.blueprint)
    event_announcements.changed.subscribe(service.follow_change, order=Heard.BY_SCHOOLS)
    event_announcements.cancelled.subscribe(service.call_off, order=Heard.BY_SCHOOLS)
    event_ports.work_links.provide(panels.work_link, order=55)
    place_ports.panels.provide(panels.of_school, order=31)
    school_ports.school_tasks.provide(tasks.of_school)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    scene.closed.subscribe(demonstration.travel_there)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    audit_ports.related.provide(history.related)
