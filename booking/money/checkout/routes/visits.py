"""Look a private link up by its hash; an unknown and an ended one show the same polite page."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from booking.foundation import clock
from booking.foundation.web import redirects
from booking.money.checkout import pages
from booking.money.checkout.queries import replies
from booking.money.checkout.routes.blueprints import parent

NOT_FOUND, GONE = 404, 410
#: What a parent hears whose place has changed since the page was opened.
NOT_KEPT = "What you have just sent was not kept. See below how the place stands now."


class LinkEnded(Exception):
    """The link is unknown, replaced or expired."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


def visit(token: str) -> pages.Visit:
    """Return the state of everything for the holder of this link. Raises LinkEnded."""
    now = clock.now()
    link = replies.link_by_token(token)
    if link is None:
        raise LinkEnded(NOT_FOUND)
    if link.revoked_at is not None or link.expires_at <= now:
        raise LinkEnded(GONE)
    return pages.visit(token, link, now)


def opens(token: str) -> bool:
    """Return whether a private link works now."""
    link = replies.link_by_token(token)
    return link is not None and link.revoked_at is None and link.expires_at > clock.now()


@parent.errorhandler(LinkEnded)
def link_ended(error: LinkEnded) -> tuple[str, int]:
    """Say what to do, in the same words whatever the reason."""
    return render_template("money/parent/link_ended.html"), error.code


def page(template: str, seen: pages.Visit, **facts: Any) -> str:
    """Return one of the parent's pages."""
    return render_template(f"money/parent/{template}.html", visit=seen, **facts)


def address(endpoint: str, seen: pages.Visit) -> str:
    """Return the path of one of the parent's pages."""
    return url_for(endpoint, token=seen.token)


def sent_too_late(seen: pages.Visit) -> ResponseReturnValue:
    """Say that nothing was kept of what was sent, and show how the place stands now."""
    flash(NOT_KEPT, "warning")
    return redirects.see(address("parent.overview", seen))
