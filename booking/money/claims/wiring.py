"""What claims add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.files import ports as file_ports
from booking.money.claims import (
    demonstration,
    doors,
    held,
    history,
    pages,
    queries,
    retention,
    service,
    shelf,
    soundness,
    tasks,
    year_end,
)
from booking.money.claims.routes import claims
from booking.money.fund import ports as fund_ports
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages and the tasks, and tell the fund what is promised."""
    app.register_blueprint(claims)
    event_ports.host_tasks.provide(tasks.of_claimant)
    file_ports.owner.provide(shelf.owner)
    fund_ports.entry_sources.provide(service.source_of)
    fund_ports.event_facts.provide(pages.event_facts)
    fund_ports.pages.provide(doors.fund_pages, order=22)
    fund_ports.promised.provide(queries.promised)
    fund_ports.treasurer_tasks.provide(tasks.of_treasurer)
    fund_ports.year_end_points.provide(year_end.points)
    school_ports.network_tasks.provide(tasks.of_deciders)
    chores.checks.provide(soundness.checks)
    chores.rules.provide(retention.rules)
    audit_ports.acts.provide(history.acts)
    scene.closed.subscribe(demonstration.claim_costs)
    holdings.parts.provide(held.parts)
