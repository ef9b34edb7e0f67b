"""What groups add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.groups import (
    demonstration,
    held,
    history,
    panels,
    retention,
    routes,
    service,
    soundness,
    tasks,
)
from booking.days.places import announcements as place_announcements
from booking.days.places import ports as place_ports
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add pages, links and tasks, and follow places that end and events that are repeated."""
    app.register_blueprint(routes.groups_pages)
    event_announcements.cloned.subscribe(service.copy_to)
    place_announcements.ended.subscribe(service.forget)
    event_ports.work_links.provide(panels.workshops_link, order=34)
    event_ports.work_links.provide(panels.groups_link, order=36)
    event_ports.host_tasks.provide(tasks.host_tasks)
    place_ports.panels.provide(panels.school_page, order=40)
    school_ports.school_tasks.provide(tasks.school_tasks)
    chores.rules.provide(retention.rules)
    scene.opened.subscribe(demonstration.put_into)
    chores.checks.provide(soundness.checks)
    audit_ports.acts.provide(history.acts)
    holdings.parts.provide(held.parts)
