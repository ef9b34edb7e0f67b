"""What pupils add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.pupils import routes, tasks
from booking.web import tasks as home_tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, and a task for a school that begins."""
    app.register_blueprint(routes.blueprint)
    home_tasks.provide("school", tasks.of_school)
