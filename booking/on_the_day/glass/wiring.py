"""What the glass adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import glass
from booking.on_the_day.glass import held, history, retention, routes, tasks
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages and the school's news, and guard what the access rules say."""
    app.register_blueprint(routes.blueprint)
    glass.way_in.provide(routes.way_in)
    chores.rules.provide(retention.rules)
    school_ports.school_tasks.provide(tasks.of_school, order=10)
    audit_ports.acts.provide(history.acts)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts)
