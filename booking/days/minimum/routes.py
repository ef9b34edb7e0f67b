"""The button with which a host goes ahead with too few pupils."""

from flask import Blueprint, abort, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import service as events
from booking.days.events.models import Event
from booking.days.events.routes.blueprints import load_event, scope_of
from booking.days.minimum import refusals, service
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm

minimum_pages = Blueprint("minimum", __name__, url_prefix="/host")


@minimum_pages.post("/events/<slug>/go-ahead")
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def go_ahead(event: Event) -> ResponseReturnValue:
    """Decide that an event runs with fewer pupils than its minimum."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    if acts.attempt(
        lambda: service.go_ahead(actor=current_user.actor, now=clock.now(), event=event),
        events.NotPublished,
        refusals.NothingToDecide,
    ):
        flash(f"{event.title} goes ahead. Schools and families can read it.", "success")
    return redirects.see(url_for("host.work", slug=event.slug))
