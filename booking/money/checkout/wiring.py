"""What checkout adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.places import announcements as place_announcements
from booking.days.places import ports as place_ports
from booking.foundation.web import task_lists
from booking.money.checkout import routes, service, statements, tasks, year_end
from booking.money.checkout.queries import payers, replies
from booking.money.fund import ports as fund_ports
from booking.money.fund import year_end as fund_year_end


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and subscriptions.

    Registered after places: when an event is cancelled, its bookings have ended before the money
    that is left is looked at.
    """
    app.register_blueprint(routes.parent_pages)
    app.register_blueprint(routes.checkout)
    place_announcements.invited.subscribe(service.ask)
    place_announcements.ended.subscribe(service.return_money)
    event_announcements.cancelled.subscribe(service.return_money_of_event)
    event_ports.check_changes_with(service.forbid_change)
    fund_ports.provide(statements.of_event)
    fund_year_end.provide(year_end.points)
    fund_ports.count_payers_with(payers.of_events)
    place_ports.provide_answered(replies.has_answered)
    task_lists.provide("school", tasks.of_school)
