"""What resources add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.files import ports as file_ports
from booking.foundation.web import navigation, network_life
from booking.network.resources import (
    demonstration,
    doors,
    held,
    history,
    panels,
    retention,
    service,
    shelf,
    soundness,
    tasks,
)
from booking.network.resources.routes import resources
from booking.people.schools import announcements as school_announcements
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the materials of events, and what is kept, told and checked."""
    app.register_blueprint(resources)
    event_announcements.cloned.subscribe(service.take_along)
    event_ports.panels.provide(panels.of_event)
    event_ports.listing_panels.provide(panels.for_members, order=61)
    event_ports.work_links.provide(doors.work_link, order=70)
    school_announcements.forgotten.subscribe(service.forget)
    school_ports.what_becomes.provide(panels.what_becomes)
    school_ports.network_tasks.provide(tasks.network_tasks)
    file_ports.owner.provide(shelf.owner)
    navigation.school_doors.provide(doors.of_school, order=65)
    navigation.network_doors.provide(doors.of_network, order=26)
    scene.closed.subscribe(demonstration.share)
    network_life.life_doors.provide(doors.of_life, order=20)
    network_life.what_is_new.provide(panels.what_is_new)
    network_life.found.provide(panels.found)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    holdings.parts.provide(held.parts)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
