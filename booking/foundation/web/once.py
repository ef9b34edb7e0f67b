"""A form acts once: the key that each form on a page carries, and what its first sending came to.

A reload, a second press on a slow telephone or two at the same moment send the same form again. The
act claims the form's key in its own transaction; whoever comes second is led where the first was
led, and is told that it was done already and when.
"""

import hashlib
import json
import re
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    g,
    has_request_context,
    message_flashed,
    request,
)
from sqlalchemy import delete, select, update
from werkzeug.exceptions import HTTPException

from booking.domain import terms
from booking.foundation import clock, encryption, outages
from booking.foundation.db import after_commit, db, insert_into, transaction
from booking.foundation.tokens import new_public_id, token_hash
from booking.foundation.web import redirects
from booking.foundation.web.characters import FORMS
from booking.foundation.web.models import SentForm

#: The input of every form that carries its key.
FIELD = "form_key"
#: What a form is told apart by is not what it says.
NOT_CONTENTS = {FIELD, "csrf_token", "as_read"}
#: What a key of ours looks like.
PLAIN = re.compile(r"[A-Za-z0-9_-]{1,40}")
#: How long the key of a sent form is kept: longer than the session of the page that it was on.
KEPT = timedelta(days=1)
#: How long somebody who comes second waits for the first answer, and how often it is looked for.
PATIENCE_SECONDS, GLANCE_SECONDS = 3.0, 0.05


class Sending(Enum):
    """What makes one sending of a form the same as another."""

    #: The same key and the same contents: who goes back and types something else means it.
    CONTENTS = "contents"
    #: The same key: with other contents the form is shown again, and asks first. For money.
    KEY = "key"
    #: Nothing: the act sets how something stands, and may be asked for as often as one likes.
    ANY = "any"


class SentBefore(Exception):
    """The same form was sent and acted upon before."""

    def __init__(self, name: str, sent_at: datetime) -> None:
        super().__init__("sent before")
        self.name, self.sent_at = name, sent_at


class SentWithOtherContents(ValueError):
    """A form of money was sent before with something else in it; nothing was recorded now."""


def init_app(app: Flask) -> None:
    """Give pages their keys, keep first answers, and repeat them; after form tokens are checked."""
    app.add_template_global(new_key, "form_key")
    app.register_error_handler(SentBefore, _answer_again)
    app.before_request(_refuse_what_was_sent)
    app.after_request(_keep_answer)
    message_flashed.connect(_note_words, app)


def new_key() -> str:
    """Return the key of one form on one page."""
    return new_public_id()


def claim(sending: Sending) -> None:
    """Claim the key of the form that was sent, in the caller's transaction; others wait.

    A request claims once, however many transactions it has. What no page of ours sent has no key.
    Raises SentBefore, SentWithOtherContents.
    """
    if sending is Sending.ANY or not has_request_context() or "sent_form" in g or not _key():
        return
    contents, now = _contents(), clock.now()
    name = _name(contents if sending is Sending.CONTENTS else "")
    if _is_first(name, contents, now):
        after_commit(lambda: setattr(g, "sent_form", name))
        return
    before = db.session.get_one(SentForm, name)
    if before.contents == contents:
        raise SentBefore(name, before.sent_at)
    raise SentWithOtherContents(
        f"You sent this form before, {_when(before.sent_at, now)}, with something else in it, and "
        "that was recorded. What you have typed now was not. If you mean it as well, send it again."
    )


def _refuse_what_was_sent() -> None:
    """Answer what was sent before as it was answered then, whatever has become of it since.

    Before the view, which may not find any more what the form was about. Raises SentBefore.
    """
    if not _key():
        return
    contents = _contents()
    known = select(SentForm.name, SentForm.sent_at).where(
        SentForm.name.in_([_name(contents), _name("")]), SentForm.contents == contents
    )
    if before := db.session.execute(known).first():
        raise SentBefore(*before)


def key_sent() -> str:
    """Return the key of the form that was sent, for an act that is known by it; else a new one."""
    key = _key()
    return key if PLAIN.fullmatch(key) else new_key()


def _key() -> str:
    # What is no form, such as a card processor's message, is left for its own view to read.
    is_form = request.method == "POST" and request.mimetype in FORMS
    return request.form.get(FIELD, "") if is_form else ""


def _name(contents: str) -> str:
    """Return what a sent form is known by: its key and address, and its contents if they count."""
    return token_hash("\n".join((_key(), request.path, contents)))


def _is_first(name: str, contents: str, now: datetime) -> bool:
    row = insert_into(SentForm).values(name=name, contents=contents, sent_at=now)
    added = db.session.scalars(row.on_conflict_do_nothing().returning(SentForm.name))
    return added.one_or_none() is not None


def _contents() -> str:
    """Return the hash of what was filled in, files included; worked out once for a request."""
    if "sent_contents" not in g:
        g.sent_contents = _hash_of_contents()
    return str(g.sent_contents)


def _hash_of_contents() -> str:
    fields = sorted(pair for pair in request.form.items(multi=True) if pair[0] not in NOT_CONTENTS)
    written = hashlib.sha256(json.dumps(fields).encode())
    for name, file in sorted(request.files.items(multi=True), key=lambda pair: pair[0]):
        written.update(f"{name}\n{file.filename}\n".encode())
        written.update(file.stream.read())
        file.stream.seek(0)
    return written.hexdigest()


def _note_words(_app: Flask, message: str, **_category: Any) -> None:
    g.setdefault("flashed", []).append(str(message))


def _keep_answer(response: Response) -> Response:
    """Keep where the form's first sending led; a page that asks again has answered nothing.

    The act itself is committed by now, so an outage must not turn its answer into an error.
    """
    name = g.pop("sent_form", None)
    if name is None or response.status_code >= 500:
        return response
    row = SentForm.name == name
    with outages.tolerated(), transaction() as unit:
        if response.location:
            answer = json.dumps([response.location, g.get("flashed", [])])
            kept = encryption.placed_row(SentForm, {"answer": answer})
            unit.execute(update(SentForm).where(row).values(kept))
        else:
            unit.execute(delete(SentForm).where(row))
    return response


def _answer_again(before: SentBefore) -> Any:
    """Lead to where the first sending led, and say that it was done already."""
    place, words = _first_answer(before.name)
    if redirects.is_local_path(place):
        said = " ".join(words)
        when = _when(before.sent_at, clock.now())
        flash(f"This was already recorded {when}{f': {said}' if said else '.'}", "info")
    return redirects.see(place)


def _first_answer(name: str) -> tuple[str, Sequence[str]]:
    """Return where the first sending led and what was said, waiting a little for it."""
    for _ in range(int(PATIENCE_SECONDS / GLANCE_SECONDS)):
        db.session.rollback()  # each look reads afresh
        found = db.session.get(SentForm, name)
        if found is None:
            break
        if found.answer is not None:
            place, words = json.loads(found.answer)
            return str(place), words
        time.sleep(GLANCE_SECONDS)
    return own_page(), ()


def own_page() -> str:
    """Return where the form stands, as far as it can be told."""
    adapter = current_app.create_url_adapter(request)
    try:
        assert adapter is not None, "a request is being answered"
        adapter.match(request.path, method="GET")
    except HTTPException:
        return "/"
    return request.path


def _when(at: datetime, now: datetime) -> str:
    local = terms.london(at)
    today = local.date() == terms.london(now).date()
    return f"at {terms.time_text(local.time())}" if today else f"at {terms.in_sentence(at)}"
