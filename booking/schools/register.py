"""What schools adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.schools import passwords, routes, sign_in


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    passwords.configure(app.config["APP_ENV"])
    sign_in.init_app(app)
    for blueprint in (routes.account, routes.admin, routes.own_school):
        app.register_blueprint(blueprint)
