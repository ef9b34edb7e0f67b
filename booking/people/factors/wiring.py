"""What second factors add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.people.factors import commands, held, history, queries, retention, routes, service
from booking.people.factors.routes import again, gate, second_step
from booking.people.schools import announcements as school_announcements
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the second step, the pages, and what leads to them before anything else opens."""
    app.register_blueprint(routes.BLUEPRINT)
    app.cli.add_command(commands.factors)
    app.before_request(gate.keep)
    school_ports.second_step.provide(second_step.address_of)
    school_ports.ways_in.provide(queries.ways_in)
    school_ports.other_ways.provide(again.ways_of)
    school_announcements.forgotten.subscribe(service.forget)
    chores.rules.provide(retention.rules)
    holdings.parts.provide(held.parts)
    audit_ports.acts.provide(history.acts)
