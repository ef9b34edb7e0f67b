"""The site without a card processor."""

import pytest

from tests.builders.no_cards import give_up_cards


@pytest.fixture
def no_cards(app, db_session, monkeypatch):
    """The application with PAYMENTS=none, where transfers are offered from the start."""
    give_up_cards(app, monkeypatch)
    return app
