"""What pupils add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation.web import task_lists
from booking.people.pupils import routes, tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, and a task for a school that begins."""
    app.register_blueprint(routes.blueprint)
    task_lists.provide("school", tasks.of_school)
