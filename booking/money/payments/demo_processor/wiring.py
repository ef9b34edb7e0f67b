"""Build the demo card processor, whose pages are on this site."""

from collections.abc import Mapping
from typing import Any

from booking.money.payments import processor_account
from booking.money.payments.demo_processor import routes
from booking.money.payments.demo_processor.gateway import DemoGateway

blueprint = routes.blueprint


def build(settings: Mapping[str, Any]) -> processor_account.Processor:
    """Return the demo card processor; it signs its messages with the site's own secret."""
    return DemoGateway(environment=settings["APP_ENV"], secret=settings["SECRET_KEY"])
