"""The application without a card processor."""

import pytest
from flask import Flask

from booking.money.payments import gateway, guard
from booking.money.payments.no_processor.gateway import NoGateway


def give_up_cards(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put PAYMENTS=none into force until the test ends, as by a restart.

    With `monkeypatch`, because a test that asks for it has builders write everything anew: what
    they wrote without cards must not be repeated where there are cards.
    """
    monkeypatch.setitem(app.extensions, gateway.EXTENSION, guard.Guarded(NoGateway()))
