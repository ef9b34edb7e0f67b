"""What walk-ins add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.days.places import ports as place_ports
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.on_the_day.walk_ins import held, history, panels, retention, routes, tasks
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the link to the door, and the tasks."""
    app.register_blueprint(routes.blueprint)
    event_ports.work_links.provide(panels.door_link, order=52)
    event_ports.host_tasks.provide(tasks.of_host)
    place_ports.panels.provide(panels.came_with, order=25)
    school_ports.school_tasks.provide(tasks.of_school)
    chores.rules.provide(retention.rules)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts)
