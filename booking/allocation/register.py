"""What allocation adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.allocation import commands, panels, routes, tasks
from booking.events import extras
from booking.web import tasks as task_lists


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add pages, commands, tasks, and the ways to them from an event's own pages."""
    app.register_blueprint(routes.allocation)
    app.cli.add_command(commands.group)
    task_lists.provide("host", tasks.of_host)
    task_lists.provide("network", tasks.of_network)
    extras.provide_panel(panels.explanation)
    extras.provide_work_link(panels.work)
