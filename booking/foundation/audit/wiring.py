"""What audit adds to the application."""

from flask import Flask, g, has_request_context
from flask_wtf import CSRFProtect

from booking.foundation.audit import ports, queries, routes
from booking.foundation.web import remembered


def current_request_id() -> str:
    """Return the number of the request being answered, or an empty text."""
    return str(g.get("request_id", "")) if has_request_context() else ""


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the viewer, let entries name their request, and say when anything was written."""
    ports.request_id.provide(current_request_id)
    remembered.mark.provide(queries.newest)
    app.register_blueprint(routes.blueprint)
