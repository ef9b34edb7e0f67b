"""What bids add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import feeds
from booking.days.events import ports as event_ports
from booking.domain import bidding
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.web import navigation
from booking.money.bids import (
    demonstration,
    doors,
    feed,
    held,
    history,
    jobs,
    queries,
    retention,
    routes,
    service,
    soundness,
    tasks,
)
from booking.money.fund import ports as fund_ports
from booking.people.schools import ports as school_ports
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages and the tasks, and tell the fund what is promised."""
    app.register_blueprint(routes.bids)
    app.add_template_filter(bidding.words, "bid_state")
    event_ports.host_tasks.provide(tasks.of_applicant)
    feeds.sources.provide(feed.source, order=10)
    fund_ports.entry_sources.provide(service.source_of)
    fund_ports.rule_books.provide(service.bid_book)
    fund_ports.promised.provide(queries.promised)
    fund_ports.treasurer_tasks.provide(tasks.of_treasurer)
    school_ports.network_tasks.provide(tasks.of_deciders)
    school_ports.school_tasks.provide(tasks.of_school)
    chores.rules.provide(retention.rules)
    chores.checks.provide(soundness.checks)
    chores.jobs.provide(jobs.jobs)
    navigation.sections.provide(doors.section, order=40)
    fund_ports.pages.provide(doors.fund_pages, order=20)
    scene.opened.subscribe(demonstration.put_into)
    audit_ports.acts.provide(history.acts)
    holdings.parts.provide(held.parts)
