"""What the weekly digest adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.network.digest import held, jobs, service
from booking.people.schools import announcements as school_announcements


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the worker's jobs, what is held, and what goes."""
    school_announcements.forgotten.subscribe(service.forget)
    chores.jobs.provide(jobs.jobs)
    holdings.parts.provide(held.parts)
