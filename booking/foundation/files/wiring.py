"""What the file shelf adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.foundation.files import history, ports, retention, soundness, stores
from booking.foundation.files.routes import blueprint


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, keep bytes in the database, and look after what is kept."""
    app.register_blueprint(blueprint)
    ports.store.provide(stores.in_database)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
