"""The page that opens other schools' pupils, and the one on which a school reads who did."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import queries as event_queries
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.permissions import Action, Actor, Scope
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.on_the_day.glass import queries, refusals, service
from booking.on_the_day.glass.forms import OpenPupilsForm
from booking.on_the_day.glass.models import GlassOpening

blueprint = Blueprint("glass", __name__)


def load_event(slug: str) -> Event | None:
    """Return an event."""
    return event_queries.by_slug(slug)


def everywhere(_event: Event) -> Scope:
    """Return the scope of what those who oversee open: no school's."""
    return Scope()


def pupils_school(opening: GlassOpening) -> Scope:
    """Return the school whose pupils were opened."""
    return Scope(opening.school_id)


def way_in(actor: Actor, subject: object) -> str | None:
    """Return where somebody opens the pupils at an event, or of a place; None if they are open."""
    if not isinstance(subject, Event):
        assert isinstance(subject, Booking), "what is behind a glass is at an event"
    event = subject if isinstance(subject, Event) else subject.event
    if queries.is_open(event.id, actor, now=clock.now()):
        return None
    return url_for("glass.open_pupils", slug=event.slug)


@blueprint.route("/host/events/<slug>/open", methods=["GET", "POST"])
@requires(Action.OPEN_PUPILS, load=load_event, scope=everywhere, name="event")
def open_pupils(event: Event) -> ResponseReturnValue:
    """Ask why the pupils must be seen, then show them for a quarter of an hour."""
    form, actor, now = OpenPupilsForm(), current_user.actor, clock.now()
    if form.carry_out(
        lambda: service.open_pupils(
            actor=actor, now=now, event=event, reason=form.reason.data or ""
        ),
        {refusals.GlassReasonMissing: "reason"},
    ):
        return redirects.next_or(url_for("rosters.page", slug=event.slug))
    since = queries.open_since(event.id, actor.person_id, now=now)
    return form.page(
        "on_the_day/glass/open.html",
        event=event,
        schools=queries.schools_behind(event.id, actor),
        open_until=since + queries.OPEN_FOR if since else None,
        here=request.full_path.rstrip("?"),
    )


@blueprint.get("/school/openings/<public_id>")
@requires(Action.READ_ANSWERS, load=queries.by_public_id, scope=pupils_school, name="opening")
def opened(opening: GlassOpening) -> str:
    """Show a school who opened its pupils, when and why."""
    return render_template("on_the_day/glass/opened.html", opening=opening)
