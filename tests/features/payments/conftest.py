"""Stripe's stand-in, and an application that talks to it."""

import pytest

from booking.payments import gateway
from tests.features.payments import stand_in

WEBHOOK_SECRET = "whsec_for_tests_only"
STRIPE = {
    "PAYMENTS": "stripe",
    "STRIPE_SECRET_KEY": "sk_test_for_tests_only",
    "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
}


@pytest.fixture
def stripe():
    """Give a stand-in for Stripe on this machine."""
    with stand_in.Server() as running:
        yield running


@pytest.fixture
def stripe_app(make_app, stripe):
    """Give the application with Stripe, on the same database."""
    app = make_app(**STRIPE, STRIPE_API_BASE=stripe.url)
    yield app
    app.extensions[gateway.EXTENSION].close()
