"""What payments adds to the application: the gateway, and its pages if it has any."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores
from booking.money.payments import gateway, retention
from booking.money.payments.demo_processor import routes as demo_routes
from booking.money.payments.demo_processor.gateway import DemoGateway
from booking.money.payments.stripe_adapter.gateway import StripeGateway


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Set up the gateway that the setting PAYMENTS chose."""
    app.extensions[gateway.EXTENSION] = chosen(app)
    if app.config["PAYMENTS"] == "demo":
        app.register_blueprint(demo_routes.blueprint)
    chores.rules.provide(retention.rules)


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
