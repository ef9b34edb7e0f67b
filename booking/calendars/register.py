"""What calendars adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.calendars import letters, unchanged
from booking.calendars.routes import calendars
from booking.events import announcements as events
from booking.partners import panels
from booking.places import announcements as places
from booking.places import extras
from booking.web import log_masks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    app.register_blueprint(calendars)
    unchanged.init_app(app)
    places.confirmed.subscribe(letters.tell_of_confirmation)
    events.changed.subscribe(letters.tell_of_moved_deadline)
    extras.provide_home_panel(panels.soon)
    log_masks.install()
