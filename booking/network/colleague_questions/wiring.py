"""What questions add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation, network_life
from booking.network.colleague_questions import (
    demonstration,
    doors,
    held,
    history,
    panels,
    retention,
    soundness,
)
from booking.network.colleague_questions.routes import colleague_questions
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, and what is kept, told and checked."""
    app.register_blueprint(colleague_questions)
    school_ports.network_tasks.provide(panels.network_tasks)
    navigation.school_doors.provide(doors.of_school, order=64)
    navigation.network_doors.provide(doors.of_network, order=25)
    network_life.life_doors.provide(doors.of_life, order=10)
    network_life.needs_me.provide(panels.needs_me)
    network_life.what_is_new.provide(panels.what_is_new)
    network_life.found.provide(panels.found)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    holdings.parts.provide(held.parts)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    scene.opened.subscribe(demonstration.ask)
