"""Pages on who leads an event: the host's, and that of the older pupils' school."""

from typing import Any

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import service as events
from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.events.routes.blueprints import load_event, scope_of
from booking.days.leading import locks, queries, service, words
from booking.days.leading.forms import AgreeForm, LeadingForm, filled
from booking.days.leading.models import Leading
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals, editing
from booking.people.schools import queries as school_queries

leading_pages = Blueprint("leading", __name__)

#: Which field a refusal is shown beside; the others go at the top.
REFUSALS: Refusals = {
    service.LeadingRefused: "",
    service.NoOlderPupils: "",
    events.EventRefused: "",
    events.EventIsOver: "",
}


def load_led(**url: Any) -> Leading | None:
    """Return who leads the event at an address, if they are pupils of a school."""
    event = load_event(**url)
    leading = queries.of_event(event.id) if event else None
    return leading if leading and leading.school_id else None


def pupils_school(leading: Leading) -> Scope:
    """Return the school whose pupils lead."""
    return Scope(leading.school_id)


@leading_pages.route("/host/events/<slug>/leading", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def leaders(event: Event) -> ResponseReturnValue:
    """Write down who leads an event."""
    schools = school_queries.member_schools()
    form = editing(
        lambda: LeadingForm(data=filled(queries.of_event(event.id))).offer_schools(schools),
        event,
        changed_by=("keep_leading",),
        lock=lambda: locks.of_event(event.id),
    )
    done = form.carry_out(
        lambda: service.keep(
            actor=current_user.actor, now=clock.now(), event=event, details=form.details()
        ),
        REFUSALS,
    )
    if done:
        flash("Saved. The event says who leads it.", "success")
        return redirects.see(url_for("host.work", slug=event.slug))
    return form.page(
        "days/leading/leaders.html", event=event, leading=queries.of_event(event.id), words=words
    )


@leading_pages.post("/host/events/<slug>/leading/checked")
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def confirm_checks(event: Event) -> ResponseReturnValue:
    """Record that the host has checked the provider."""
    done = acts.attempt(
        lambda: service.confirm_checks(actor=current_user.actor, now=clock.now(), event=event),
        service.NoProvider,
    )
    if done:
        flash("Recorded, with your name and today’s date.", "success")
    return redirects.see(url_for("host.work", slug=event.slug))


@leading_pages.route("/school/events/<slug>/leading", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS, load=load_led, scope=pupils_school, name="leading")
def agree(leading: Leading) -> ResponseReturnValue:
    """Let a school agree that its pupils lead, and name them."""
    assert leading.school is not None, "found by its school"
    event, school = leading.event, leading.school
    form = editing(
        lambda: AgreeForm(data={"names": "\n".join(pupil.name for pupil in leading.pupils)}),
        event,
        changed_by=("agree_to_lead", "take_back_leading"),
        lock=lambda: locks.of_event(event.id),
    )
    done = form.carry_out(
        lambda: service.agree(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            school=school,
            names=(form.names.data or "").splitlines(),
        ),
        REFUSALS,
    )
    if done:
        flash("Thank you. The host sees that your school agrees.", "success")
        return redirects.see(url_for(".agree", slug=event.slug))
    return form.page(
        "days/leading/agree.html",
        event=event,
        leading=leading,
        when=event_words.when(event),
        words=words,
    )


@leading_pages.post("/school/events/<slug>/leading/take-back")
@requires(Action.KEEP_PUPILS, load=load_led, scope=pupils_school, name="leading")
def take_back(leading: Leading) -> ResponseReturnValue:
    """Take back a school's agreement."""
    assert leading.school is not None, "found by its school"
    event, school = leading.event, leading.school
    done = acts.attempt(
        lambda: service.take_back(
            actor=current_user.actor, now=clock.now(), event=event, school=school
        ),
        service.NoOlderPupils,
    )
    if done:
        flash("Taken back. Their names are deleted, and the host sees it.", "success")
    return redirects.see(url_for(".agree", slug=event.slug))
