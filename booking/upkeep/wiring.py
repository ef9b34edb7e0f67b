"""What upkeep adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores
from booking.foundation.chores import Turn
from booking.upkeep import jobs, retention, routes, soundness


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the health check."""
    app.register_blueprint(routes.blueprint)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks, order=90)
    chores.jobs.provide(jobs.jobs, order=Turn.CLEARED_UP)
