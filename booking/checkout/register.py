"""What checkout adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.checkout import payers, queries, routes, service, statements, tasks, year_end
from booking.checkout.commands import payments
from booking.checkout.routes import webhooks
from booking.events import announcements as events
from booking.events import extras
from booking.fund import extras as fund
from booking.fund import year_end as closing
from booking.places import announcements as places
from booking.places import extras as school_pages
from booking.web import tasks as home_tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions.

    Registered after places: when an event is cancelled, its bookings have ended before the money
    that is left is looked at.
    """
    app.register_blueprint(routes.parent_pages)
    app.register_blueprint(routes.checkout)
    csrf.exempt(webhooks.stripe)
    app.cli.add_command(payments)
    places.invited.subscribe(service.ask)
    places.ended.subscribe(service.return_money)
    events.cancelled.subscribe(service.return_money_of_event)
    extras.check_changes_with(service.forbid_change)
    fund.provide(statements.of_event)
    closing.provide(year_end.points)
    fund.count_payers_with(payers.of_events)
    school_pages.provide_answered(queries.has_answered)
    home_tasks.provide("school", tasks.of_school)
    home_tasks.provide("fund", tasks.of_treasurer)
