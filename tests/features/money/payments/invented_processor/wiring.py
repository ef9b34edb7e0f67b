"""Builds the gateway to the invented processor, whose pages are on its own site."""

from tests.features.money.payments.invented_processor.gateway import InventedGateway

blueprint = None


def build(settings):
    """Return the gateway."""
    return InventedGateway(settings["INVENTED_SECRET"])
