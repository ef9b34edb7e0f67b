"""What invoices add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation
from booking.money.fund import ports as fund_ports
from booking.money.invoices import (
    doors,
    history,
    panels,
    queries,
    routes,
    service,
    soundness,
    tasks,
    words,
)
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages and the tasks."""
    app.register_blueprint(routes.invoices)
    app.add_template_filter(words.number_of, "invoice_number")
    app.add_template_filter(words.title_of, "invoice_title")
    app.add_template_filter(words.reference_of, "invoice_reference")
    app.add_template_filter(words.lines_of, "invoice_lines")
    fund_ports.entry_sources.provide(service.source_of)
    fund_ports.school_credit.provide(queries.credit_of)
    fund_ports.arrivals.provide(panels.arrivals)
    chores.checks.provide(soundness.checks)
    fund_ports.treasurer_tasks.provide(tasks.of_treasurer)
    school_ports.school_tasks.provide(tasks.of_school)
    school_ports.network_tasks.provide(tasks.of_lead)
    navigation.school_doors.provide(doors.of_school, order=40)
    fund_ports.pages.provide(doors.fund_pages, order=30)
    audit_ports.acts.provide(history.acts)
    audit_ports.related.provide(history.related)
