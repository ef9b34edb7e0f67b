"""What the network's own words add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import identity, navigation
from booking.network.texts import (
    demonstration,
    doors,
    held,
    history,
    pages,
    retention,
    routes,
    tasks,
)
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, and say to all others what the network is called."""
    for blueprint in routes.BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_template_global(pages.fingerprint, "colours_fingerprint")
    identity.kept.provide(pages.over_settings)
    identity.text.provide(pages.text_of)
    navigation.network_doors.provide(doors.of_network, order=15)
    school_ports.network_tasks.provide(tasks.of_network)
    chores.rules.provide(retention.rules)
    holdings.parts.provide(held.parts)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    scene.opened.subscribe(demonstration.put_into)
