"""The private address of what is new: made and ended by its owner, fetched by programs."""

from hashlib import sha256
from http.client import OK

from flask import Response, abort, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import permissions
from booking.domain.limits import READERS, UNKNOWN_READERS
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.notifications.render import base_url
from booking.foundation.web import acts, identity, redirects, throttle
from booking.foundation.web.access import by_token, requires
from booking.network.resources import files, queries, service
from booking.network.resources.routes.blueprint import resources
from booking.people.schools import queries as school_queries
from booking.people.schools.sign_in import actor_of


@resources.get("/resources/follow")
@requires(Action.SEE_NETWORK_LIFE)
def follow() -> str:
    """Say what the private address is for, and whether one is in use."""
    return render_template(
        "network/resources/follow.html", feed=queries.feed_of(current_user.person_id)
    )


@resources.post("/resources/follow")
@requires(Action.SEE_NETWORK_LIFE)
def make_feed() -> Response:
    """Make a new address and show it once; an earlier one ends."""
    token = acts.run(lambda: service.make_feed(actor=current_user.actor, now=clock.now()))
    url = base_url() + url_for(".feed", token=token)
    response = make_response(render_template("network/resources/address.html", url=url))
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@resources.post("/resources/follow/end")
@requires(Action.SEE_NETWORK_LIFE)
def end_feed() -> ResponseReturnValue:
    """End one's address."""
    acts.run(lambda: service.end_feed(actor=current_user.actor, now=clock.now()))
    flash("The address no longer works.", "success")
    return redirects.see(url_for(".follow"))


@resources.get("/resources/feeds/<token>.atom")
@by_token("feed")
def feed(token: str) -> Response:
    """Send what is new to somebody's reader, for as long as they may see network life."""
    person_id = queries.feed_at(token)
    if person_id is None:
        throttle.count_visit(UNKNOWN_READERS)
        abort(404)
    owner = school_queries.person_to_sign_in(person_id)
    if owner is None or not permissions.may(
        actor_of(owner.id, owner.grants), Action.SEE_NETWORK_LIFE
    ):
        abort(404)
    content = files.atom(queries.newest(), name=identity.facts().name, base_url=base_url())
    response = Response(content, content_type=files.ATOM_TYPE)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.set_etag(sha256(content).hexdigest())
    response.make_conditional(request)
    if response.status_code == OK:
        throttle.count_visit(READERS, str(person_id))
    return response
