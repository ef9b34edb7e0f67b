"""What the file shelf adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.foundation.files import (
    history,
    ports,
    queries,
    retention,
    soundness,
    stores,
    viruses,
)
from booking.foundation.files.routes import blueprint
from booking.foundation.notifications import ports as notification_ports
from booking.foundation.web import uploads


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, keep bytes in the database, and look after what is kept."""
    app.register_blueprint(blueprint)
    uploads.harmful.provide(viruses.harmful)
    ports.store.provide(stores.in_database)
    notification_ports.contents.provide(queries.contents)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
