"""What the web itself adds to the application, beside what has to be set up before features."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores
from booking.foundation.chores import Turn
from booking.foundation.web import jobs, retention


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Let ended sessions go."""
    chores.rules.provide(retention.rules)
    chores.jobs.provide(jobs.jobs, order=Turn.CLEARED_UP)
