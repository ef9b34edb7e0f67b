"""What season plans add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.events.announcements import Heard
from booking.days.places import ports as place_ports
from booking.days.seasons import (
    commands,
    demonstration,
    doors,
    held,
    history,
    jobs,
    panels,
    queries,
    retention,
    routes,
    service,
    soundness,
    tasks,
)
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation
from booking.people.pupils import announcements as pupil_announcements
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add pages, the command, tasks, and what happens when events and pupils change."""
    app.register_blueprint(routes.seasons)
    app.cli.add_command(commands.group)
    event_announcements.cancelled.subscribe(service.drop_event, order=Heard.BY_SEASON_PLANS)
    pupil_announcements.left.subscribe(service.forget_pupil)
    event_ports.forbidden_changes.provide(service.forbid_change)
    event_ports.other_rule.provide(panels.rule)
    event_ports.panels.provide(panels.event_page, order=20)
    place_ports.planned.provide(queries.is_planned)
    place_ports.panels.provide(panels.school_page, order=10)
    school_ports.school_tasks.provide(tasks.of_school)
    school_ports.network_tasks.provide(tasks.of_network)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    chores.jobs.provide(jobs.jobs)
    navigation.network_doors.provide(doors.of_network, order=50)
    scene.opened.subscribe(demonstration.put_into)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    holdings.parts.provide(held.parts)
