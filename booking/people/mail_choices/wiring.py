"""What choices of mail add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.notifications import ports as notification_ports
from booking.people.mail_choices import held, history, routes


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, and say of each mail whether its reader may stop it."""
    app.register_blueprint(routes.mail_choices)
    csrf.exempt(routes.one_click)
    notification_ports.stop_offer.provide(routes.offer)
    holdings.parts.provide(held.parts)
    audit_ports.acts.provide(history.acts)
