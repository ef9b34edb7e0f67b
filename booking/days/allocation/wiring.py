"""What allocation adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.allocation import commands, doors, history, jobs, panels, routes, soundness, tasks
from booking.days.events import ports as event_ports
from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add pages, commands, tasks, and links to them from an event's own pages."""
    app.register_blueprint(routes.allocation)
    app.cli.add_command(commands.group)
    event_ports.host_tasks.provide(tasks.of_host)
    event_ports.panels.provide(panels.explanation, order=10)
    event_ports.work_links.provide(panels.work, order=20)
    school_ports.network_tasks.provide(tasks.of_network)
    chores.checks.provide(soundness.checks)
    chores.jobs.provide(jobs.jobs)
    navigation.network_doors.provide(doors.of_network, order=40)
    audit_ports.acts.provide(history.acts)
    audit_ports.related.provide(history.related)
