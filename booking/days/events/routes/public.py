"""Pages for everybody: the listing, an event, its calendar file."""

from datetime import date
from typing import Any

from flask import Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import ical, pages, ports, queries, states
from booking.days.events.models import Event
from booking.days.events.pages import outside
from booking.days.events.queries import FilterChoices, Filters
from booking.days.events.routes.blueprints import events, scope_of
from booking.domain import permissions, year_groups
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import paging, remembered
from booking.foundation.web.access import public

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@events.get("/")
@public
@remembered.for_visitors
def listing() -> str:
    """Show upcoming or past events, by the filters in the address."""
    now, filters = clock.now(), _asked_filters()
    page = queries.listing(filters, now=now, page=paging.asked_page())
    left = ports.places_left([event.id for event in page.items])
    choices = queries.choices(now=now, past=filters.past)
    chips = _chips(filters, choices)
    return render_template(
        "days/events/listing.html",
        page=page,
        cards=pages.cards(page.items, left=left, now=now),
        filters=filters,
        choices=choices,
        themes=[(theme, theme) for theme in choices.themes],
        months=[(f"{month:%Y-%m}", f"{month:%B %Y}") for month in choices.months],
        chips=chips,
        years=[(n, year_groups.name(n)) for n in year_groups.ALL],
        panels=[] if filters.past or chips else ports.listing_panels(now=now),
    )


def _asked_filters() -> Filters:
    arguments = request.args
    year = arguments.get("year", type=paging.whole)
    return Filters(
        q=arguments.get("q", "").strip()[:100],
        year=year if year in year_groups.ALL else None,
        theme=arguments.get("theme", ""),
        month=_month(arguments.get("month", "")),
        host=arguments.get("host", ""),
        past=bool(arguments.get("past")),
    )


def _month(text: str) -> date | None:
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month if month.year > 1 and month.year < 9999 else None


def _chips(filters: Filters, choices: FilterChoices) -> list[tuple[str, str]]:
    """Return the words of each filter in use, with the address without it."""
    said = {
        "q": f"“{filters.q}”" if filters.q else "",
        "year": "" if filters.year is None else year_groups.name(filters.year),
        "theme": filters.theme,
        "month": f"{filters.month:%B %Y}" if filters.month else "",
        "host": dict(choices.hosts).get(filters.host, filters.host),
    }
    used = {name: request.args[name] for name, words in said.items() if words}
    past = {"past": "1"} if filters.past else {}
    return [
        (words, _listing_url({**past, **{k: v for k, v in used.items() if k != name}}))
        for name, words in said.items()
        if words
    ]


def _listing_url(arguments: dict[str, Any]) -> str:
    return url_for(".listing", **arguments)


@events.get("/events/<slug>")
@public
@remembered.for_visitors
def show(slug: str) -> str:
    """Show one event; a draft only to people who may edit it."""
    return render_event(_visible_or_404(slug))


def render_event(event: Event, *, preview: bool = False) -> str:
    """Return an event's page, as the public sees it."""
    now = clock.now()
    left = ports.places_left([event.id]).get(event.id)
    found = [] if preview else ports.panels(event, actor=current_user.actor, now=now)
    return render_template(
        "days/events/event.html",
        event=event,
        view=pages.event_page(event, left=left, now=now),
        panels={w: [p for p in found if p.where == w] for w in ("aside", "sharing", "main")},
        may_edit=may_edit(event),
        preview=preview or event.state not in states.PUBLIC,
        outside=outside.as_json_ld(event, base_url=_base_url()),
    )


@events.get("/events/<slug>.ics")
@public
@remembered.for_visitors
def calendar_file(slug: str) -> ResponseReturnValue:
    """Send an event as a calendar file."""
    event = queries.public_by_slug(slug)
    if event is None:
        abort(404)
    response = Response(
        ical.event_calendar(event, base_url=current_app.config["BASE_URL"]),
        content_type=CALENDAR_TYPE,
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    response.add_etag()
    return response.make_conditional(request)


def _base_url() -> str:
    return str(current_app.config["BASE_URL"]).rstrip("/")


def _visible_or_404(slug: str) -> Event:
    event = queries.by_slug(slug)
    if event is None or (event.state not in states.PUBLIC and not may_edit(event)):
        abort(404)
    return event


def may_edit(event: Event) -> bool:
    """Return whether the reader may edit this event."""
    return permissions.may(current_user.actor, Action.EDIT_EVENT, scope_of(event))
