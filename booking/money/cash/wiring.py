"""What cash adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation
from booking.money.cash import doors, history, service
from booking.money.cash.routes import cash
from booking.money.fund import ports as fund_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the page of the cash box."""
    app.register_blueprint(cash)
    fund_ports.entry_sources.provide(service.source_of)
    navigation.school_doors.provide(doors.of_school, order=30)
    audit_ports.acts.provide(history.acts)
