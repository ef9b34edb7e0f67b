"""What partners add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.days.partners import demonstration, doors, history, jobs, panels, queries
from booking.days.partners.routes import partners
from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    app.register_blueprint(partners)
    event_ports.listing_panels.provide(panels.soon)
    event_ports.noted_days.provide(queries.between)
    school_ports.network_tasks.provide(panels.network_tasks)
    chores.jobs.provide(jobs.jobs)
    navigation.network_doors.provide(doors.of_network, order=20)
    scene.closed.subscribe(demonstration.follow)
    audit_ports.acts.provide(history.acts)
