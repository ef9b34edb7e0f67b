"""What events add to the application."""

from flask import Flask
from flask_login import current_user
from flask_wtf import CSRFProtect

from booking.days.events import (
    announcements,
    demonstration,
    doors,
    history,
    labels,
    mail,
    ports,
    retention,
    routes,
    shelf,
    tasks,
    words,
)
from booking.days.events.announcements import Heard
from booking.days.events.models import Event
from booking.foundation import chores, clock
from booking.foundation.audit import ports as audit_ports
from booking.foundation.files import ports as file_ports
from booking.foundation.web import navigation
from booking.people.schools import scene
from booking.people.schools import tasks as school_tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    app.register_blueprint(routes.events)
    app.register_blueprint(routes.host_pages)
    app.register_blueprint(routes.rules)
    app.add_template_global(_work_links, "work_links")
    app.add_template_global(labels.of, "event_label")
    app.add_template_filter(words.where, "where")
    app.add_template_filter(words.days, "days")
    app.add_template_filter(_least, "least")
    announcements.published.subscribe(mail.tell_of_publication, order=Heard.BY_ITS_TEAM)
    announcements.changed.subscribe(mail.tell_of_change, order=Heard.BY_ITS_TEAM)
    announcements.cancelled.subscribe(mail.tell_of_cancellation, order=Heard.BY_ITS_TEAM)
    announcements.cloned.subscribe(shelf.take_along)
    scene.closed.subscribe(demonstration.bring_files)
    file_ports.owner.provide(shelf.owner)
    ports.panels.provide(shelf.panel, order=80)
    ports.work_panels.provide(shelf.work_panel, order=80)
    ports.work_links.provide(doors.history, order=90)
    ports.host_tasks.provide(tasks.drafts_to_finish, order=10)
    ports.host_tasks.provide(school_tasks.offer_tasks_of_others)
    chores.rules.provide(retention.rules)
    navigation.sections.provide(doors.listing, order=10)
    navigation.sections.provide(doors.hosting, order=30)
    navigation.network_doors.provide(doors.of_network, order=30)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)


def _least(event: Event) -> str:
    """Return what schools and families are told of an event's minimum; "" if there is none."""
    return words.least(event, now=clock.now())


def _work_links(event: Event) -> list[ports.WorkLink]:
    """Return the pages about the work on an event, for the person signed in."""
    return ports.work_links(event, actor=current_user.actor, now=clock.now())
