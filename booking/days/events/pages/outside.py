"""What other programs read of the programme: search engines, feed readers, schools' own sites.

All of it says only what an event's own public page says, and names no person.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from booking.days.events import words
from booking.days.events.models import Event, EventDate, EventState
from booking.domain import terms
from booking.domain.charging import FeeKind
from booking.foundation.web import addresses

SCHEMA = "https://schema.org"
ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Only what is listed may be looked at, so that nothing private has to be named.
ROBOTS = """User-agent: *
Allow: /$
Allow: /events/
Allow: /events.atom
Allow: /schools$
Allow: /about$
Allow: /contact$
Allow: /security$
Allow: /.well-known/security.txt
Allow: /privacy$
Allow: /privacy/children$
Allow: /network-logo/
Allow: /network.css
Allow: /accessibility$
Allow: /calendar$
Allow: /static/
Disallow: /
Sitemap: {sitemap}
"""
XML_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n'


def as_json_ld(event: Event, *, base_url: str) -> dict[str, Any]:
    """Return a published event in the words of schema.org; each date is a part of a series."""
    status = "EventCancelled" if event.state is EventState.CANCELLED else "EventScheduled"
    found: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": event.title,
        "description": event.concept or event.title,
        "url": f"{base_url}{addresses.EVENT(slug=event.slug)}",
        "eventStatus": f"{SCHEMA}/{status}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "isAccessibleForFree": event.fee_kind is not FeeKind.CHARGE,
        "organizer": {"@type": "Organization", "name": event.host_school.name},
        "location": _place(event.venue or event.host_school.name, event.venue_address),
    }
    if event.dates:
        found["startDate"] = _instant(event.dates[0].starts_at)
        found["endDate"] = _instant(event.dates[-1].ends_at)
    if len(event.dates) > 1:
        found["subEvent"] = [_part(event, date, base_url) for date in event.dates]
    return found


def _part(event: Event, date: EventDate, base_url: str) -> dict[str, Any]:
    venue = date.venue or event.venue or event.host_school.name
    address = date.venue_address if date.venue else event.venue_address
    return {
        "@type": "Event",
        "name": event.title,
        "url": f"{base_url}{addresses.EVENT(slug=event.slug)}",
        "startDate": _instant(date.starts_at),
        "endDate": _instant(date.ends_at),
        "location": _place(venue, address),
    }


def _place(name: str, address: str) -> dict[str, Any]:
    return {"@type": "Place", "name": name, "address": address or name}


def _instant(at: datetime) -> str:
    return terms.london(at).isoformat(timespec="minutes")


def as_atom(
    events: Sequence[Event], *, base_url: str, network: str, now: datetime, feed_path: str
) -> bytes:
    """Return the programme as an Atom feed (RFC 4287), the newest change first."""
    newest = max((event.modified_at for event in events), default=now)
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _add(feed, "title", f"{network}: events")
    _add(feed, "id", f"{base_url}{feed_path}")
    _add(feed, "updated", newest.isoformat(timespec="seconds"))
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": f"{base_url}{feed_path}"})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "href": f"{base_url}/"})
    for event in sorted(events, key=lambda each: each.modified_at, reverse=True):
        entry = ElementTree.SubElement(feed, "entry")
        url = f"{base_url}{addresses.EVENT(slug=event.slug)}"
        cancelled = event.state is EventState.CANCELLED
        _add(entry, "title", f"Cancelled: {event.title}" if cancelled else event.title)
        _add(entry, "id", url)
        _add(entry, "updated", event.modified_at.isoformat(timespec="seconds"))
        ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": url})
        author = ElementTree.SubElement(entry, "author")
        _add(author, "name", event.host_school.name)
        _add(entry, "summary", f"{words.when(event)}. {words.where(event)}. {words.years(event)}.")
    return XML_HEAD + ElementTree.tostring(feed)


def as_sitemap(pages: Iterable[tuple[str, datetime | None]], *, base_url: str) -> bytes:
    """Return the public pages, each with when it last changed, if that is known."""
    urls = ElementTree.Element("urlset", {"xmlns": SITEMAP})
    for path, changed_at in pages:
        url = ElementTree.SubElement(urls, "url")
        _add(url, "loc", f"{base_url}{path}")
        if changed_at is not None:
            _add(url, "lastmod", changed_at.isoformat(timespec="seconds"))
    return XML_HEAD + ElementTree.tostring(urls)


def _add(to: ElementTree.Element, name: str, said: str) -> None:
    # XML knows no control characters, and no reader would forgive one.
    kept = "".join(letter for letter in said if letter.isprintable() or letter in "\n\t")
    ElementTree.SubElement(to, name).text = kept
