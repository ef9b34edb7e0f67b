"""A host's home page, and the page about the work on one event."""

from flask import render_template, request, url_for
from flask_login import current_user

from booking.days.events import pages, ports, queries, service
from booking.days.events.models import Event, EventState
from booking.days.events.queries.hosting import SECTIONS
from booking.days.events.routes import starting
from booking.days.events.routes.blueprints import host_pages, load_event, scope_of
from booking.days.events.routes.public import may_edit
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.audit.routes import histories
from booking.foundation.web import paging, task_lists
from booking.foundation.web.access import requires

SECTION_NAMES = {
    "coming": "Upcoming",
    "drafts": "Drafts",
    "past": "Past",
    "cancelled": "Cancelled",
}


@host_pages.get("/")
@requires(Action.SEE_EVENT_WORK)
def home() -> str:
    """Show what needs doing, and this person's events by stage."""
    now, actor = clock.now(), current_user.actor
    counts = queries.count_by_state(actor, now=now)
    section = request.args.get("section", "")
    if section not in SECTIONS:
        section = next((name for name in SECTIONS if counts[name]), SECTIONS[0])
    page = queries.hosted(actor, section, now=now, page=paging.asked_page())
    left = ports.places_left([event.id for event in page.items])
    return render_template(
        "days/host/home.html",
        tasks=task_lists.soonest_first(ports.host_tasks(actor=actor, now=now)),
        page=page,
        cards=pages.work_cards(page.items, left=left, now=now),
        section=section,
        sections=[(name, words, counts[name]) for name, words in SECTION_NAMES.items()],
        may_write=bool(queries.host_choices(actor)),
        starts=starting.starts(),
    )


@host_pages.get("/events/<slug>/")
@requires(Action.SEE_EVENT_WORK, load=load_event, scope=scope_of, name="event")
def work(event: Event) -> str:
    """Show the state of an event and everything that can be done about it."""
    now = clock.now()
    left = ports.places_left([event.id]).get(event.id)
    problems, found = [], service.DateCheck()
    if event.state is EventState.DRAFT:
        details = service.details_of(event)
        problems = service.publication_problems(current_user.actor, now=now, details=details)
        found = service.check_dates(details, event_id=event.id, now=now)
    return render_template(
        "days/host/work.html",
        event=event,
        view=pages.event_page(event, left=left, now=now),
        links=ports.work_links(event, actor=current_user.actor, now=now),
        panels=ports.work_panels(event, actor=current_user.actor, now=now),
        problems=pages.corrections(problems),
        found=found,
        may_edit=may_edit(event),
    )


@host_pages.get("/events/<slug>/history")
@requires(Action.SEE_EVENT_HISTORY, load=load_event, scope=scope_of, name="event")
def history(event: Event) -> str:
    """Show who did what about an event, its places and the pupils in them."""
    return histories.show(
        table="events",
        row_id=event.id,
        of=event.title,
        back=(url_for("host.work", slug=event.slug), event.title),
    )
