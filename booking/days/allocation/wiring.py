"""What allocation adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.allocation import commands, panels, routes, tasks
from booking.days.events import ports as event_ports
from booking.foundation.web import task_lists


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add pages, commands, tasks, and the ways to them from an event's own pages."""
    app.register_blueprint(routes.allocation)
    app.cli.add_command(commands.group)
    task_lists.provide("host", tasks.of_host)
    task_lists.provide("network", tasks.of_network)
    event_ports.provide_panel(panels.explanation)
    event_ports.provide_work_link(panels.work)
