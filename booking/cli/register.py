"""What cli adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.cli import operations
from booking.cli.doctor import doctor
from booking.cli.seed import seed


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the commands."""
    for command in (
        operations.worker,
        operations.outbox,
        operations.retention,
        operations.backup,
        operations.restore,
        doctor,
        seed,
    ):
        app.cli.add_command(command)
