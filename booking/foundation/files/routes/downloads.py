"""A file is handed out to be saved, never shown inside the site; who asks is checked each time."""

from urllib.parse import quote

from anyascii import anyascii
from flask import Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import filing
from booking.domain.permissions import Actor
from booking.foundation import clock
from booking.foundation.files import queries
from booking.foundation.files.details import FileOwner
from booking.foundation.files.models import AttachedFile
from booking.foundation.files.routes.blueprint import blueprint
from booking.foundation.web import redirects
from booking.foundation.web.access import public
from booking.foundation.web.headers import FILE_POLICY


@blueprint.get("/<public_id>")
@public
def download(public_id: str) -> ResponseReturnValue:
    """Hand out a file to whoever may see it; an older version's address leads to the newest."""
    found = visible(public_id, current_user.actor)
    if found is None:
        if not current_user.is_authenticated:
            asked: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            return asked
        abort(404)
    if found.public_id != public_id:
        return redirects.see(url_for(".download", public_id=found.public_id))
    return answer(found)


def visible(public_id: str, actor: Actor) -> AttachedFile | None:
    """Return a file that somebody may see: an older version only if they look after it."""
    file = queries.by_public_id(public_id)
    if file is None:
        return None
    owner = queries.owner(file.owner_kind, file.owner_id, actor=actor, now=clock.now())
    return of_owner(owner, file) if owner is not None else None


def of_owner(owner: FileOwner, file: AttachedFile) -> AttachedFile | None:
    """Return a file of this owner, or its newest version, if the owner's reader may see it."""
    if (file.owner_kind, file.owner_id) != (owner.kind, owner.public_id):
        return None
    if owner.keeps:
        return file
    file = queries.newest(file)
    return file if file.replaced_at is None and file.audience in owner.reads else None


def answer(file: AttachedFile) -> Response:
    """Return a file as a download under its own name; nothing in it can run on this site."""
    response = Response(content_type=filing.MEDIA_TYPES[file.content.kind])
    response.headers["Content-Disposition"] = disposition(file.name)
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(file.sha256)
    if not request.if_none_match.contains(file.sha256):  # otherwise its bytes need not be read
        content = queries.content(file)
        if content is None:
            abort(404)
        response.set_data(content)
    response.make_conditional(request)
    return response


def disposition(name: str) -> str:
    """Return the header that lets a file be saved under its name, in any script (RFC 6266)."""
    latin = "".join(c for c in anyascii(name) if " " <= c <= "~" and c not in '"\\%;')
    return f"attachment; filename=\"{latin}\"; filename*=UTF-8''{quote(name, safe='')}"
