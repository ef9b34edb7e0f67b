"""What upkeep adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.foundation.chores import Turn
from booking.foundation.web import navigation
from booking.people.schools import ports as school_ports
from booking.upkeep import doors, history, jobs, retention, routes, soundness, tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages about the running site, and what the doctor and the worker do about it."""
    app.register_blueprint(routes.blueprint)
    navigation.network_doors.provide(doors.of_network, order=90)
    school_ports.network_tasks.provide(tasks.of_lead, order=5)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks, order=90)
    chores.jobs.provide(jobs.jobs, order=Turn.CLEARED_UP)
    chores.jobs.provide(jobs.last_of_all, order=Turn.LOOKED_AFTER)
    audit_ports.acts.provide(history.acts)
