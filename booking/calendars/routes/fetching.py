"""The files that calendar programs fetch: the network's, a school's, and private ones."""

from collections.abc import Callable

from flask import Response, abort, current_app, request
from werkzeug.http import is_resource_modified

from booking import clock
from booking.calendars import files, queries, service
from booking.calendars.files import Heading
from booking.calendars.models import Feed
from booking.calendars.queries import Content, Mark
from booking.calendars.routes.blueprint import absolute, base_url, calendars
from booking.db import transaction
from booking.domain.permissions import PARENT, Actor
from booking.schools import queries as schools
from booking.schools.models import School
from booking.schools.sign_in import actor_of
from booking.web import packing, remembered
from booking.web.access import by_token, public

CALENDAR_TYPE = "text/calendar; charset=utf-8"
PUBLIC_CACHE = "public, max-age=900"
#: Programs may keep a private calendar, but ask each time whether it is still right.
PRIVATE_CACHE = "private, no-cache"


@calendars.get("/calendar/network.ics")
@public
@remembered.for_visitors
def network() -> Response:
    """Send every published event, and those cancelled within 30 days."""
    return _programme(None)


@calendars.get("/calendar/schools/<slug>.ics")
@public
@remembered.for_visitors
def school(slug: str) -> Response:
    """Send the public programme for the year groups of one school."""
    # PostgreSQL takes no text with a NUL in it, and no school is called so.
    found = None if "\0" in slug else schools.school_by_slug(slug)
    if found is None or found.left_on is not None:
        abort(404)
    return _programme(found)


def _programme(of: School | None) -> Response:
    now, heading = clock.now(), _heading_of(of)
    mark = queries.programme_mark(of, heading.name, base_url(), now=now)

    def write() -> bytes:
        said = _heading_of(of, mark)
        return files.programme(queries.events_of(of, now=now), said, base_url=base_url(), now=now)

    response = answer(mark, write)
    response.headers["Cache-Control"] = PUBLIC_CACHE
    return response


def _heading_of(of: School | None, mark: Mark | None = None) -> Heading:
    name = str(current_app.config["NETWORK_NAME"])
    if of is None:
        what, source = "network", absolute("calendars.network")
        description = f"Every enrichment day of {name}."
    else:
        what, source = f"schools/{of.slug}", absolute("calendars.school", slug=of.slug)
        description = f"What {name} offers to the year groups of {of.name}."
        name = f"{name}: for {of.name}"
    return Heading(
        identity=files.identity(base_url(), what),
        name=name,
        description=description,
        colour=files.PUBLIC_COLOUR,
        url=f"{base_url()}/",
        source=source,
        modified_at=mark.modified_at if mark else None,
    )


@calendars.get("/calendar/feeds/<token>.ics")
@by_token("feed")
def feed(token: str) -> Response:
    """Send a private calendar, by what is its owner's now."""
    now, found = clock.now(), queries.feed_by_token(token)
    if found is None:
        abort(404)
    actor, content = _content(found)

    def write() -> bytes:
        heading = _heading(found, content)
        return files.personal(
            *queries.entries(content), heading, actor=actor, base_url=base_url(), now=now
        )

    # A place that came or went changes the file but not an event's date: the date tells nobody.
    response = answer(content.mark, write, by_date=False)
    response.headers["Cache-Control"] = PRIVATE_CACHE
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    _note(found)
    return response


def _content(found: Feed) -> tuple[Actor, Content]:
    now = clock.now()
    if found.person_id is None:
        return PARENT, queries.of_parent(found, base_url(), now=now)
    owner = schools.person_to_sign_in(found.person_id)
    if owner is None:
        abort(404)
    actor = actor_of(owner.id, owner.grants)
    return actor, queries.of_person(found, actor, base_url(), mobile=owner.mobile, now=now)


def _heading(found: Feed, content: Content) -> Heading:
    parent = found.person_id is None
    whose = "your child’s events" if parent else "your events and deadlines"
    return Heading(
        identity=files.identity(base_url(), f"feeds/{found.id}"),
        name=found.label,
        description=f"{current_app.config['NETWORK_NAME']}: {whose}.",
        colour=files.PARENT_COLOUR if parent else files.PRIVATE_COLOUR,
        url=f"{base_url()}/",
        modified_at=content.mark.modified_at,
    )


def answer(mark: Mark, write: Callable[[], bytes], *, by_date: bool = True) -> Response:
    """Answer 304 to a reader who has this state; write a state once for all its readers."""
    packed = packing.wanted(request.environ)
    tag = packing.tag_of(mark.etag, packed=packed)
    modified_at = mark.modified_at
    if modified_at is not None and clock.now() - modified_at < service.DATE_TELLS_AFTER:
        modified_at = None  # the same second may bring another change, and its date says seconds
    response = Response(content_type=CALENDAR_TYPE)
    response.automatically_set_content_length = False
    response.set_etag(tag)
    if modified_at is not None:
        response.last_modified = modified_at
    response.vary.add("Accept-Encoding")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    known = modified_at if by_date else None
    if not is_resource_modified(request.environ, etag=tag, last_modified=known):
        response.status_code = 304
        for name in ("Content-Type", "Content-Encoding"):
            response.headers.pop(name, None)
    elif request.method == "GET":
        response.set_data(_body(mark.etag, write, packed=packed))
        response.content_length = len(response.get_data())
    return response


def _body(etag: str, write: Callable[[], bytes], *, packed: bool) -> bytes:
    def plain() -> bytes:
        return packing.kept.get(etag, write)

    if not packed:
        return plain()
    return packing.kept.get(packing.tag_of(etag, packed=True), lambda: packing.pack(plain()))


def _note(found: Feed) -> None:
    now = clock.now()
    if service.needs_noting(found, now=now):
        with transaction():
            service.note_fetch(now=now, feed=found, program=request.user_agent.string or "")
