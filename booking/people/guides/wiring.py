"""What guides add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.people.guides import routes


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages under /help, the link to them at the top of every page, and its hint."""
    app.register_blueprint(routes.blueprint)
    app.jinja_env.globals["help_here"] = routes.help_here
    app.jinja_env.globals["hint_here"] = routes.hint_here
