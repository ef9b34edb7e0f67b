"""The blueprint for bank transfers."""

from flask import Blueprint, current_app

from booking.domain import payee
from booking.domain.payee import Payee
from booking.money.fund import queries as fund_queries

transfers = Blueprint("transfers", __name__)


def account() -> Payee:
    """Return the network's account, by the settings."""
    return fund_queries.payee(payee.of_settings(current_app.config))
