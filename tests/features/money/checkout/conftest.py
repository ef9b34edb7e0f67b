"""Stripe's stand-in, a family that paid, and an event that was cancelled afterwards."""

import pytest

from booking.domain.charging import FeeKind
from booking.domain.permissions import Role
from booking.foundation.db import db
from tests.builders import checkout, events, schools
from tests.features.money.checkout import processor_days
from tests.features.money.payments.conftest import stripe, stripe_app

__all__ = ["stripe", "stripe_app"]


@pytest.fixture
def processor(stripe_app, stripe):
    """Provide Stripe's stand-in at our time, with the application that talks to it at hand."""
    with stripe_app.app_context():
        processor_days.at_processor_time(stripe)
        yield stripe
        db.session.rollback()


@pytest.fixture
def paid(processor):
    """Provide a family whose payment has arrived, and the payment."""
    return processor_days.paid_family(processor)


@pytest.fixture
def charged(processor):
    """Give a family that has answered everything and has a charge to pay."""
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    return family


@pytest.fixture
def treasurer(processor, client):
    """Give the browser of the network's treasurer."""
    schools.sign_in(client, schools.make_person(name="Tom Treasurer", role=Role.TREASURER))
    return client


@pytest.fixture
def cancelled(paid):
    """Provide the family, once its event was cancelled."""
    events.cancel_event(paid[0].booking.event)
    return paid[0]
