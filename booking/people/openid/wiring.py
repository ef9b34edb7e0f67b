"""What sign-in with Google and Microsoft adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import asks_again
from booking.people.openid import held, history, providers, retention, routes, service
from booking.people.openid.fetching import ProviderClient
from booking.people.openid.routes import there
from booking.people.schools import announcements as school_announcements
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Set up the providers that the settings name; without any, the pages answer 404."""
    found = {each.kind: ProviderClient(each) for each in providers.of_settings(app.config)}
    app.extensions[providers.EXTENSION] = found
    app.add_template_global(providers.choices, "openid_choices")
    app.add_template_global(asks_again.was_asked, "was_asked_again")
    app.register_blueprint(routes.openid)
    school_announcements.forgotten.subscribe(service.forget)
    school_ports.ways_in.provide(there.ways_in)
    chores.rules.provide(retention.rules, order=95)
    audit_ports.acts.provide(history.acts)
    holdings.parts.provide(held.parts)
