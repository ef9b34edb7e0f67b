"""Refuses what another site's page makes a browser send here, before anything else sees it.

Browsers say where a request comes from, and no page can make them lie. This works alongside the
form token, not instead of it: very old browsers say nothing, and then only the token decides.
"""

from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request

from booking.foundation.web import watching

#: Methods that change nothing: any site may link to us.
SAFE = {"GET", "HEAD", "OPTIONS"}
#: The person typed the address, or the page is ours.
OURS = {"same-origin", "none"}


def init_app(app: Flask) -> None:
    """Check every request that may change something."""
    app.before_request(refuse_other_sites)


def refuse_other_sites() -> None:
    """Answer 403 to another site's form or script, whatever else it sends."""
    if request.method not in SAFE and comes_from_elsewhere():
        watching.forged("other_site")
        abort(403)


def comes_from_elsewhere() -> bool:
    """Return whether the browser says that another site's page sent this request.

    A page that sends no referrer has its origin written "null", and then only the first header
    tells.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site in OURS:
        return False
    origin = request.headers.get("Origin", "")
    if site == "cross-site":
        return True
    return origin not in {"", "null"} and urlsplit(origin).netloc not in _our_hosts()


def _our_hosts() -> set[str]:
    return {request.host, urlsplit(str(current_app.config["BASE_URL"])).netloc}
