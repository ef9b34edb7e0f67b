"""What calendars adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.calendars.routes import calendars
from booking.web import log_masks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    app.register_blueprint(calendars)
    log_masks.install()
