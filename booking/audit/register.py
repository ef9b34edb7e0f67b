"""What audit adds to the application."""

from flask import Flask, g, has_request_context
from flask_wtf import CSRFProtect

from booking.audit import routes, service


def current_request_id() -> str:
    """Return the number of the request being answered, or an empty text."""
    return str(g.get("request_id", "")) if has_request_context() else ""


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the viewer, and let entries name the request that caused them."""
    service.request_id = current_request_id
    app.register_blueprint(routes.blueprint)
