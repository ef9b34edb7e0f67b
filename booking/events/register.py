"""What events adds to the application."""

from flask import Flask
from flask_login import current_user
from flask_wtf import CSRFProtect

from booking import clock
from booking.events import announcements, extras, host_tasks, letters, routes
from booking.events.models import Event
from booking.web import tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions."""
    app.register_blueprint(routes.events)
    app.register_blueprint(routes.host_pages)
    app.register_blueprint(routes.rules)
    app.add_template_global(_work_links, "work_links")
    announcements.published.subscribe(letters.tell_of_publication)
    announcements.changed.subscribe(letters.tell_of_change)
    announcements.cancelled.subscribe(letters.tell_of_cancellation)
    tasks.provide("host", host_tasks.drafts_to_finish)


def _work_links(event: Event) -> list[extras.Link]:
    """Return the pages of an event's work for whoever is signed in."""
    return extras.work_links(event, actor=current_user.actor, now=clock.now())
