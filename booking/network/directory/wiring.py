"""What the directory adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation, network_life
from booking.network.directory import (
    demonstration,
    doors,
    held,
    history,
    jobs,
    panels,
    retention,
    service,
    soundness,
    tasks,
)
from booking.network.directory.routes import directory, lead
from booking.people.schools import announcements as school_announcements
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, and what is kept, told, checked and done when time passes."""
    app.register_blueprint(directory)
    app.register_blueprint(lead)
    school_announcements.left.subscribe(service.of_leaver)
    school_announcements.forgotten.subscribe(service.forget)
    school_ports.what_becomes.provide(panels.what_becomes)
    school_ports.network_tasks.provide(tasks.network_tasks)
    school_ports.school_tasks.provide(tasks.school_tasks)
    navigation.school_doors.provide(doors.of_school, order=66)
    navigation.network_doors.provide(doors.of_network, order=27)
    network_life.helped_areas.provide(panels.helped_areas)
    network_life.helps_with.provide(panels.helps_with)
    network_life.life_doors.provide(doors.of_life, order=30)
    network_life.needs_me.provide(tasks.needs_me)
    network_life.what_is_new.provide(panels.what_is_new)
    network_life.found.provide(panels.found)
    chores.jobs.provide(jobs.jobs)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    holdings.parts.provide(held.parts)
    audit_ports.acts.provide(history.acts)
    scene.opened.subscribe(demonstration.put_into)
