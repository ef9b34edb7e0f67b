"""Build the gateway to Stripe, whose pages are on Stripe's own site."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint

from booking.money.payments import processor_account
from booking.money.payments.stripe_adapter.gateway import StripeGateway

blueprint: Blueprint | None = None


def build(settings: Mapping[str, Any]) -> processor_account.Processor:
    """Return the gateway; it accepts two signing secrets while one is being replaced."""
    secrets = [secret.strip() for secret in settings["STRIPE_WEBHOOK_SECRET"].split(",")]
    return StripeGateway(
        secret_key=settings["STRIPE_SECRET_KEY"],
        webhook_secrets=tuple(secret for secret in secrets if secret),
        api_base=settings["STRIPE_API_BASE"],
    )
