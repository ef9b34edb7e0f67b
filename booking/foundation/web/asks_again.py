"""What matters most asks again who one is, if that was shown more than ten minutes ago.

A session that somebody left open on a desk then gives away no list of families, no role and no
money (ASVS 5.0, 7.5.3). It is written on the route, below `@requires`: whoever may not is told so
first, and is asked nothing.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import current_app, request, session
from flask_login import current_user

from booking.foundation import clock
from booking.foundation.web import proved_again, typed_again
from booking.foundation.web.origins import SAFE

View = TypeVar("View", bound=Callable[..., Any])
FRESH_FOR = timedelta(minutes=10)
KEY = "shown_at"


def mark(at: str | None = None) -> None:
    """Note in the session that it was shown now, by whatever proves it, or when it was before."""
    session[KEY] = at or clock.now().isoformat()


def is_fresh() -> bool:
    """Return whether it was shown in this session within the last ten minutes."""
    if proved_again.holds():
        return True
    at = session.get(KEY)
    return at is not None and clock.now() - datetime.fromisoformat(at) < FRESH_FOR


def asks_again(view: View) -> View:
    """Ask first who one is: before a form is acted upon, or before a file leaves.

    The page with the form is shown without being asked; what was typed into it is kept meanwhile.
    """

    @wraps(view)
    def guarded(**parts: Any) -> Any:
        if is_fresh() or typed_again.is_shown() or not _acts():
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
