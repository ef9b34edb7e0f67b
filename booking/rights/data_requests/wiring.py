"""What the register of requests adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation
from booking.people.pupils import ports as pupil_ports
from booking.people.schools import ports as school_ports
from booking.people.schools import scene
from booking.rights.data_requests import (
    demonstration,
    doors,
    held,
    history,
    panels,
    queries,
    retention,
    routes,
    soundness,
    tasks,
)


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the ways to them, the tasks, the rule and the check."""
    app.register_blueprint(routes.blueprint)
    navigation.school_doors.provide(doors.of_school, order=71)
    navigation.network_doors.provide(doors.of_network, order=95)
    school_ports.school_tasks.provide(tasks.of_school)
    school_ports.network_tasks.provide(tasks.of_network)
    pupil_ports.panels.provide(panels.of_pupil, order=91)
    pupil_ports.panels.provide(panels.restricted, order=5)
    holdings.restricted.provide(queries.restricted)
    audit_ports.acts.provide(history.acts)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    scene.closed.subscribe(demonstration.ask)
