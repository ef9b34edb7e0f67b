"""What upkeep adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.upkeep import routes


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the health check."""
    app.register_blueprint(routes.blueprint)
