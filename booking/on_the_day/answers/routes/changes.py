"""What families changed late: the host's page, and who says that it was seen."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.on_the_day.answers import pages, queries, refusals, service
from booking.on_the_day.answers.forms import SeenForm
from booking.on_the_day.answers.models import Audience, LateChange
from booking.on_the_day.answers.routes.blueprint import answers
from booking.on_the_day.rosters import windows
from booking.on_the_day.rosters.routes.blueprint import hosted, load_event


@answers.get("/host/events/<slug>/changes")
@requires(Action.SEE_HEALTH, load=load_event, scope=hosted, name="event")
def changes(event: Event) -> str:
    """Show whose answers changed in which part, and who has seen it; the roster says what to."""
    return render_template(
        "on_the_day/answers/changes.html",
        event=event,
        lines=pages.change_lines(queries.changes_for_host(event.id)),
    )


def for_school(public_id: str) -> LateChange | None:
    """Find a change that waits for the pupil's own school."""
    return _found(public_id, Audience.SCHOOL)


def own_pupil(change: LateChange) -> Scope:
    """Return the school of the pupil."""
    return Scope(change.booking.school_id)


@answers.post("/school/changes/<public_id>/seen")
@requires(Action.READ_ANSWERS, load=for_school, scope=own_pupil, name="change")
def seen_at_school(change: LateChange) -> ResponseReturnValue:
    """Record who at the pupil's school has seen a change."""
    _see(change)
    return redirects.see(url_for("answers.pupil", public_id=change.booking.public_id))


def for_host(public_id: str) -> LateChange | None:
    """Find a change that waits for the day's staff."""
    return _found(public_id, Audience.HOST)


def look_after(change: LateChange) -> Scope:
    """Return whose staff look after the pupil on the day."""
    return windows.scope_of(change.booking.event, clock.now())


@answers.post("/host/changes/<public_id>/seen")
@requires(Action.SEE_HEALTH, load=for_host, scope=look_after, name="change")
def seen_by_host(change: LateChange) -> ResponseReturnValue:
    """Record who on the day's staff has seen a change."""
    _see(change)
    return redirects.see(url_for("answers.changes", slug=change.booking.event.slug))


def _found(public_id: str, audience: Audience) -> LateChange | None:
    change = queries.change_by_public_id(public_id)
    return change if change is not None and change.audience is audience else None


def _see(change: LateChange) -> None:
    read = SeenForm().read.data or ""
    if acts.attempt(
        lambda: service.see(actor=current_user.actor, now=clock.now(), change=change, read=read),
        refusals.ChangedAgain,
        level="warning",
    ):
        flash("Thank you. The others can read that you have seen it.", "success")
