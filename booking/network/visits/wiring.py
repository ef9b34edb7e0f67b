"""What visits add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import feeds
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation, network_life
from booking.network.visits import (
    demonstration,
    doors,
    feed,
    held,
    history,
    panels,
    retention,
    service,
    soundness,
)
from booking.network.visits.routes import visits
from booking.people.schools import announcements as school_announcements
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, and what is kept, told and checked."""
    app.register_blueprint(visits)
    feeds.sources.provide(feed.source, order=30)
    school_announcements.left.subscribe(service.of_leaver)
    school_announcements.forgotten.subscribe(service.forget)
    school_ports.what_becomes.provide(panels.what_becomes)
    navigation.school_doors.provide(doors.of_school, order=67)
    navigation.network_doors.provide(doors.of_network, order=28)
    network_life.life_doors.provide(doors.of_life, order=40)
    network_life.needs_me.provide(panels.needs_me)
    network_life.what_is_new.provide(panels.what_is_new)
    network_life.found.provide(panels.found)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    holdings.parts.provide(held.parts)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    scene.opened.subscribe(demonstration.put_into)
