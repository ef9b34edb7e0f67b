"""What answers add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.on_the_day.answers import panels, routes, tasks
from booking.people.pupils import ports as pupil_ports
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the links to them, and the tasks."""
    app.register_blueprint(routes.blueprint)
    pupil_ports.panels.provide(panels.events, order=10)
    school_ports.school_tasks.provide(tasks.of_school)
