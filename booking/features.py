"""Which features the application has: their routes, commands and subscriptions, in one place."""

from importlib import import_module

from flask import Flask
from flask_wtf import CSRFProtect

from booking import models

#: Every feature's `register.py` has `register(app, csrf)`; lowest step of the staircase first.
FEATURES = (
    "audit",
    "notifications",
    "schools",
    "pupils",
    "events",
    "payments",
    "partners",
    "fund",
    "places",
    "seasons",
    "allocation",
    "checkout",
    "bids",
    "bank",
    "invoices",
    "network",
    "rosters",
    "calendars",
    "upkeep",
    "cli",
)


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Let each feature add its blueprints, commands and subscriptions."""
    assert models.__all__
    for name in FEATURES:
        import_module(f"booking.{name}.register").register(app, csrf)
