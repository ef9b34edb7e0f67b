"""What clearing adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.foundation.chores import Turn
from booking.money.clearing import (
    demonstration,
    doors,
    history,
    jobs,
    pages,
    routes,
    service,
    soundness,
    tasks,
)
from booking.money.clearing.commands import payments
from booking.money.clearing.routes import webhooks
from booking.money.fund import ports as fund_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the command and the treasurer's tasks; the processor signs its messages."""
    app.register_blueprint(routes.clearing)
    csrf.exempt(webhooks.hear)
    app.cli.add_command(payments)
    fund_ports.entry_sources.provide(service.source_of)
    fund_ports.has_card_money.provide(pages.has_card_money)
    fund_ports.treasurer_tasks.provide(tasks.of_treasurer)
    chores.checks.provide(soundness.checks)
    chores.jobs.provide(jobs.jobs, order=Turn.MONEY)
    fund_ports.pages.provide(doors.fund_pages, order=40)
    scene.opened.subscribe(demonstration.put_into)
    audit_ports.acts.provide(history.acts)
