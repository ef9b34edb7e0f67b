"""An event as everybody, schools and parents will see it once it is published: to look at only."""

from flask import abort, render_template, request, url_for

from booking.days.events import ports
from booking.days.events.models import Event
from booking.days.events.routes.blueprints import host_pages, load_event, scope_of
from booking.days.events.routes.public import render_event
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web.access import requires
from booking.foundation.web.read_only import read_only

EVERYBODY = "everybody"


@host_pages.get("/events/<slug>/preview")
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def preview(event: Event) -> str:
    """Show the event's page exactly as the public sees or will see it."""
    return _shown(event, render_event(event, preview=True), who=EVERYBODY)


@host_pages.get("/events/<slug>/preview/<who>")
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def preview_as(event: Event) -> str:
    """Show the page that a school or a parent sees, filled in for nobody in particular."""
    who = (request.view_args or {})["who"]
    found = {each.name: each for each in ports.previews(event, now=clock.now())}.get(who)
    if found is None:
        abort(404)
    return _shown(event, render_template(found.template, **found.facts), who=who)


def _shown(event: Event, page: str, *, who: str) -> str:
    previews = ports.previews(event, now=clock.now())
    tabs = [(EVERYBODY, "Everybody"), *((each.name, each.label) for each in previews)]
    above = render_template(
        "days/host/_preview_tabs.html",
        event=event,
        who=who,
        tabs=[
            {"label": label, "url": _address(event, name), "current": name == who}
            for name, label in tabs
        ],
    )
    return read_only(page, above=above)


def _address(event: Event, who: str) -> str:
    if who == EVERYBODY:
        return url_for(".preview", slug=event.slug)
    return url_for(".preview_as", slug=event.slug, who=who)
