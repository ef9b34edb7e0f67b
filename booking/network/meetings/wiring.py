"""What the network's meetings add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import feeds
from booking.days.events import ports as event_ports
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.files import ports as file_ports
from booking.foundation.web import navigation, network_life
from booking.money.fund import ports as fund_ports
from booking.network.meetings import (
    demonstration,
    doors,
    feed,
    held,
    history,
    panels,
    retention,
    shelf,
    tasks,
)
from booking.network.meetings.routes import meetings
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the tasks and the entries for private calendars."""
    app.register_blueprint(meetings)
    feeds.sources.provide(feed.source, order=20)
    event_ports.host_tasks.provide(tasks.of_others)
    fund_ports.treasurer_tasks.provide(tasks.of_others)
    school_ports.network_tasks.provide(tasks.of_others)
    school_ports.school_tasks.provide(tasks.of_coordinator)
    chores.rules.provide(retention.rules)
    file_ports.owner.provide(shelf.owner)
    navigation.sections.provide(doors.section, order=50)
    network_life.life_doors.provide(doors.of_life, order=50)
    network_life.needs_me.provide(tasks.needs_me)
    network_life.what_is_new.provide(panels.what_is_new)
    network_life.found.provide(panels.found)
    scene.opened.subscribe(demonstration.put_into)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    holdings.parts.provide(held.parts)
