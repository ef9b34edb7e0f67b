"""What calendars add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events.announcements import Heard
from booking.days.places import announcements as place_announcements
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import log_masks
from booking.on_the_day.calendars import demonstration, held, history, mail, retention, service
from booking.on_the_day.calendars.routes import calendars, unchanged
from booking.people.pupils import announcements as pupil_announcements
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the blueprint, the middleware and subscriptions."""
    app.register_blueprint(calendars)
    unchanged.init_app(app)
    pupil_announcements.forgotten.subscribe(service.forget_parent)
    place_announcements.confirmed.subscribe(mail.tell_of_confirmation)
    event_announcements.changed.subscribe(mail.tell_of_moved_deadline, order=Heard.BY_SCHOOLS)
    log_masks.install()
    chores.rules.provide(retention.rules)
    scene.closed.subscribe(demonstration.have_a_calendar)
    audit_ports.acts.provide(history.acts)
    holdings.parts.provide(held.parts)
