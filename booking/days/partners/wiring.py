"""What partners adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.days.partners import panels
from booking.days.partners.routes import partners
from booking.foundation.web.task_lists import provide


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    app.register_blueprint(partners)
    event_ports.provide_listing_panel(panels.soon)
    provide("network", panels.network_tasks)
