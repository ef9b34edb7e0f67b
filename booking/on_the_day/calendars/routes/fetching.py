"""The files that calendar programs fetch: the network's, a school's, and private ones."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Response, abort, request
from werkzeug.http import is_resource_modified

from booking.days.events import ical
from booking.domain.permissions import PARENT, Actor
from booking.foundation import clock, outages
from booking.foundation.notifications.render import base_url
from booking.foundation.web import acts, identity, packing, remembered
from booking.foundation.web.access import by_token, public
from booking.on_the_day.calendars import files, queries, service
from booking.on_the_day.calendars.files import Heading
from booking.on_the_day.calendars.queries import AskedFeed, CalendarMark, Content
from booking.on_the_day.calendars.routes import limits, unchanged
from booking.on_the_day.calendars.routes.blueprint import absolute, calendars
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School
from booking.people.schools.sign_in import actor_of

CALENDAR_TYPE = "text/calendar; charset=utf-8"
PUBLIC_CACHE = "public, max-age=900"
#: Programs may keep a private calendar but must ask each time whether it has changed.
PRIVATE_CACHE = "private, no-cache"
A_SECOND = timedelta(seconds=1)


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
    found = school_queries.school_by_slug(slug)
    if found is None or found.left_on is not None:
        abort(404)
    return _programme(found)


def _programme(of: School | None) -> Response:
    now, heading, name = clock.now(), _heading_of(of), queries.programme_name(of)
    mark = queries.programme_mark(of, heading.name, base_url(), now=now)

    def write() -> bytes:
        found = queries.events_of(of, now=now)
        return files.programme(found, heading, base_url=base_url(), now=now)

    response = headed(
        mark, write, lambda digest: service.note_programme(now=now, name=name, digest=digest)
    )
    if is_wanted(response):
        fill(response, mark, write)
    response.headers["Cache-Control"] = PUBLIC_CACHE
    return response


def _heading_of(of: School | None) -> Heading:
    name = identity.facts().name
    if of is None:
        what, source = "network", absolute("calendars.network")
        description = f"Enrichment days run by {name}."
    else:
        what, source = f"schools/{of.slug}", absolute("calendars.school", slug=of.slug)
        description = f"What {name} offers to the year groups at {of.name}."
        name = f"{name}: for {of.name}"
    return Heading(
        identity=ical.identity(base_url(), what),
        name=name,
        description=description,
        colour=files.PUBLIC_COLOUR,
        url=f"{base_url()}/",
        source=source,
    )


@calendars.get("/calendar/feeds/<token>.ics")
@by_token("feed")
def feed(token: str) -> Response:
    """Send a private calendar with everything that concerns its owner now."""
    found = request.environ.get(unchanged.ASKED) or queries.asked_for(token)
    if found is None:
        limits.count_unknown()
        abort(404)
    if not _has_it():
        limits.count_whole(found)  # whatever is in it, so there is no need to read it
    response = _looked_up(found, clock.now())
    response.headers["Cache-Control"] = PRIVATE_CACHE
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    unchanged.note(found, request.user_agent.string)
    return response


def _looked_up(found: AskedFeed, now: datetime) -> Response:
    actor, content = _content(found, now)
    until = queries.holds_until(content, now=now)
    request.environ[unchanged.HOLDS] = unchanged.Holds(found.trail, until)

    def write() -> bytes:
        return files.personal(
            *queries.entries(content),
            _heading(found, content),
            actor=actor,
            base_url=base_url(),
            now=now,
        )

    response = headed(
        content.mark,
        write,
        lambda digest: service.note_file(now=now, feed_id=found.id, digest=digest),
    )
    if is_wanted(response):
        if _has_it():
            limits.count_whole(found)
        fill(response, content.mark, write)
    return response


def _has_it() -> bool:
    """Tell whether the reader says that it has a file already."""
    return bool(request.if_none_match) or request.if_modified_since is not None


def _content(found: AskedFeed, now: datetime) -> tuple[Actor, Content]:
    if found.person_id is None:
        return PARENT, queries.of_parent(found, base_url(), now=now)
    owner = school_queries.person_to_sign_in(found.person_id)
    if owner is None:
        abort(404)
    actor = actor_of(owner.id, owner.grants)
    return actor, queries.of_person(found, actor, base_url(), mobile=owner.mobile, now=now)


def _heading(found: AskedFeed, content: Content) -> Heading:
    parent = found.person_id is None
    whose = "your child’s events" if parent else "your events and deadlines"
    return Heading(
        identity=ical.identity(base_url(), f"feeds/{found.id}"),
        name=found.label,
        description=f"{identity.facts().name}: {whose}.",
        colour=files.PARENT_COLOUR if parent else files.PRIVATE_COLOUR,
        url=f"{base_url()}/",
    )


def headed(mark: CalendarMark, write: Callable[[], bytes], note: Callable[[str], None]) -> Response:
    """Return an answer without its body: 304 if the reader already has this file.

    `note` records the digest of a file that nobody has been answered before.
    """
    digest, changed_at = packing.digest_of(mark.key, write), mark.changed_at
    if digest != mark.digest or changed_at is None:
        with outages.tolerated():
            acts.run(lambda: note(digest))
        changed_at = clock.now()
    packed = packing.wanted(request.environ)
    tag = packing.tag_of(digest, packed=packed)
    response = Response(content_type=CALENDAR_TYPE)
    response.automatically_set_content_length = False
    response.set_etag(tag)
    # Dates in HTTP count in seconds: until the next one the file may change once more.
    told = changed_at.replace(microsecond=0) + A_SECOND
    if clock.now() >= told:
        response.last_modified = told
    response.vary.add("Accept-Encoding")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    if not is_resource_modified(
        request.environ, etag=tag, last_modified=response.headers.get("Last-Modified")
    ):
        response.status_code = 304
        for name in ("Content-Type", "Content-Encoding"):
            response.headers.pop(name, None)
    return response


def is_wanted(response: Response) -> bool:
    """Return whether the reader wants a body."""
    return response.status_code != 304 and request.method == "GET"


def fill(response: Response, mark: CalendarMark, write: Callable[[], bytes]) -> None:
    """Give an answer its body; each state is written once for all its readers."""
    packed = "Content-Encoding" in response.headers
    response.set_data(_body(mark.key, write, packed=packed))
    response.content_length = len(response.get_data())


def _body(key: str, write: Callable[[], bytes], *, packed: bool) -> bytes:
    def plain() -> bytes:
        return packing.kept.get(key, write)

    if not packed:
        return plain()
    return packing.kept.get(packing.tag_of(key, packed=True), lambda: packing.pack(plain()))
