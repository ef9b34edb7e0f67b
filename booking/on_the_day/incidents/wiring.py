"""What incidents add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.places import ports as place_ports
from booking.foundation import chores
from booking.on_the_day.incidents import queries, retention


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add what is deleted after which time, and what is kept while an incident is open."""
    chores.rules.provide(retention.rules)
    place_ports.held.provide(queries.held)
