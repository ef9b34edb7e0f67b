"""What the day's paper adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.foundation.audit import ports as audit_ports
from booking.on_the_day.day_sheets import history, panels, routes


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, their link, and how downloads are told."""
    app.register_blueprint(routes.blueprint)
    event_ports.work_links.provide(panels.paper_link, order=55)
    audit_ports.acts.provide(history.acts)
