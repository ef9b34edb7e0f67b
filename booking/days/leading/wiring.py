"""What the record of who leads adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.leading import history, panels, retention, routes, service, tasks
from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the links to them, and the tasks."""
    app.register_blueprint(routes.leading_pages)
    event_announcements.cloned.subscribe(service.copy)
    event_ports.work_links.provide(panels.link, order=20)
    event_ports.work_panels.provide(panels.work, order=10)
    event_ports.host_tasks.provide(tasks.of_host)
    school_ports.school_tasks.provide(tasks.of_school)
    chores.rules.provide(retention.rules)
    audit_ports.acts.provide(history.acts)
