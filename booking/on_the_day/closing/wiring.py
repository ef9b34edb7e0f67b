"""What the end of a day adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.days.places import ports as place_ports
from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.on_the_day.closing import history, panels, ports, queries, retention, tasks
from booking.on_the_day.closing.routes import closing
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the links and the tasks, and say what hosts have learnt."""
    app.register_blueprint(closing)
    event_ports.work_links.provide(panels.link, order=65)
    event_ports.host_tasks.provide(tasks.of_host)
    event_ports.learnt.provide(queries.learnt)
    ports.after_the_day.provide(panels.materials)
    place_ports.panels.provide(panels.lost, order=25)
    school_ports.network_tasks.provide(tasks.of_lead)
    chores.rules.provide(retention.rules)
    audit_ports.acts.provide(history.acts)
