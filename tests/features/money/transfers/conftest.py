"""The site without a card processor."""

import pytest

from booking.money.payments import gateway, guard
from booking.money.payments.no_processor.gateway import NoGateway


@pytest.fixture
def no_cards(app, db_session, monkeypatch):
    """The application with PAYMENTS=none, where transfers are offered from the start."""
    monkeypatch.setitem(app.extensions, gateway.EXTENSION, guard.Guarded(NoGateway()))
    return app
