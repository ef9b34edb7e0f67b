"""What payments adds to the application: the gateway, and the demo bank's page where it is used."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.payments import gateway, routes
from booking.payments.demo_gateway import DemoGateway
from booking.payments.stripe_gateway import StripeGateway


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Set up the gateway that the setting PAYMENTS chose."""
    app.extensions[gateway.EXTENSION] = chosen(app)
    if app.config["PAYMENTS"] == "demo":
        app.register_blueprint(routes.blueprint)


def chosen(app: Flask) -> gateway.Gateway:
    """Return the adapter for the settings; config.py has refused what does not fit together."""
    settings = app.config
    if settings["PAYMENTS"] == "demo":
        return DemoGateway(environment=settings["APP_ENV"], secret=settings["SECRET_KEY"])
    secrets = [secret.strip() for secret in settings["STRIPE_WEBHOOK_SECRET"].split(",")]
    return StripeGateway(
        secret_key=settings["STRIPE_SECRET_KEY"],
        webhook_secrets=tuple(secret for secret in secrets if secret),
        api_base=settings["STRIPE_API_BASE"],
    )
