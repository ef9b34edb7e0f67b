"""What partners adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.events import extras
from booking.partners import panels
from booking.partners.routes import partners
from booking.web.tasks import provide


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    app.register_blueprint(partners)
    extras.provide_listing_panel(panels.soon)
    provide("network", panels.network_tasks)
