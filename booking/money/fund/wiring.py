"""What the fund adds to the application."""

from itertools import chain

from flask import Flask, url_for
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.foundation import chores
from booking.foundation.audit import ports as audit_ports
from booking.foundation.chores import Turn
from booking.foundation.web import navigation
from booking.money.fund import (
    commands,
    demonstration,
    doors,
    history,
    jobs,
    ports,
    routes,
    service,
    soundness,
    tasks,
    year_end,
)
from booking.money.fund.routes import publicity, words
from booking.people.schools import ports as school_ports
from booking.people.schools import scene
from booking.people.schools import tasks as school_tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the commands and the treasurer's tasks."""
    app.register_blueprint(routes.fund)
    app.register_blueprint(publicity.fees)
    app.add_template_global(_pages, "fund_pages")
    app.add_template_global(ports.search_page, "fund_search")
    app.add_template_global(publicity.public_address, "where_fees_go")
    event_ports.panels.provide(publicity.panel, order=80)
    app.cli.add_command(commands.group)
    words.init_app(app)
    ports.treasurer_tasks.provide(tasks.of_treasurer, order=10)
    ports.treasurer_tasks.provide(school_tasks.offer_tasks_of_others)
    ports.treasurer_tasks.provide(school_tasks.new_roles)
    ports.rule_books.provide(service.ledger_book)
    ports.year_end_points.provide(year_end.points, order=10)
    school_ports.network_tasks.provide(tasks.of_lead)
    chores.checks.provide(soundness.checks)
    chores.undone.provide(jobs.undone)
    chores.jobs.provide(jobs.jobs, order=Turn.LEDGER_SEALED)
    navigation.sections.provide(doors.section, order=60)
    ports.pages.provide(doors.books, order=10)
    ports.pages.provide(doors.upkeep, order=90)
    scene.opened.subscribe(demonstration.put_into, order=10)
    scene.closed.subscribe(demonstration.close, order=90)
    audit_ports.acts.provide(history.acts)
    audit_ports.related.provide(history.related)


def _pages(here: str) -> list[navigation.Link]:
    """Return the fund's own navigation, for the page of that name."""
    pages = chain.from_iterable(ports.pages())
    return [
        navigation.Link(page.label, url_for(page.endpoint), page.name == here) for page in pages
    ]
