"""The security log: who tried what, from where, and how it ended. No secrets, no names.

Each event is one line of JSON with the time in UTC, the request's number, the client's address, the
person's and the school's id, what was asked for, and the outcome. Features say `security.note(…)`
where something is refused; what succeeds is in the audit trail, from which it is told here too.
"""

import hashlib
import hmac
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import current_app, g, has_request_context, request, session

from booking.foundation.db import after_commit, db
from booking.foundation.security import counts, events
from booking.foundation.security.events import EVENTS, SecurityEvent

__all__ = [
    "EVENTS",
    "SecurityEvent",
    "account_mark",
    "audited",
    "counts",
    "events",
    "note",
    "quiet",
]
#: The logger's name; `web/logs.py` says where its lines go.
LOGGER = "fairplace.security"
log = logging.getLogger(LOGGER)
#: Which parts of an address name an object. Any other may be a secret, and is never written.
OBJECTS = ("public_id", "slug", "entry_id", "key", "number", "payout_id")
#: What a fact may look like besides a number: a word of ours, an id. Never what somebody typed.
_WORD = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
PERSON_KEY = "_user_id"  # Flask-Login's own name
#: The facts of an act that are told with it.
TOLD = ("rows", "count", "health", "role", "by")


class NotForALog(ValueError):
    """A fact that might say more than an id, a number or a word of ours."""


def note(
    event: SecurityEvent,
    outcome: str,
    *,
    person_id: int | None = None,
    school_id: int | None = None,
    what: str = "",
    **facts: Any,
) -> None:
    """Write one event to the security log; failures that matter in numbers are counted as well.

    `what` names the object, if it is not the one of the request's address. Raises NotForALog.
    """
    assert outcome in event.outcomes, f"{event.name} never ends as {outcome}"
    for name, value in facts.items():
        if not isinstance(value, int) and not _WORD.fullmatch(str(value)):
            raise NotForALog(name)
    told = {
        "event": event.name,
        "outcome": outcome,
        **_of_request(what),
        "school_id": school_id,
        **facts,
    }
    if person_id is not None:
        told["person_id"] = person_id
    level = logging.WARNING if outcome in events.BAD else logging.INFO
    log.log(level, "%s: %s", event.name, outcome, extra={"security": told})
    counts.of_event(event, outcome, str(facts.get("account", "")))


def _of_request(what: str) -> dict[str, Any]:
    if not has_request_context():
        return {"request_id": "", "address": "", "person_id": None, "endpoint": "", "object": what}
    parts = request.view_args or {}
    named = [str(parts[name]) for name in OBJECTS if name in parts]
    known = [name for name in named if _WORD.fullmatch(name)]
    # A key of Flask-Login's, read without asking the database who that is.
    person = session.get(PERSON_KEY)
    return {
        "request_id": g.get("request_id", ""),
        "address": request.remote_addr or "",
        "person_id": int(person) if person else None,
        "method": request.method,
        "endpoint": request.endpoint or "",
        "object": what or ":".join(known),
    }


def audited(
    *,
    action: str,
    person_id: int | None,
    school_id: int | None,
    subject: str,
    facts: Mapping[str, Any],
) -> None:
    """Tell of an act that the audit trail records, once its transaction has committed."""
    if action not in events.OF_ACTS:
        return
    event, outcome = events.OF_ACTS[action]
    told = {name: facts[name] for name in TOLD if isinstance(facts.get(name), int | str)}

    def tell() -> None:
        note(
            event,
            outcome,
            person_id=person_id,
            school_id=school_id,
            what=subject,
            act=action,
            **told,
        )

    if db.session().info.get("writing"):
        after_commit(tell)


@contextmanager
def quiet() -> Iterator[None]:
    """Tell nothing meanwhile: what is played out for a demonstration never happened."""
    log.disabled = True
    try:
        yield
    finally:
        log.disabled = False


def account_mark(email: str) -> str:
    """Return what tells one typed address from another without saying whose it is."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, email.strip().lower().encode(), hashlib.sha256).hexdigest()[:16]
