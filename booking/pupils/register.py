"""What pupils add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.pupils import routes


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages."""
    app.register_blueprint(routes.blueprint)
