"""What calendars adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.partners import panels as partner_panels
from booking.days.places import announcements as place_announcements
from booking.days.places import ports as place_ports
from booking.foundation.web import log_masks
from booking.on_the_day.calendars import mail, unchanged
from booking.on_the_day.calendars.routes import calendars


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    app.register_blueprint(calendars)
    unchanged.init_app(app)
    place_announcements.confirmed.subscribe(mail.tell_of_confirmation)
    event_announcements.changed.subscribe(mail.tell_of_moved_deadline)
    place_ports.provide_home_panel(partner_panels.soon)
    log_masks.install()
