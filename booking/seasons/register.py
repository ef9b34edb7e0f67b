"""What season plans add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.events import announcements as events
from booking.events import extras as event_extras
from booking.places import extras as place_extras
from booking.pupils import announcements as pupils
from booking.seasons import commands, panels, queries, routes, service, tasks
from booking.web import tasks as task_lists


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add pages, the command, tasks, and what happens when events and pupils change."""
    app.register_blueprint(routes.seasons)
    app.cli.add_command(commands.group)
    events.cancelled.subscribe(service.drop_event)
    pupils.left.subscribe(service.forget_pupil)
    event_extras.check_changes_with(service.forbid_change)
    event_extras.provide_rule(panels.rule)
    event_extras.provide_panel(panels.event_page)
    place_extras.provide_planned(queries.is_planned)
    place_extras.provide_panel(panels.school_page)
    task_lists.provide("school", tasks.of_school)
    task_lists.provide("network", tasks.of_network)
