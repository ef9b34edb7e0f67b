"""What the nightly proof adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores
from booking.foundation.chores import Turn
from booking.proofs import jobs, pages, retention, routes
from booking.upkeep import ports as upkeep_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the page, the worker's job, what is forgotten, and signs for whoever runs the network."""
    app.register_blueprint(routes.blueprint)
    chores.rules.provide(retention.rules)
    chores.jobs.provide(jobs.jobs, order=Turn.PROVED)
    upkeep_ports.signs.provide(pages.signs)
