"""What the bank adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.money.bank import (
    demonstration,
    doors,
    history,
    pages,
    retention,
    routes,
    service,
    soundness,
    tasks,
    year_end,
)
from booking.money.fund import ports as fund_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the treasurer's tasks and the bank's point on the year-end check list."""
    app.register_blueprint(routes.bank)
    fund_ports.treasurer_tasks.provide(tasks.of_treasurer)
    fund_ports.year_end_points.provide(year_end.points, order=30)
    fund_ports.banked.provide(pages.banked)
    fund_ports.received_money.provide(pages.received_money)
    fund_ports.match_money.provide(service.match_money)
    fund_ports.cost_moved.subscribe(service.follow_cost)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    fund_ports.pages.provide(doors.fund_pages, order=50)
    scene.closed.subscribe(demonstration.import_statements)
    audit_ports.acts.provide(history.acts)
