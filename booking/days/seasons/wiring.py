"""What season plans add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.places import ports as place_ports
from booking.days.seasons import commands, panels, queries, routes, service, tasks
from booking.foundation.web import task_lists
from booking.people.pupils import announcements as pupil_announcements


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add pages, the command, tasks, and what happens when events and pupils change."""
    app.register_blueprint(routes.seasons)
    app.cli.add_command(commands.group)
    event_announcements.cancelled.subscribe(service.drop_event)
    pupil_announcements.left.subscribe(service.forget_pupil)
    event_ports.check_changes_with(service.forbid_change)
    event_ports.provide_rule(panels.rule)
    event_ports.provide_panel(panels.event_page)
    place_ports.provide_planned(queries.is_planned)
    place_ports.provide_panel(panels.school_page)
    task_lists.provide("school", tasks.of_school)
    task_lists.provide("network", tasks.of_network)
