"""What hosts' questions add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.events.announcements import Heard
from booking.days.places import announcements as place_announcements
from booking.days.places import ports as place_ports
from booking.days.questions import (
    held,
    history,
    panels,
    retention,
    routes,
    service,
    soundness,
    tasks,
)
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, and let answers go with their bookings."""
    app.register_blueprint(routes.questions)
    event_announcements.cloned.subscribe(service.copy)
    event_announcements.cancelled.subscribe(service.forget_schools, order=Heard.BY_BOOKINGS)
    place_announcements.ended.subscribe(service.forget)
    event_ports.work_links.provide(panels.work_link, order=35)
    place_ports.panels.provide(panels.of_school, order=20)
    school_ports.school_tasks.provide(tasks.of_school)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts)
