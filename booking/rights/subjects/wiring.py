"""What subjects add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation
from booking.people.pupils import ports as pupil_ports
from booking.rights.subjects import doors, history, panels, routes


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages and the ways to them."""
    app.register_blueprint(routes.blueprint)
    pupil_ports.panels.provide(panels.of_pupil, order=90)
    navigation.school_doors.provide(doors.of_school, order=70)
    audit_ports.acts.provide(history.acts)
