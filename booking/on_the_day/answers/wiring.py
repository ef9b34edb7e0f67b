"""What answers add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.days.questions import announcements as question_announcements
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.money.checkout import announcements as checkout_announcements
from booking.on_the_day.answers import held, history, panels, retention, routes, service, tasks
from booking.people.pupils import ports as pupil_ports
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the links to them, and the tasks."""
    app.register_blueprint(routes.blueprint)
    pupil_ports.panels.provide(panels.events, order=10)
    event_ports.host_tasks.provide(tasks.of_host)
    event_ports.work_links.provide(panels.changes_link, order=45)
    checkout_announcements.answers_changed.subscribe(service.follow_change)
    question_announcements.answered.subscribe(service.follow_asked)
    chores.rules.provide(retention.rules)
    school_ports.school_tasks.provide(tasks.of_school)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts)
    holdings.readings.provide(held.readings)
