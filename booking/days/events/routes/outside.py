"""The programme for other programs, and a list of events for a school's own site."""

from flask import Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import escape

from booking.days.events import pages, queries
from booking.days.events.pages import outside
from booking.days.events.queries import programme
from booking.days.events.routes.blueprints import events
from booking.foundation import clock
from booking.foundation.web import addresses, identity, remembered
from booking.foundation.web.access import public

#: The public pages besides the events' own.
PAGES = (
    *("events.listing", "about.about", "about.contact", "about.privacy", "about.children"),
    "about.accessibility",
    "proofs.proved",
)
#: The only page that another site may show inside its own: it has no form and no cookie.
EMBEDDED_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; object-src 'none'; "
    "form-action 'none'; frame-ancestors *"
)

#: What a school copies into a page of its own site.
FRAME = (
    '<iframe src="{address}" title="Events to come" width="100%" height="480" '
    'style="border: 0" loading="lazy"></iframe>'
)


@events.get("/robots.txt")
@public
@remembered.for_visitors
def robots() -> Response:
    """Say to search engines what they may look at."""
    text = outside.ROBOTS.format(sitemap=f"{_base_url()}{url_for('.sitemap')}")
    return Response(text, content_type="text/plain; charset=utf-8")


@events.get("/sitemap.xml")
@public
@remembered.for_visitors
def sitemap() -> Response:
    """List the public pages for search engines."""
    listed = [(url_for(endpoint), None) for endpoint in PAGES]
    found = [(addresses.EVENT(slug=slug), at) for slug, at in programme.mapped()]
    content = outside.as_sitemap([*listed, *found], base_url=_base_url())
    return Response(content, content_type="application/xml; charset=utf-8")


@events.get("/events.atom")
@public
@remembered.for_visitors
def feed() -> Response:
    """Send what is to come as an Atom feed."""
    now = clock.now()
    content = outside.as_atom(
        programme.upcoming(now=now),
        base_url=_base_url(),
        network=identity.facts().name,
        now=now,
        feed_path=url_for(".feed"),
    )
    return Response(content, content_type="application/atom+xml; charset=utf-8")


@events.get("/embed/events")
@public
@remembered.for_visitors
def embedded() -> ResponseReturnValue:
    """Show what is to come as a small list that any site may show inside its own."""
    now, host = clock.now(), request.args.get("host", "")
    found = programme.embedded(now=now, host=host)
    response = make_response(
        render_template("days/events/embedded.html", cards=pages.cards(found, left={}, now=now))
    )
    response.headers["Content-Security-Policy"] = EMBEDDED_POLICY
    return response


@events.get("/embed")
@public
def embedding() -> str:
    """Say how a school shows the events on its own site, with lines to copy."""
    hosts = dict(queries.choices(now=clock.now(), past=False).hosts)
    chosen = request.args.get("host", "")
    host = chosen if chosen in hosts else None
    address = f"{_base_url()}{url_for('.embedded', host=host)}"
    return render_template(
        "days/events/embedding.html",
        hosts=hosts.items(),
        host=host,
        host_name=hosts.get(chosen, ""),
        address=address,
        line=FRAME.format(address=escape(address)),
        feed=f"{_base_url()}{url_for('.feed')}",
    )


def _base_url() -> str:
    return str(current_app.config["BASE_URL"]).rstrip("/")
