"""What the outbox adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.places import ports as place_ports
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation
from booking.network.outbox import doors, history, panels, routes, service, tasks
from booking.people.pupils import announcements as pupil_announcements
from booking.people.pupils import ports as pupil_ports
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages and tasks about mail, and follow corrected addresses."""
    app.register_blueprint(routes.outbox)
    if app.config["APP_ENV"] != "production":
        app.register_blueprint(routes.examples)
    navigation.network_doors.provide(doors.of_network, order=55)
    school_ports.network_tasks.provide(tasks.of_network, order=10)
    school_ports.school_tasks.provide(tasks.of_school, order=10)
    pupil_ports.panels.provide(panels.not_arrived)
    pupil_ports.panels.provide(panels.sent)
    place_ports.mail_notes.provide(panels.notes)
    pupil_announcements.parents_changed.subscribe(service.follow_correction)
    audit_ports.acts.provide(history.acts)
