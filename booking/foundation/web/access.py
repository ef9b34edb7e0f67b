"""Who may use a route, written on the route. A test fails for a view that has no such mark."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import abort, current_app, request
from flask_login import current_user

from booking.domain import permissions
from booking.domain.permissions import Action, Scope
from booking.foundation.web import glass, redirects

View = TypeVar("View", bound=Callable[..., Any])
#: Finds the object that a URL's parts name, or returns None.
Loader = Callable[..., Any]


def requires(
    action: Action,
    *,
    load: Loader | None = None,
    scope: Callable[[Any], Scope] | None = None,
    name: str = "",
) -> Callable[[View], View]:
    """Let in only people who may do `action`, to the loaded object where there is one.

    `load` takes the URL's parts and finds the object; the view then gets the object, as keyword
    `name`, instead of those parts. `scope` says what the object belongs to. An object that does not
    exist and one that is not yours both give 404; a visitor is asked to sign in. Whoever only
    oversees is asked first why they must see other schools' pupils.
    """
    assert (load is None) == (scope is None) == (not name), "load, scope and name go together"

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(**url_parts: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if load is None or scope is None:
                if not permissions.may(current_user.actor, action):
                    abort(404)
                return view(**url_parts)
            subject = load(**url_parts)
            actor = current_user.actor
            if subject is None or not permissions.may(actor, action, where := scope(subject)):
                abort(404)
            if permissions.needs_glass(actor, action, where) and (
                closed := glass.way_in(actor, subject)
            ):
                return redirects.see(f"{closed}?{urlencode({'next': _here()})}")
            return view(**{name: subject})

        guarded.access = action.value  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return mark


def _here() -> str:
    """Return the page to go on to: a form that was refused is not sent again."""
    return request.full_path.rstrip("?") if request.method == "GET" else ""


def public(view: View) -> View:
    """Mark a view that anybody may use."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def by_token(kind: str) -> Callable[[View], View]:
    """Mark a view whose address holds a secret of `kind` ("parent link", "feed", "invitation").

    The view itself finds the token's row and answers 404 when there is none.
    """

    def mark(view: View) -> View:
        view.access = f"token: {kind}"  # type: ignore[attr-defined]
        return view

    return mark


def signed_message(view: View) -> View:
    """Mark a view for another server's messages, whose signature it checks."""
    view.access = "signed message"  # type: ignore[attr-defined]
    return view
