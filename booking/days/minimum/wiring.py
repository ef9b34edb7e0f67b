"""What a minimum number of pupils adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.days.minimum import history, jobs, panels, routes, tasks
from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the button, the panel, the tasks and the warning."""
    app.register_blueprint(routes.minimum_pages)
    event_ports.work_panels.provide(panels.work, order=4)
    event_ports.host_tasks.provide(tasks.of_host, order=4)
    school_ports.network_tasks.provide(tasks.of_lead)
    chores.jobs.provide(jobs.jobs)
    audit_ports.acts.provide(history.acts)
