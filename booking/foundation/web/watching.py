"""Tells the security log what was refused, in one place for all views.

A page that is not there and one that is not yours look alike to whoever asks; the log has both,
because many of them in a row are somebody trying numbers.
"""

from flask import Flask, Response, current_app, g, request, session

from booking.foundation import clock, security
from booking.foundation.security import counts, events
from booking.foundation.web.headers import FILES

#: What a proxy adds. Without TRUSTED_PROXIES nobody believes it.
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-Ip")
#: Where an application keeps the day on which it last noticed such a header.
NOTICED = "forwarded_noticed"


def init_app(app: Flask) -> None:
    """Look at every answer; what has been counted meanwhile is written then."""

    @app.before_request
    def notice_proxies() -> None:
        if not int(app.config["TRUSTED_PROXIES"]) and any(map(request.headers.get, FORWARDED)):
            _notice(app)

    @app.after_request
    def look(response: Response) -> Response:
        if response.status_code in (403, 404, 429) and not g.get("told_of_refusal"):
            _tell(response.status_code)
        if "counts" in g and not g.get("outage"):
            counts.write_what_waits()
        return response


def forged(how: str) -> None:
    """Tell that a request is not what it says, or comes from elsewhere, instead of its answer."""
    g.told_of_refusal = True
    security.note(events.FORGED, how)


def _tell(status: int) -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint in FILES:
        return
    if status == 429:
        security.note(events.THROTTLED, "refused")
    elif session.get(security.PERSON_KEY):
        security.note(events.DENIED, "refused")
    elif str(getattr(view, "access", "")).startswith("token"):
        security.note(events.DENIED, "unknown")


def _notice(app: Flask) -> None:
    """Remember that addresses are forwarded that nobody trusts: once a day in each process."""
    today = clock.today()
    if app.extensions.get(NOTICED) != today:
        app.extensions[NOTICED] = today
        now = clock.now()
        g.setdefault("counts", []).append(lambda: counts.add([(counts.FORWARDED, "")], now=now))
