"""What bank transfers add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.places import ports as place_ports
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.money.checkout import ports as checkout_ports
from booking.money.fund import ports as fund_ports
from booking.money.transfers import doors, held, history, panels, retention, routes, tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the treasurer's tasks and the way to pay on a parent's page."""
    app.register_blueprint(routes.transfers)
    checkout_ports.transfer_page.provide(panels.parents_page)
    place_ports.ways_to_pay.provide(panels.ways_to_pay)
    chores.rules.provide(retention.rules)
    fund_ports.arrivals.provide(panels.arrivals)
    fund_ports.treasurer_tasks.provide(tasks.of_treasurer)
    fund_ports.pages.provide(doors.fund_pages, order=45)
    audit_ports.acts.provide(history.acts)
    holdings.parts.provide(held.parts)
