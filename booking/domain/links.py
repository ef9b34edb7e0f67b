"""Links that people type into pages, mails and calendars: https, to a named site, no password.

Such a link is put into a page's HTML and into one line of a calendar, so nothing in it may end
either: no spaces, quotation marks or control characters.
"""

import re

LENGTH_MAX = 500
#: The name of a site: labels with dots between them, the last one not a number.
SITE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
#: Every character that an address may hold (RFC 3986, appendix A), percent signs included.
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")
#: What comes before a path, a question or a place on the page.
_MACHINE = re.compile(r"[^/?#]*")
_PORT = re.compile(r":[0-9]{1,5}$")


class NotALink(ValueError):
    """This cannot be a link on our pages; the message says what to type instead."""


def tidy(text: str) -> str:
    """Return a link without white space around it, or raise NotALink."""
    link = text.strip()
    if link[:8].lower() != "https://":
        raise NotALink("Give a link that begins with https://.")
    if len(link) > LENGTH_MAX:
        raise NotALink(f"This link is too long. It can have {LENGTH_MAX} characters at most.")
    if not _PLAIN.fullmatch(link):
        raise NotALink(
            "This link contains a space or a character that no link can have. Copy it again."
        )
    machine = _MACHINE.match(link, 8)
    site = _PORT.sub("", machine[0] if machine else "").lower()
    if "@" in site:
        raise NotALink(
            "Leave the name and password out of the link: everybody who is invited will see it."
        )
    if not SITE.fullmatch(site):
        raise NotALink("The link must name a site, such as https://meet.example/our-room.")
    return f"https://{link[8:]}"
