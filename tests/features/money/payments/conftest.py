"""Stripe's stand-in, and an application that talks to it."""

import pytest

from booking.money.payments import gateway
from booking.money.payments.stripe_adapter import gateway as stripe_gateway
from tests.features.money.payments import stand_in

WEBHOOK_SECRET = "whsec_for_tests_only"


@pytest.fixture
def stripe():
    """Give a stand-in for Stripe on this machine."""
    with stand_in.Server() as running:
        yield running


@pytest.fixture
def stripe_app(app, stripe):
    """Give the application with Stripe in the demo card processor's place."""
    demo = app.extensions[gateway.EXTENSION]
    made = stripe_gateway.StripeGateway(
        secret_key="sk_test_for_tests_only", webhook_secrets=(WEBHOOK_SECRET,), api_base=stripe.url
    )
    app.extensions[gateway.EXTENSION] = made
    yield app
    app.extensions[gateway.EXTENSION] = demo
    made.close()
