"""What places adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.events import announcements as events
from booking.events import extras
from booking.places import panels, queries, routes, service, tasks
from booking.pupils import announcements as pupils
from booking.web.tasks import provide


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    app.register_blueprint(routes.school_pages)
    app.register_blueprint(routes.network_pages)
    events.published.subscribe(service.make_places)
    events.changed.subscribe(service.follow_change)
    events.changed.subscribe(service.tell_of_change)
    events.cancelled.subscribe(service.end_all)
    pupils.left.subscribe(service.end_for_pupil)
    pupils.parents_changed.subscribe(service.follow_parents)
    extras.count_places_left_with(queries.places_left)
    extras.check_changes_with(service.forbid_change)
    extras.provide_panel(panels.own_places)
    extras.provide_work_panel(panels.schools_coming)
    provide("school", tasks.school_tasks)
