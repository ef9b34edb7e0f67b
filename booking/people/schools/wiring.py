"""What schools add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.files import ports as file_ports
from booking.foundation.web import changes, navigation, typed_again
from booking.people.schools import (
    commands,
    doors,
    held,
    history,
    passwords,
    ports,
    queries,
    retention,
    routes,
    shelf,
    sign_in,
    tasks,
)


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add blueprints, commands and tasks."""
    passwords.configure(app.config["APP_ENV"])
    sign_in.init_app(app)
    for blueprint in routes.BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli.add_command(commands.schools)
    app.cli.add_command(commands.people)
    ports.network_tasks.provide(tasks.network_tasks, order=10)
    ports.network_tasks.provide(tasks.hand_over_tasks, order=10)
    ports.network_tasks.provide(tasks.offer_tasks_of_others, order=10)
    ports.network_tasks.provide(tasks.new_roles, order=10)
    ports.overseer_tasks.provide(tasks.new_roles, order=10)
    ports.school_tasks.provide(tasks.new_roles, order=10)
    ports.school_tasks.provide(tasks.school_tasks, order=10)
    ports.school_tasks.provide(tasks.offer_tasks, order=10)
    chores.rules.provide(retention.rules)
    chores.rules.provide(retention.last_of_all, order=90)
    file_ports.owner.provide(shelf.owner)
    changes.made_to.provide(queries.changes_of)
    typed_again.page_to_ask.provide(routes.asked_again.page_with)
    typed_again.sign_in_page.provide(routes.signing_in.page_with)
    navigation.sections.provide(doors.section, order=70)
    navigation.network_doors.provide(doors.of_network, order=10)
    navigation.school_doors.provide(doors.of_school, order=20)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    holdings.parts.provide(held.parts, order=10)
