"""Redirects that stay on this site."""

from urllib.parse import urlsplit

from flask import redirect, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response


def is_local_path(target: str) -> bool:
    """Return whether `target` is a plain local path: no host, scheme or control characters."""
    if not target.startswith("/") or target[1:2] in {"/", "\\"} or "\\" in target:
        return False
    if any(ord(c) < 33 or ord(c) == 127 for c in target):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc


def see(url: str) -> Response:
    """Redirect after a POST: the browser fetches `url` with GET (303)."""
    return redirect(url, code=303)


def aim(target: str) -> None:
    """Let this request lead to `target` in the end, as if its address had it in `next`."""
    request.args = ImmutableMultiDict({"next": target})


def next_or(default: str) -> Response:
    """Redirect to the local path in `next`, else to `default`."""
    target = request.args.get("next", "")
    return see(target if is_local_path(target) else default)
