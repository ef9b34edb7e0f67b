"""What the lead's look adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.events.announcements import Heard
from booking.days.looks import history, panels, queries, service, tasks
from booking.days.looks.routes import looks
from booking.foundation.audit import ports as audit_ports
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the tasks, and what stands in the way of publication."""
    app.register_blueprint(looks)
    event_announcements.published.subscribe(service.follow_publication, order=Heard.BY_ITS_TEAM)
    event_ports.not_published.provide(panels.why_not_published)
    event_ports.publication_panels.provide(panels.instead_of_publishing)
    event_ports.waiting_for_others.provide(queries.waiting_among)
    event_ports.work_panels.provide(panels.work, order=5)
    event_ports.host_tasks.provide(tasks.of_host, order=5)
    school_ports.network_tasks.provide(tasks.of_lead)
    audit_ports.acts.provide(history.acts)
