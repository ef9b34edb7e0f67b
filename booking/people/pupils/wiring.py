"""What pupils add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation
from booking.people.pupils import doors, held, history, jobs, retention, routes, tasks
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, and a task for a new school."""
    app.register_blueprint(routes.blueprint)
    school_ports.school_tasks.provide(tasks.of_school, order=20)
    chores.rules.provide(retention.rules)
    chores.rules.provide(retention.last_of_all, order=90)
    chores.jobs.provide(jobs.jobs)
    navigation.school_doors.provide(doors.of_school, order=10)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts, order=10)
