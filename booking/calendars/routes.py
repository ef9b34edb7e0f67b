"""The calendars that programs fetch, and the page on which people keep their private ones."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.http import is_resource_modified

from booking import clock
from booking.calendars import files, queries, service
from booking.calendars.forms import ButtonForm, FeedForm
from booking.calendars.models import Feed
from booking.calendars.queries import Mark
from booking.db import transaction
from booking.domain.permissions import Action
from booking.schools import queries as schools
from booking.schools.sign_in import actor_of
from booking.web import redirects, remembered
from booking.web.access import by_token, public, requires

calendars = Blueprint("calendars", __name__)
CALENDAR_TYPE = "text/calendar; charset=utf-8"
PUBLIC_CACHE = "public, max-age=900"
#: Programs may keep a private calendar, but ask each time whether it is still right.
PRIVATE_CACHE = "private, no-cache"


@calendars.get("/calendar/network.ics")
@public
@remembered.for_visitors
def network() -> Response:
    """Send every published event, and those cancelled within 30 days."""
    now, settings = clock.now(), current_app.config
    name, base_url = settings["NETWORK_NAME"], settings["BASE_URL"]
    mark = queries.network_mark(now=now)

    def write() -> bytes:
        events = queries.network_events(now=now)
        source = _absolute(url_for(".network"))
        return files.network_calendar(events, name=name, base_url=base_url, source=source)

    response = _answer(mark, lambda: files.kept.get((mark.etag, name, base_url), write))
    response.headers["Cache-Control"] = PUBLIC_CACHE
    return response


@calendars.get("/calendar/feeds/<token>.ics")
@by_token("feed")
def feed(token: str) -> Response:
    """Send a private calendar, by the roles that its owner has now."""
    found = queries.feed_by_token(token)
    owner = None if found is None else schools.person_to_sign_in(found.person_id or 0)
    if found is None or owner is None:
        abort(404)
    now = clock.now()
    content = queries.content(found, actor_of(owner.id, owner.grants), now=now)
    response = _answer(
        content.mark,
        lambda: files.personal_calendar(
            queries.entries(content), name=found.label, base_url=current_app.config["BASE_URL"]
        ),
        by_date=False,  # a place that came or went changes the file but not an event's date
    )
    response.headers["Cache-Control"] = PRIVATE_CACHE
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    _note(found)
    return response


def _answer(mark: Mark, write: Callable[[], bytes], *, by_date: bool = True) -> Response:
    """This function will answer 304 without writing the file when the reader has it already."""
    modified = is_resource_modified(
        request.environ, etag=mark.etag, last_modified=mark.modified_at if by_date else None
    )
    response = Response(content_type=CALENDAR_TYPE)
    if not modified:
        response.status_code = 304
    elif request.method == "GET":
        response.set_data(write())
    response.set_etag(mark.etag)
    if mark.modified_at is not None:
        response.last_modified = mark.modified_at
    return response


def _note(found: Feed) -> None:
    now = clock.now()
    if service.needs_noting(found, now=now):
        with transaction():
            service.note_fetch(now=now, feed=found, program=request.user_agent.string or "")


def _absolute(path: str) -> str:
    return str(current_app.config["BASE_URL"]).rstrip("/") + path


@calendars.route("/account/feeds", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def feeds() -> ResponseReturnValue:
    """Show the person's private calendars; make a new one."""
    form = FeedForm()
    if not form.validate_on_submit():
        return _feeds_page(form), 422 if form.is_submitted() else 200
    try:
        with transaction():
            made, token = service.make_feed(
                actor=current_user.actor, now=clock.now(), label=form.label.data or ""
            )
            label = made.label
    except (service.TooManyFeeds, service.LabelMissing) as refusal:
        form.refuse(str(refusal), field="label")
        return _feeds_page(form), 422
    return _address_page(label, token)


@calendars.post("/account/feeds/<short_id>/renew")
@requires(Action.OWN_ACCOUNT)
def renew(short_id: str) -> ResponseReturnValue:
    """Give one of the person's calendars a new address."""
    found = _own_or_404(short_id)
    label = found.label
    with transaction():
        token = service.renew(actor=current_user.actor, now=clock.now(), feed=found)
    return _address_page(label, token)


@calendars.post("/account/feeds/<short_id>/revoke")
@requires(Action.OWN_ACCOUNT)
def revoke(short_id: str) -> ResponseReturnValue:
    """End one of the person's calendars."""
    found = _own_or_404(short_id)
    label = found.label
    with transaction():
        service.revoke(actor=current_user.actor, now=clock.now(), feed=found)
    flash(f"The address of {label} no longer works.", "success")
    return redirects.see(url_for(".feeds"))


def _own_or_404(short_id: str) -> Feed:
    if not ButtonForm().validate_on_submit():
        abort(400)
    mine = queries.feeds_of(current_user.person_id)
    found = next((feed for feed in mine if feed.short_id == short_id), None)
    if found is None:
        abort(404)
    return found


def _feeds_page(form: FeedForm) -> str:
    return render_template(
        "calendars/feeds.html",
        form=form,
        feeds=queries.feeds_of(current_user.person_id),
        network_url=_absolute(url_for(".network")),
    )


def _address_page(label: str, token: str) -> Response:
    """This function will show an address once, in the answer itself: it is kept nowhere."""
    url = _absolute(url_for(".feed", token=token))
    webcal = "webcal://" + url.partition("://")[2]
    page = render_template("calendars/address.html", label=label, url=url, webcal=webcal)
    response = Response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
