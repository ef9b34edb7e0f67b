"""The end of a day: for its host, what is left to do; for a school, what it left behind."""

from typing import Any

from flask import Blueprint, abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event, EventState
from booking.days.events.routes import blueprints as event_blueprints
from booking.days.places import queries as place_queries
from booking.domain.lost_property import LostState, MoveNotAllowed, WayBack
from booking.domain.permissions import Action, Scope
from booking.domain.reasons import ReasonMissing
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm, Refusals, editing
from booking.network.circulars import refusals as circular_refusals
from booking.on_the_day.closing import forms, locks, pages, queries, refusals, service
from booking.on_the_day.closing.models import LostThing
from booking.people.schools import acting

closing = Blueprint("closing", __name__)

REOPEN_REFUSALS: Refusals = {
    ReasonMissing: "reason",
    refusals.NotClosed: "",
    refusals.TooLateToReopen: "",
}
THING_REFUSALS = (refusals.ThingGone, refusals.ThingRefused, MoveNotAllowed)


def load_event(**url: Any) -> Event | None:
    """Return a published event: nobody leaves anything at a draft."""
    event = event_blueprints.load_event(**url)
    return event if event is not None and event.state is not EventState.DRAFT else None


def load_thing(**url: Any) -> LostThing | None:
    """Return a lost thing."""
    return queries.thing_by_public_id(url["public_id"])


def hosted(thing: LostThing) -> Scope:
    """Return the event at which a thing was left."""
    return event_blueprints.scope_of(thing.event)


def left_by_own_school(**url: Any) -> LostThing | None:
    """Return a lost thing of an event to which the school came that the coordinator acts for."""
    thing = load_thing(**url)
    if thing is None or not place_queries.comes(thing.event_id, [acting.school().id]):
        return None
    return thing


def own_school(_thing: LostThing) -> Scope:
    """Return the school that the coordinator acts for."""
    return Scope(acting.school().id)


@closing.get("/host/events/<slug>/close")
@requires(Action.SEE_CLOSING, load=load_event, scope=event_blueprints.scope_of, name="event")
def day(event: Event) -> ResponseReturnValue:
    """Show what is left to do after an event, in order."""
    return ButtonForm().page(
        "on_the_day/closing/day.html",
        event=event,
        view=pages.day_page(event, actor=current_user.actor, now=clock.now()),
    )


@closing.post("/host/events/<slug>/close")
@requires(Action.EDIT_EVENT, load=load_event, scope=event_blueprints.scope_of, name="event")
def close(event: Event) -> ResponseReturnValue:
    """Close the day."""
    if acts.attempt(
        lambda: service.close(actor=current_user.actor, now=clock.now(), event=event),
        refusals.ClosingRefused,
    ):
        flash("The day is closed. Thank you.", "success")
    return _back(event)


@closing.route("/host/events/<slug>/reopen", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=event_blueprints.scope_of, name="event")
def reopen(event: Event) -> ResponseReturnValue:
    """Ask why, then open a closed day again."""
    form = forms.ReopenForm()
    if form.carry_out(
        lambda: service.reopen(
            actor=current_user.actor, now=clock.now(), event=event, reason=form.reason.data or ""
        ),
        REOPEN_REFUSALS,
    ):
        flash("The day is open again.", "success")
        return _back(event)
    return form.page("on_the_day/closing/reopen.html", event=event)


@closing.post("/host/events/<slug>/thanks")
@requires(Action.EDIT_EVENT, load=load_event, scope=event_blueprints.scope_of, name="event")
def thank(event: Event) -> ResponseReturnValue:
    """Begin the thanks to the schools, or go on with them."""
    done = acts.attempt(
        lambda: service.begin_thanks(actor=current_user.actor, now=clock.now(), event=event),
        circular_refusals.CircularRefused,
    )
    if done is None:
        return _back(event)
    return redirects.see(url_for("circulars.change", public_id=done.result.public_id))


@closing.route("/host/events/<slug>/lost", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=event_blueprints.scope_of, name="event")
def lost(event: Event) -> ResponseReturnValue:
    """List what was left behind, and add to it."""
    now = clock.now()
    form = forms.LostThingForm(data=pages.usual_last_day(now))
    if form.carry_out(
        lambda: service.list_thing(
            actor=current_user.actor,
            now=now,
            event=event,
            what=form.what.data or "",
            found_where=form.found_where.data or "",
            kept_until=form.kept_until.data,
        ),
        {refusals.ThingRefused: "what"},
    ):
        flash("It is on the list. The schools that came can see it.", "success")
        return redirects.see(url_for(".lost", slug=event.slug))
    return form.page(
        "on_the_day/closing/lost.html", event=event, things=pages.thing_lines(event, now)
    )


@closing.post("/host/lost/<public_id>/")
@requires(Action.EDIT_EVENT, load=load_thing, scope=hosted, name="thing")
def move_thing(thing: LostThing) -> ResponseReturnValue:
    """Record what became of a thing."""
    slug, to = thing.event.slug, request.form.get("to", type=LostState)
    if to is None:
        abort(404)
    if acts.attempt(
        lambda: service.move_thing(actor=current_user.actor, now=clock.now(), thing=thing, to=to),
        *THING_REFUSALS,
    ):
        flash("Recorded.", "success")
    return redirects.see(url_for(".lost", slug=slug))


@closing.post("/host/lost/<public_id>/remove")
@requires(Action.EDIT_EVENT, load=load_thing, scope=hosted, name="thing")
def remove_thing(thing: LostThing) -> ResponseReturnValue:
    """Take a thing off the list that was written there by mistake."""
    slug = thing.event.slug
    if acts.attempt(
        lambda: service.remove_thing(actor=current_user.actor, now=clock.now(), thing=thing),
        *THING_REFUSALS,
    ):
        flash("It is off the list.", "success")
    return redirects.see(url_for(".lost", slug=slug))


@closing.post("/school/lost/<public_id>/ours")
@requires(Action.REQUEST_PLACES, load=left_by_own_school, scope=own_school, name="thing")
def ours(thing: LostThing) -> ResponseReturnValue:
    """Say that a thing is the school's, and how it comes back."""
    slug, way = thing.event.slug, request.form.get("way", type=WayBack)
    if way is None:
        abort(404)
    if acts.attempt(
        lambda: service.claim_thing(
            actor=current_user.actor,
            now=clock.now(),
            thing=thing,
            school=acting.school(),
            way_back=way,
        ),
        *THING_REFUSALS,
    ):
        flash("The host can see that it is yours.", "success")
    return redirects.see(url_for("school.event", slug=slug, _anchor="lost"))


@closing.post("/school/lost/<public_id>/not-ours")
@requires(Action.REQUEST_PLACES, load=left_by_own_school, scope=own_school, name="thing")
def not_ours(thing: LostThing) -> ResponseReturnValue:
    """Say that a thing is not the school's after all."""
    slug = thing.event.slug
    if acts.attempt(
        lambda: service.unclaim_thing(
            actor=current_user.actor, now=clock.now(), thing=thing, school=acting.school()
        ),
        *THING_REFUSALS,
    ):
        flash("It is on the list again.", "success")
    return redirects.see(url_for("school.event", slug=slug, _anchor="lost"))


@closing.route("/host/events/<slug>/reflection", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=event_blueprints.scope_of, name="event")
def reflection(event: Event) -> ResponseReturnValue:
    """Write down what went well and what to change."""
    form = editing(
        lambda: forms.ReflectionForm(data=forms.filled(queries.reflection(event.id))),
        event,
        changed_by=("reflect",),
        lock=lambda: locks.reflection(event.id),
    )
    if form.carry_out(
        lambda: service.reflect(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            went_well=form.went_well.data or "",
            to_change=form.to_change.data or "",
            for_colleagues=form.for_colleagues.data,
        ),
        {refusals.NothingReflected: "went_well"},
    ):
        flash("Saved.", "success")
        return _back(event)
    return form.page("on_the_day/closing/reflection.html", event=event)


def _back(event: Event) -> ResponseReturnValue:
    return redirects.see(url_for(".day", slug=event.slug))
