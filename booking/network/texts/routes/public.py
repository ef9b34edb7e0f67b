"""What the network says to everybody: about itself, how to reach it, what it does with data."""

from datetime import timedelta

from flask import (
    Response,
    abort,
    current_app,
    make_response,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from booking.domain import keeping, readers
from booking.domain.own_texts import TextKey
from booking.foundation import clock
from booking.foundation.web import identity, remembered
from booking.foundation.web.access import public
from booking.network.texts import pages, queries, words
from booking.network.texts.pages import ShownText
from booking.network.texts.routes.blueprints import about, load_notice

_FOR_EVER = "public, max-age=31536000, immutable"
#: For how long `security.txt` holds from when it is asked for: RFC 9116 asks for less than a year.
SECURITY_TXT_DAYS = 180


@about.get("/about", endpoint="about")
@public
@remembered.for_visitors
def about_page() -> str:
    """Show what the network does here."""
    return _page("about", pages.standing(TextKey.ABOUT))


@about.get("/contact")
@public
@remembered.for_visitors
def contact() -> str:
    """Show how to contact the network."""
    return _page("contact", pages.standing(TextKey.CONTACT))


@about.get("/privacy")
@public
@remembered.for_visitors
def privacy() -> str:
    """Show what is kept and why, who sees it, and when it is deleted."""
    return _page("notice", pages.standing(TextKey.PRIVACY))


@about.get("/privacy/children")
@public
@remembered.for_visitors
def children() -> str:
    """Show the same in words for children."""
    return _page("notice", pages.standing(TextKey.CHILDREN))


@about.get("/accessibility")
@public
@remembered.for_visitors
def accessibility() -> str:
    """Show how far everybody can use the site."""
    return _page("notice", pages.standing(TextKey.ACCESSIBILITY))


@about.get("/security")
@public
@remembered.for_visitors
def security() -> str:
    """Say how to report a weakness of the site, and what happens then."""
    return render_template("network/texts/security.html")


@about.get("/.well-known/security.txt")
@public
@remembered.for_visitors
def security_txt() -> Response:
    """Say the same to those who look for weaknesses, in the form of RFC 9116.

    It is written when it is asked for, so it never lapses while the site is served.
    """
    base = str(current_app.config["BASE_URL"]).rstrip("/")
    until = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    until += timedelta(days=SECURITY_TXT_DAYS)
    lines = (
        f"Contact: mailto:{identity.facts().email}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Policy: {base}{url_for('.security')}",
        f"Canonical: {base}{url_for('.security_txt')}",
    )
    text = "".join(f"{line}\n" for line in lines)
    return Response(text, content_type="text/plain; charset=utf-8")


@about.get("/notices/<key>/versions")
@public
def versions(key: str) -> str:
    """List the versions of a notice: since when, and what was changed; nobody is named."""
    notice = load_notice(key) or abort(404)
    return render_template(
        "network/texts/notice_versions.html",
        key=notice,
        names=words.NAMES[notice],
        versions=queries.versions(notice),
    )


@about.get("/notices/<key>/versions/<int:number>")
@public
def version(key: str, number: int) -> str:
    """Show a notice as it was, with the facts of today in it."""
    notice = load_notice(key) or abort(404)
    found = queries.version(notice, number) or abort(404)
    return _page("notice", pages.shown(notice, found), is_standing=False)


@about.get("/network-logo/<digest>")
@public
def logo(digest: str) -> Response:
    """Send the network's mark."""
    content, media_type, now = queries.logo() or abort(404)
    if digest != now:
        abort(404)
    response = make_response(content)
    response.mimetype = media_type
    response.headers["Cache-Control"] = _FOR_EVER
    return response


@about.get("/network.css")
@public
def style_sheet() -> ResponseReturnValue:
    """Send the style sheet with the network's colour."""
    colour = identity.facts().colour
    response = make_response(pages.style_sheet(colour))
    response.mimetype = "text/css"
    is_this = request.args.get("v", "") == pages.fingerprint(colour)
    response.headers["Cache-Control"] = _FOR_EVER if is_this else "no-cache"
    return response


def _page(template: str, text: ShownText, *, is_standing: bool = True) -> str:
    return render_template(
        f"network/texts/{template}.html",
        text=text,
        names=words.NAMES[text.key],
        is_standing=is_standing,
        kept=keeping.by_whom(),
        rows=[(question.name, readers.words(question)) for question in readers.QUESTIONS],
    )
