"""What a host and the lead do about a draft that is looked at before it is published."""

from flask import Blueprint, abort, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import service as events
from booking.days.events.models import Event
from booking.days.events.routes.blueprints import load_event, scope_of
from booking.days.looks import refusals, service
from booking.days.looks.forms import AskLeadForm, GiveBackDraftForm
from booking.domain.permissions import Action
from booking.domain.reasons import ReasonMissing
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm

looks = Blueprint("looks", __name__, url_prefix="/host")


@looks.route("/events/<slug>/ask", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def ask(event: Event) -> ResponseReturnValue:
    """Ask the lead to publish a draft."""
    form = AskLeadForm()
    if form.carry_out(
        lambda: service.ask(
            actor=current_user.actor, now=clock.now(), event=event, note=form.note.data or ""
        ),
        {events.NotADraft: "", refusals.NoLookNeeded: "", events.EventRefused: ""},
    ):
        flash("The network lead has been asked, and you will hear by e-mail.", "success")
        return redirects.see(_work(event))
    return form.page("days/looks/ask.html", event=event)


@looks.post("/events/<slug>/withdraw")
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def withdraw(event: Event) -> ResponseReturnValue:
    """No longer ask the lead."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    if acts.attempt(
        lambda: service.withdraw(actor=current_user.actor, now=clock.now(), event=event),
        events.NotADraft,
        refusals.NotWithLead,
    ):
        flash("You no longer ask the lead. You can ask again at any time.", "success")
    return redirects.see(_work(event))


@looks.route("/events/<slug>/give-back", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=load_event, scope=scope_of, name="event")
def give_back(event: Event) -> ResponseReturnValue:
    """Give a draft back to its host, with a note."""
    form = GiveBackDraftForm()
    if form.carry_out(
        lambda: service.give_back(
            actor=current_user.actor, now=clock.now(), event=event, note=form.note.data or ""
        ),
        {events.NotADraft: "", refusals.NotWithLead: "", ReasonMissing: "note"},
    ):
        flash(f"{event.title} has been given back, and its host told.", "success")
        return redirects.see(_work(event))
    return form.page("days/looks/give_back.html", event=event)


def _work(event: Event) -> str:
    return url_for("host.work", slug=event.slug)
