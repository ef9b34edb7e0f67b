"""What notifications adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.chores import Turn
from booking.foundation.notifications import held, jobs, retention


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    chores.rules.provide(retention.rules)
    chores.jobs.provide(jobs.jobs, order=Turn.MAIL)
    holdings.parts.provide(held.parts, order=80)
