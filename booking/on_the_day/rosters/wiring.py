"""What rosters add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.days.places import ports as place_ports
from booking.foundation import chores, contacts, holdings
from booking.foundation.audit import ports as audit_ports
from booking.on_the_day.rosters import held, history, panels, retention, routes, tasks
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, their links and panels, and the tasks."""
    app.register_blueprint(routes.blueprint)
    app.add_template_filter(contacts.readable_phone, "phone")
    event_ports.work_links.provide(panels.roster_link, order=40)
    event_ports.work_links.provide(panels.register_link, order=50)
    event_ports.work_links.provide(panels.day_staff_link, order=60)
    event_ports.host_tasks.provide(tasks.host_tasks)
    place_ports.panels.provide(panels.attendance, order=20)
    place_ports.panels.provide(panels.adults, order=30)
    chores.rules.provide(retention.rules)
    school_ports.school_tasks.provide(tasks.school_tasks)
    audit_ports.acts.provide(history.acts)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts)
    holdings.readings.provide(held.readings)
