"""The cookie of a browser in which somebody has signed in."""

from datetime import timedelta

from flask import Response, after_this_request, current_app, request

from booking.foundation import clock
from booking.people.schools import service

#: As long as the browser is known without another sign-in.
KNOWN_FOR = timedelta(days=180)


def cookie() -> str:
    """Return the cookie's name: as safe as the session's."""
    return str(current_app.config["SESSION_COOKIE_NAME"]).replace("sid", "known")


def token_here() -> str:
    """Return the token of this browser's cookie; "" if nobody has signed in here."""
    return request.cookies.get(cookie(), "")


def remember(person_id: int) -> None:
    """Know this browser for a person from now on; in the transaction that lets them in."""
    browser = (request.user_agent.string or "")[:200]
    token = service.know_browser(
        now=clock.now(), person_id=person_id, token=token_here(), browser=browser
    )

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            cookie(),
            token,
            max_age=KNOWN_FOR,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        )
        return response
