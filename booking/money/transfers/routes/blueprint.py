"""The blueprint for bank transfers."""

from flask import Blueprint, current_app

from booking.domain import payee
from booking.domain.payee import Payee

transfers = Blueprint("transfers", __name__)


def account() -> Payee:
    """Return the network's account, by the settings."""
    return payee.of_settings(current_app.config)
