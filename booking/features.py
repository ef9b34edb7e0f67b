"""Which features the application has: their routes, commands and subscriptions, in one place."""

from importlib import import_module

from flask import Flask
from flask_wtf import CSRFProtect

from booking import models

#: Every feature's `wiring.py` has `register(app, csrf)`; lowest step of the staircase first.
FEATURES = (
    "foundation.web",
    "foundation.audit",
    "foundation.notifications",
    "people.schools",
    "people.pupils",
    "days.events",
    "money.payments",
    "days.partners",
    "money.fund",
    "days.places",
    "days.seasons",
    "days.allocation",
    "money.checkout",
    "money.clearing",
    "money.cash",
    "money.bids",
    "money.bank",
    "money.invoices",
    "network.meetings",
    "on_the_day.rosters",
    "on_the_day.calendars",
    "upkeep",
    "cli",
)


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Let each feature add its blueprints, commands and subscriptions."""
    assert models.__all__
    for name in FEATURES:
        import_module(f"booking.{name}.wiring").register(app, csrf)
