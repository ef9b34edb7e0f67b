"""Stripe's stand-in for the parent's pages."""

from tests.features.money.payments.conftest import stripe, stripe_app

__all__ = ["stripe", "stripe_app"]
