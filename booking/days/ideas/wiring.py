"""What ideas add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.events.announcements import Heard
from booking.days.ideas import (
    demonstration,
    doors,
    history,
    jobs,
    panels,
    retention,
    service,
    tasks,
)
from booking.days.ideas.routes import ideas
from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the tasks, and what the worker does."""
    app.register_blueprint(ideas)
    event_announcements.published.subscribe(service.follow_publication, order=Heard.BY_SCHOOLS)
    event_ports.work_panels.provide(panels.of_event)
    event_ports.listing_panels.provide(panels.for_members, order=60)
    school_ports.network_tasks.provide(tasks.network_tasks)
    chores.rules.provide(retention.rules)
    chores.jobs.provide(jobs.jobs)
    navigation.school_doors.provide(doors.of_school, order=60)
    navigation.network_doors.provide(doors.of_network, order=25)
    scene.closed.subscribe(demonstration.propose)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
