"""What places adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.places import panels, queries, routes, service, tasks
from booking.foundation.web.task_lists import provide
from booking.people.pupils import announcements as pupil_announcements


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    app.register_blueprint(routes.school_pages)
    app.register_blueprint(routes.network_pages)
    event_announcements.published.subscribe(service.make_places)
    event_announcements.changed.subscribe(service.follow_change)
    event_announcements.changed.subscribe(service.tell_of_change)
    event_announcements.cancelled.subscribe(service.end_all)
    pupil_announcements.left.subscribe(service.end_for_pupil)
    pupil_announcements.parents_changed.subscribe(service.follow_parents)
    event_ports.count_places_left_with(queries.places_left)
    event_ports.check_changes_with(service.forbid_change)
    event_ports.provide_panel(panels.own_places)
    event_ports.provide_work_panel(panels.schools_coming)
    provide("school", tasks.school_tasks)
