"""What checkout adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.events.announcements import Heard
from booking.days.groups import ports as group_ports
from booking.days.places import announcements as place_announcements
from booking.days.places import ports as place_ports
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.chores import Turn
from booking.money.checkout import (
    held,
    history,
    jobs,
    panels,
    retention,
    routes,
    service,
    soundness,
    tasks,
    year_end,
)
from booking.money.checkout.queries import needing, payers, questions, replies
from booking.money.fund import ports as fund_ports
from booking.people.pupils import announcements as pupil_announcements
from booking.people.schools import ports as school_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, and make the fee and its money follow the bookings."""
    app.register_blueprint(routes.parent_pages)
    app.register_blueprint(routes.checkout)
    place_announcements.invited.subscribe(service.ask)
    place_announcements.ended.subscribe(service.return_money)
    place_announcements.ended.subscribe(service.forget)
    pupil_announcements.forgotten.subscribe(service.forget_parent)
    event_announcements.changed.subscribe(service.follow_change, order=Heard.BY_MONEY)
    event_announcements.cancelled.subscribe(service.return_money_of_event, order=Heard.BY_MONEY)
    event_ports.forbidden_changes.provide(service.forbid_change)
    event_ports.if_cancelled.provide(panels.if_cancelled, order=20)
    event_ports.previews.provide(panels.preview, order=20)
    fund_ports.event_facts.provide(panels.of_event)
    fund_ports.entry_sources.provide(service.source_of)
    fund_ports.payers.provide(payers.of_events)
    fund_ports.year_end_points.provide(year_end.points, order=20)
    group_ports.with_needs.provide(needing.with_needs)
    place_ports.answered.provide(replies.has_answered)
    place_ports.asked_again.provide(questions.asked_again)
    school_ports.school_tasks.provide(tasks.of_school)
    chores.rules.provide(retention.rules, order=10)
    chores.rules.provide(retention.last_of_all, order=70)
    chores.checks.provide(soundness.checks)
    chores.jobs.provide(jobs.jobs, order=Turn.MONEY)
    audit_ports.acts.provide(history.acts)
    audit_ports.namers.provide(history.namers)
    audit_ports.related.provide(history.related)
    holdings.parts.provide(held.parts, order=30)
