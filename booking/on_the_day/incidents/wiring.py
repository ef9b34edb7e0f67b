"""What incidents add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.days.places import ports as place_ports
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.on_the_day.closing import ports as closing_ports
from booking.on_the_day.incidents import held, history, panels, queries, retention, routes, tasks
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the links to them, the tasks, and what is kept while an incident is open."""
    app.register_blueprint(routes.blueprint)
    event_ports.work_links.provide(panels.calls_link, order=52)
    event_ports.work_links.provide(panels.counts_link, order=54)
    event_ports.work_links.provide(panels.incidents_link, order=56)
    event_ports.host_tasks.provide(tasks.of_host)
    closing_ports.blockers.provide(panels.blockers)
    place_ports.panels.provide(panels.of_school, order=40)
    place_ports.held.provide(queries.held)
    place_ports.named_longer.provide(queries.named_longer)
    chores.rules.provide(retention.rules)
    school_ports.school_tasks.provide(tasks.of_school)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts)
    holdings.readings.provide(held.readings)
