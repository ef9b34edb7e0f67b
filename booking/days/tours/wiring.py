"""What tours add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.events.announcements import Heard
from booking.days.tours import (
    demonstration,
    doors,
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
from booking.foundation.web import navigation
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages and tasks, and follow the events that are stops."""
    app.register_blueprint(routes.tours)
    # A stop's own places are kept once there are places.
    event_announcements.published.subscribe(service.follow_publication, order=Heard.BY_SCHOOLS)
    event_announcements.changed.subscribe(service.follow_change, order=Heard.BY_ITS_TEAM)
    event_announcements.cancelled.subscribe(service.free_cancelled, order=Heard.BY_ITS_TEAM)
    event_announcements.discarded.subscribe(service.free_discarded)
    event_ports.forbidden_changes.provide(service.forbidden_changes)
    event_ports.keeps_to_itself.provide(panels.keeps_to_itself)
    event_ports.panels.provide(panels.part_of)
    event_ports.work_panels.provide(panels.work)
    event_ports.listing_panels.provide(panels.on_offer)
    event_ports.host_tasks.provide(tasks.of_host)
    school_ports.school_tasks.provide(tasks.of_school)
    school_ports.network_tasks.provide(tasks.of_network)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    navigation.sections.provide(doors.section, order=45)
    scene.opened.subscribe(demonstration.put_into)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts)
