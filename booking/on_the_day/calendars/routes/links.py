"""Ways to add a calendar to a program: a link for each, and a QR code for phones."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

import segno


@dataclass(frozen=True)
class Ways:
    """One address in the form that each program wants."""

    url: str
    #: Apple's programs, Thunderbird and most phones open this themselves.
    webcal: str
    google: str
    #: Outlook at work or school, and Outlook.com.
    outlook: str
    outlook_personal: str


def ways(url: str, name: str) -> Ways:
    """Return links that subscribe to `url`, a calendar called `name`."""
    webcal = "webcal://" + url.partition("://")[2]
    asked = urlencode({"url": url, "name": name}, quote_via=quote)
    return Ways(
        url=url,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}",
        outlook=f"https://outlook.office.com/calendar/0/addfromweb?{asked}",
        outlook_personal=f"https://outlook.live.com/calendar/0/addfromweb?{asked}",
    )


def is_reachable(url: str) -> bool:
    """Return whether Google and Outlook, which fetch from their own servers, can reach a URL."""
    parts = urlsplit(url)
    return parts.scheme == "https" and (parts.hostname or "").count(".") > 0


def picture(text: str) -> str:
    """Return a QR code of `text` as a data URL, so that no other server sees the text."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_data_uri(scale=5, border=3, light="#fff", dark="#000"))
