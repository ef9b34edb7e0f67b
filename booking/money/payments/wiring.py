"""What payments adds to the application: the gateway, and its pages if it has any."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import headers
from booking.money.payments import gateway, guard, held, history, providers, retention


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Set up the card processor chosen by the setting PAYMENTS."""
    chosen = providers.wiring_of(app.config["PAYMENTS"])
    made = guard.Guarded(chosen.build(app.config))
    app.extensions[gateway.EXTENSION] = made
    headers.let_forms_lead_to(app, made.origins)
    if chosen.blueprint is not None:
        app.register_blueprint(chosen.blueprint)
    app.add_template_global(gateway.takes_cards)
    chores.rules.provide(retention.rules)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts)
