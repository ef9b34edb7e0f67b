"""What groups add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.groups import history, panels, routes, service, soundness
from booking.days.places import announcements as place_announcements
from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the page, its link, and what happens when places end and events are repeated."""
    app.register_blueprint(routes.groups)
    event_announcements.cloned.subscribe(service.copy_to)
    place_announcements.ended.subscribe(service.forget)
    event_ports.work_links.provide(panels.groups_link, order=36)
    chores.checks.provide(soundness.checks)
    audit_ports.acts.provide(history.acts)
