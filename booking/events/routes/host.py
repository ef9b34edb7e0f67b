"""A host's home, and the page of the work on one event."""

from flask import render_template, request
from flask_login import current_user

from booking import clock
from booking.domain.permissions import Action
from booking.events import extras, pages, queries, service
from booking.events.models import Event, EventState
from booking.events.queries.hosting import SECTIONS
from booking.events.routes.blueprints import host_pages, load_event, scope_of
from booking.events.routes.public import may_edit
from booking.web import paging, tasks
from booking.web.access import requires

SECTION_NAMES = {
    "coming": "Coming",
    "drafts": "Drafts",
    "past": "Past",
    "cancelled": "Cancelled",
}


@host_pages.get("/")
@requires(Action.SEE_EVENT_WORK)
def home() -> str:
    """Show what needs doing, and this person's events by where they stand."""
    now, actor = clock.now(), current_user.actor
    counts = queries.count_by_state(actor, now=now)
    section = request.args.get("section", "")
    if section not in SECTIONS:
        section = next((name for name in SECTIONS if counts[name]), SECTIONS[0])
    page = queries.hosted(actor, section, now=now, page=paging.asked_page())
    left = extras.places_left([event.id for event in page.items])
    return render_template(
        "host/home.html",
        tasks=tasks.collect("host", actor=actor, now=now),
        page=page,
        cards=pages.work_cards(page.items, left=left, now=now),
        section=section,
        sections=[(name, words, counts[name]) for name, words in SECTION_NAMES.items()],
        may_write=bool(queries.host_choices(actor)),
    )


@host_pages.get("/events/<slug>/")
@requires(Action.SEE_EVENT_WORK, load=load_event, scope=scope_of, name="event")
def work(event: Event) -> str:
    """Show where an event stands and everything that can be done about it."""
    now = clock.now()
    left = extras.places_left([event.id]).get(event.id)
    problems = []
    if event.state is EventState.DRAFT:
        problems = service.publication_problems(
            current_user.actor, now=now, details=service.details_of(event)
        )
    return render_template(
        "host/work.html",
        event=event,
        view=pages.event_page(event, left=left, now=now),
        links=extras.work_links(event, actor=current_user.actor, now=now),
        panels=extras.work_panels(event, actor=current_user.actor, now=now),
        problems=problems,
        may_edit=may_edit(event),
    )
