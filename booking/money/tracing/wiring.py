"""What tracing adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.money.fund import ports as fund_ports
from booking.money.tracing import doors, queries
from booking.money.tracing.routes import tracing


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the search and the pages of payments and slips, and lead the fund's pages to them."""
    app.register_blueprint(tracing)
    fund_ports.homes.provide(queries.homes)
    fund_ports.search_page.provide(doors.search_page)
