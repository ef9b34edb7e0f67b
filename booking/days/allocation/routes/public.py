"""How places are shared, for everybody: the promise beforehand, the result and its proof
afterwards."""

from flask import Response, abort, render_template, request, send_file
from flask_login import current_user

from booking.days.allocation import charts, queries, service
from booking.days.allocation.pages import outcomes, tables
from booking.days.allocation.pages.outcomes import PublishedRound, Reasons, SchoolOutcome
from booking.days.allocation.routes.blueprint import (
    allocation,
    asked_width,
    picture,
    published_event,
    scope_of,
)
from booking.days.events import words as event_words
from booking.days.events.models import Event, Sharing
from booking.days.places import queries as place_queries
from booking.days.seasons import queries as season_queries
from booking.days.seasons.routes.public import event_explanation
from booking.domain import permissions
from booking.domain.permissions import Action, Role
from booking.foundation import clock, folders
from booking.foundation.web import paging
from booking.foundation.web.access import public
from booking.people.schools import queries as school_queries


@allocation.get("/events/<slug>/allocation")
@public
def explanation(slug: str) -> str:
    """Explain how an event's places are shared and, afterwards, what came of it and why."""
    event = _event_or_404(slug)
    if mark := season_queries.mark_of(event.id):
        return event_explanation(event, mark)
    row = queries.round_of(event.id)
    if row is None:
        return render_template(
            "days/allocation/promise.html", **_rule(event), quotas=_quotas(event)
        )
    published = PublishedRound(row, service.verify(row, event))
    if published.discrepancies:
        return render_template("days/allocation/broken.html", **_rule(event), published=published)
    page = _outcomes(published)
    return render_template(
        "days/allocation/result.html",
        **_rule(event),
        **_drawn(published),
        published=published,
        page=page,
        rows=tables.outcomes(page.items),
        inputs=tables.inputs(published, page.items),
        heads=tables,
        reasons_shown=_reasons(event, published),
        sees_all=_sees_all(event),
        basis_name=event_words.BASIS_NAMES[published.round.basis],
        is_quotas=event.sharing is Sharing.SET_QUOTAS,
    )


def _rule(event: Event) -> dict[str, object]:
    return {
        "event": event,
        "rule": event_words.sharing_rule(event),
        "sharing_name": event_words.SHARING_NAMES[event.sharing],
        "draws_lots": event.sharing is not Sharing.FIRST_COME,
    }


def _quotas(event: Event) -> list[tuple[str, int]]:
    """Return the quotas set so far, by school name."""
    if event.sharing is not Sharing.SET_QUOTAS:
        return []
    return sorted((r.school.name, r.quota) for r in place_queries.requests(event.id) if r.quota)


def _drawn(published: PublishedRound) -> dict[str, object]:
    bars = _bars(published)
    return {
        "drawn": [(bar.name, bar.wanted, bar.received) for bar in bars],
        "chart_height": charts.height(len(bars)),
    }


def _bars(published: PublishedRound) -> list[charts.Bar]:
    counts = published.allotment.counts
    return [
        charts.Bar(published.names[slug], published.round.claim_of(slug).wanted, counts[slug])
        for slug in published.slugs[: charts.BARS_MAX]
    ]


def _outcomes(published: PublishedRound) -> paging.Page[SchoolOutcome]:
    number, size = paging.asked_page(), paging.PAGE_SIZE
    shown = published.slugs[(number - 1) * size : number * size]
    return paging.Page([published.outcome(slug) for slug in shown], number, len(published.slugs))


def _sees_all(event: Event) -> bool:
    """Return whether the reader is responsible for the sharing, so may read anybody's reasons."""
    actor = current_user.actor
    return permissions.may(actor, Action.RUN_ROUND, scope_of(event)) or permissions.may(
        actor, Action.SEE_PLACES
    )


def _reasons(event: Event, published: PublishedRound) -> list[Reasons]:
    """Return why each of the reader's schools, or the one asked for, received what it did."""
    own_ids = current_user.actor.school_ids(Role.COORDINATOR)
    own = [school.slug for school in school_queries.schools_by_id(own_ids)] if own_ids else []
    shown = dict.fromkeys((slug for slug in own if slug in published.names), True)
    asked_for = request.args.get("school", "")
    if asked_for in published.names and _sees_all(event):
        shown.setdefault(asked_for, False)
    if not shown:
        return []
    line = outcomes.line_of(event) if place_queries.is_line_open(event, clock.now()) else []
    return [
        outcomes.reasons(published, slug, line, is_own=is_own) for slug, is_own in shown.items()
    ]


@allocation.get("/events/<slug>/allocation.json")
@public
def download(slug: str) -> Response:
    """Send the record of a round exactly as it was published, byte for byte."""
    event = _event_or_404(slug)
    row = queries.round_of(event.id) or abort(404)
    response = Response(row.record.encode(), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-allocation.json"'
    response.last_modified = row.run_at
    response.add_etag()
    response.make_conditional(request)
    return response


@allocation.get("/events/<slug>/allocation.svg")
@public
def chart(slug: str) -> Response:
    """Draw what each school asked for and received."""
    event = _event_or_404(slug)
    row = queries.round_of(event.id) or abort(404)
    published = PublishedRound(row, service.verify(row, event))
    if published.discrepancies:
        abort(404)
    bars = _bars(published)
    return picture(charts.requested_and_received(bars, width=asked_width()))


@allocation.get("/allocation/verify.py")
@public
def script() -> Response:
    """Send the script that lets anyone recompute a record without this site."""
    return send_file(
        folders.VERIFY_ALLOCATION,
        mimetype="text/x-python",
        as_attachment=True,
        download_name=folders.VERIFY_ALLOCATION.name,
    )


def _event_or_404(slug: str) -> Event:
    return published_event(slug=slug) or abort(404)
