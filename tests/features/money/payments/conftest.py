"""Stripe's stand-in, an application that talks to it, and one with an invented processor."""

import pytest

from booking.money.payments import gateway, guard, providers
from booking.money.payments.stripe_adapter import gateway as stripe_gateway
from tests.features.money.payments import stand_in

WEBHOOK_SECRET = "whsec_for_tests_only"


@pytest.fixture
def stripe():
    """Provide a stand-in for Stripe on this machine."""
    with stand_in.Server() as running:
        yield running


@pytest.fixture
def stripe_app(app, stripe):
    """Provide the application with Stripe in the demo card processor's place."""
    demo = app.extensions[gateway.EXTENSION]
    made = guard.Guarded(
        stripe_gateway.StripeGateway(
            secret_key="sk_test_for_tests_only",
            webhook_secrets=(WEBHOOK_SECRET,),
            api_base=stripe.url,
        )
    )
    app.extensions[gateway.EXTENSION] = made
    yield app
    app.extensions[gateway.EXTENSION] = demo
    made.close()


@pytest.fixture
def invented_app(monkeypatch, make_app):
    """Provide an application whose card processor is one folder and this one line."""
    folder = "tests.features.money.payments.invented_processor"
    monkeypatch.setitem(providers.PROVIDERS, "invented", folder)
    return make_app(PAYMENTS="invented", INVENTED_SECRET="for-tests-only")
