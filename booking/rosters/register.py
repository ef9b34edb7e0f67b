"""What rosters add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.events import extras as events
from booking.places import extras as places
from booking.pupils import contacts
from booking.rosters import panels, routes, tasks
from booking.web.tasks import provide


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, their links and panels, and the tasks."""
    app.register_blueprint(routes.blueprint)
    app.add_template_filter(contacts.readable_phone, "phone")
    events.provide_work_link(panels.roster_link)
    events.provide_work_link(panels.register_link)
    events.provide_work_link(panels.day_staff_link)
    places.provide_panel(panels.adults)
    places.provide_panel(panels.attendance)
    provide("host", tasks.host_tasks)
    provide("school", tasks.school_tasks)
