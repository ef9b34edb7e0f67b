"""What the audit trail adds to the application."""

from flask import Flask, g, has_request_context
from flask_wtf import CSRFProtect

from booking.foundation import chores
from booking.foundation.audit import doors, jobs, ports, queries, routes, soundness
from booking.foundation.chores import Turn
from booking.foundation.web import navigation, remembered


def current_request_id() -> str:
    """Return the number of the request being answered, or an empty text."""
    return str(g.get("request_id", "")) if has_request_context() else ""


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the viewer, let entries name their request, and tell the page memory of every write."""
    ports.request_id.provide(current_request_id)
    remembered.mark.provide(queries.newest)
    app.register_blueprint(routes.blueprint)
    navigation.network_doors.provide(doors.of_network, order=60)
    chores.checks.provide(soundness.checks)
    chores.undone.provide(jobs.undone)
    chores.jobs.provide(jobs.jobs, order=Turn.TRAIL_SEALED)
