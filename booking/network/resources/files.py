"""What is new as an Atom feed (RFC 4287), which readers of feeds and of mail fetch."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

from booking.domain.resourcing import SUBJECT_NAMES
from booking.foundation.web import addresses
from booking.network.resources import words
from booking.network.resources.models import Resource

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
#: When nothing has been shared yet: a feed must say when it changed.
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)


def atom(resources: Sequence[Resource], *, name: str, base_url: str) -> bytes:
    """Return the feed of these resources; authors are named by their school alone."""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    home = base_url + addresses.RESOURCES()
    _text(feed, "id", home)
    _text(feed, "title", f"{name}: resources")
    changed_at = max((resource.changed_at for resource in resources), default=_NEVER)
    _text(feed, "updated", _instant(changed_at))
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": home})
    for resource in resources:
        _entry(feed, resource, base_url)
    ElementTree.indent(feed)
    content: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _entry(feed: ElementTree.Element, resource: Resource, base_url: str) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    url = base_url + addresses.RESOURCE(public_id=resource.public_id)
    _text(entry, "id", url)
    _text(entry, "title", resource.title)
    _text(entry, "published", _instant(resource.added_at))
    _text(entry, "updated", _instant(resource.changed_at))
    _text(ElementTree.SubElement(entry, "author"), "name", words.school_of(resource))
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": url})
    for row in resource.subjects:
        label = SUBJECT_NAMES[row.subject]
        ElementTree.SubElement(entry, "category", {"term": row.subject.value, "label": label})
    kind = words.KIND_NAMES[resource.kind]
    _text(entry, "summary", f"{kind}, {words.years(resource)}. {resource.about}")


def _text(parent: ElementTree.Element, tag: str, text: str) -> None:
    # XML knows no control characters, and no reader would forgive one.
    kept = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
    ElementTree.SubElement(parent, tag).text = kept


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
