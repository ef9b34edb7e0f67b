"""What places add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.events.announcements import Heard
from booking.days.partners import panels as partner_panels
from booking.days.places import (
    doors,
    held,
    history,
    jobs,
    panels,
    ports,
    queries,
    retention,
    routes,
    service,
    soundness,
    tasks,
)
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.chores import Turn
from booking.foundation.notifications import announcements as notification_announcements
from booking.foundation.web import navigation
from booking.people.pupils import announcements as pupil_announcements
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    app.register_blueprint(routes.school_pages)
    app.register_blueprint(routes.network_pages)
    event_announcements.published.subscribe(service.make_places, order=Heard.BY_BOOKINGS)
    event_announcements.changed.subscribe(service.follow_change, order=Heard.BY_BOOKINGS)
    event_announcements.changed.subscribe(service.tell_of_change, order=Heard.BY_SCHOOLS)
    event_announcements.cancelled.subscribe(service.end_all, order=Heard.BY_BOOKINGS)
    notification_announcements.went_out.subscribe(service.follow_mail)
    notification_announcements.given_up.subscribe(service.follow_return)
    pupil_announcements.left.subscribe(service.end_for_pupil)
    pupil_announcements.parents_changed.subscribe(service.follow_parents)
    event_ports.places_left.provide(queries.places_left)
    event_ports.told_of_change.provide(service.told_of_change)
    event_ports.comes.provide(queries.comes)
    event_ports.forbidden_changes.provide(service.forbid_change)
    event_ports.panels.provide(panels.own_places, order=10)
    event_ports.work_panels.provide(panels.schools_coming)
    event_ports.if_cancelled.provide(panels.if_cancelled, order=10)
    event_ports.previews.provide(panels.preview, order=10)
    ports.home_panels.provide(partner_panels.soon)
    school_ports.school_tasks.provide(tasks.school_tasks)
    chores.checks.provide(soundness.checks, order=10)
    chores.jobs.provide(jobs.jobs, order=Turn.PLACES)
    chores.rules.provide(retention.last_of_all, order=80)
    navigation.sections.provide(doors.section, order=20)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts, order=20)
