"""What groups add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.files import ports as file_ports
from booking.foundation.web import navigation, network_life
from booking.network.colleague_groups import (
    demonstration,
    doors,
    held,
    history,
    panels,
    retention,
    service,
    shelf,
    soundness,
)
from booking.network.colleague_groups.routes import colleague_groups
from booking.network.meetings import ports as meeting_ports
from booking.people.schools import announcements as school_announcements
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the meetings of groups, and what is kept, told and checked."""
    app.register_blueprint(colleague_groups)
    school_announcements.left.subscribe(service.of_leaver)
    school_ports.network_tasks.provide(panels.network_tasks)
    school_ports.what_becomes.provide(panels.what_becomes)
    meeting_ports.circle_title.provide(panels.circle_title)
    meeting_ports.keeps_circle.provide(panels.keeps_circle)
    file_ports.owner.provide(shelf.owner)
    navigation.school_doors.provide(doors.of_school, order=63)
    navigation.network_doors.provide(doors.of_network, order=25)
    network_life.life_doors.provide(doors.of_life, order=5)
    network_life.needs_me.provide(panels.needs_me)
    network_life.what_is_new.provide(panels.what_is_new)
    network_life.found.provide(panels.found)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    holdings.parts.provide(held.parts)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    scene.opened.subscribe(demonstration.put_into)
