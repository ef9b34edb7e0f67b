"""What the page about network life adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation.web import navigation
from booking.network.overview import doors
from booking.network.overview.routes import overview


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the page and its section."""
    app.register_blueprint(overview)
    navigation.sections.provide(doors.section, order=55)
