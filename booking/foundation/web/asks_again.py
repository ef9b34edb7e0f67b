"""What matters most asks again who one is, if that was shown more than ten minutes ago.

A session that somebody left open on a desk then gives away no list of families, no role and no
money (ASVS 5.0, 7.5.3). It is written on the route, below `@requires`: whoever may not is told so
first, and is asked nothing.

Pages are read and printed from the browser without being asked, also at a quarter to nine with a
coach at the gate; a file is asked for, because it leaves with whoever sits there. Day staff are
asked like everybody else: theirs is the telephone that lies on a table in the hall, and they chose
a password when they accepted for the day.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import current_app, request, session
from flask_login import current_user

from booking.domain import limits
from booking.foundation import clock
from booking.foundation.web import throttle, typed_again
from booking.foundation.web.origins import SAFE

View = TypeVar("View", bound=Callable[..., Any])
FRESH_FOR = timedelta(minutes=10)
#: When it was last shown, by signing in or since; and when it was last asked for and shown.
KEY, ASKED_KEY = "shown_at", "asked_at"


def mark(at: str | None = None) -> None:
    """Note in the session that somebody signed in now, or when they had shown who they are."""
    session[KEY] = at or clock.now().isoformat()


def mark_asked() -> None:
    """Note in the session that it was asked for and shown now, by whatever proves it."""
    session[KEY] = session[ASKED_KEY] = clock.now().isoformat()


def is_fresh() -> bool:
    """Return whether it was shown in this session within the last ten minutes."""
    return _within(KEY)


def was_asked() -> bool:
    """Return whether it was asked for within the last ten minutes: signing in is not enough.

    Forms that ask for the password in any case, such as erasing, then ask for nothing.
    """
    return _within(ASKED_KEY)


def _within(key: str) -> bool:
    at = session.get(key)
    return at is not None and clock.now() - datetime.fromisoformat(at) < FRESH_FOR


def asks_again(view: View) -> View:
    """Ask first who one is: before a form is acted upon, or before a file leaves.

    The page with the form is shown without being asked; what was typed into it is kept meanwhile.
    """
    return _asking(view, _acts, counts=True)


def counts_file(view: View) -> View:
    """Count a file that leaves without being asked for again, or by a form: letters, statements.

    It is written below `asks_again`, so that nothing is counted before one has shown who one is.
    """

    @wraps(view)
    def counting(**parts: Any) -> Any:
        if _acts() and not typed_again.is_shown():
            throttle.count(limits.EXPORTS, str(current_user.person_id))
        return view(**parts)

    counting.counts_file = True  # type: ignore[attr-defined]
    return counting  # type: ignore[return-value]


def asks_to_open(view: View) -> View:
    """Ask first who one is, for the page with the form as well: what it shows is a secret."""
    return _asking(view, lambda: True)


def _asking(view: View, matters: Callable[[], bool], *, counts: bool = False) -> View:
    @wraps(view)
    def guarded(**parts: Any) -> Any:
        if typed_again.is_shown() or not matters():
            return view(**parts)
        if is_fresh():
            if counts and request.method in SAFE:  # a file leaves
                throttle.count(limits.EXPORTS, str(current_user.person_id))
            return view(**parts)
        return typed_again.ask_who(current_user.person_id)

    guarded.asks_again = True  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def _acts() -> bool:
    """Return whether the request does something: sends a form, or takes a file away."""
    if request.method not in SAFE:
        return True
    rules = current_app.url_map.iter_rules(request.endpoint or "")
    return not any("POST" in (rule.methods or ()) for rule in rules)
