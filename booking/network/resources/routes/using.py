"""The materials of an event, put together by whoever runs it."""

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.events.routes import blueprints as event_blueprints
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.network.resources import pages, queries, service, shelf
from booking.network.resources.models import Resource
from booking.network.resources.routes.blueprint import resources

_Q_MAX = 100
of_an_event = requires(
    Action.EDIT_EVENT,
    load=event_blueprints.load_event,
    scope=event_blueprints.scope_of,
    name="event",
)


@resources.get("/host/events/<slug>/materials")
@of_an_event
def materials(event: Event) -> str:
    """Show an event's materials, and find more among what colleagues share."""
    text = request.args.get("q", "").strip()[:_Q_MAX]
    found = queries.to_put_with(event.id, text, actor=current_user.actor) if text else []
    return render_template(
        "network/resources/materials.html",
        event=event,
        rows=pages.rows(queries.materials(event.id)),
        found=pages.rows(found),
        text=text,
    )


@resources.post("/host/events/<slug>/materials")
@of_an_event
def put_with(event: Event) -> ResponseReturnValue:
    """Put a resource among an event's materials."""
    resource = _named()
    if acts.attempt(
        lambda: service.put_with(
            actor=current_user.actor, now=clock.now(), event=event, resource=resource
        ),
        service.ResourceWithdrawn,
    ):
        flash(f"“{resource.title}” is among the materials of the day.", "success")
    return redirects.see(url_for(".materials", slug=event.slug))


@resources.post("/host/events/<slug>/materials/remove")
@of_an_event
def take_from(event: Event) -> ResponseReturnValue:
    """Take a resource away from an event's materials."""
    resource = _named()
    acts.run(
        lambda: service.take_from(
            actor=current_user.actor, now=clock.now(), event=event, resource=resource
        )
    )
    flash(f"“{resource.title}” is no longer among the materials of the day.", "success")
    return redirects.see(url_for(".materials", slug=event.slug))


def _named() -> Resource:
    """Return the resource that a button names, if the person signed in may read it; or 404."""
    found = queries.by_public_id(request.form.get("resource", ""))
    if found is None or not shelf.may_read(found, current_user.actor):
        abort(404)
    return found
