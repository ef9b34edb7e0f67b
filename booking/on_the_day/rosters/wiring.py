"""What rosters add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.days.places import ports as place_ports
from booking.foundation.web.task_lists import provide
from booking.on_the_day.rosters import panels, routes, tasks
from booking.people.pupils import contacts


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, their links and panels, and the tasks."""
    app.register_blueprint(routes.blueprint)
    app.add_template_filter(contacts.readable_phone, "phone")
    event_ports.provide_work_link(panels.roster_link)
    event_ports.provide_work_link(panels.register_link)
    event_ports.provide_work_link(panels.day_staff_link)
    place_ports.provide_panel(panels.adults)
    place_ports.provide_panel(panels.attendance)
    provide("host", tasks.host_tasks)
    provide("school", tasks.school_tasks)
