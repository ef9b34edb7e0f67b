"""A reader who follows every link, and what can be read in each answer, whatever its format."""

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

import pypdf
from werkzeug.test import TestResponse

from tests.page import CheckedClient

#: How often the same page is read with other filters.
VARIANTS_MAX = 8
PAGES_MAX = 2000
#: Secrets are seen by whoever has them; other tests cover what is behind them.
SECRET = (
    "/parent/",
    "/paid/",
    "/demo-processor/",
    "/invitations/",
    "/reset/",
    "/new-address/",
    "/mail/stop/",
    "/nominate/",
    "/link-outcome/",
)
LINK = re.compile(r'(?:href|src)="([^"#]+)')


def crawl(browser: CheckedClient, begin: Iterable[str]) -> dict[str, str]:
    """Follow links from `begin`; return what every address that answered says."""
    waiting, seen, read = list(begin), set(begin), {}
    variants: Counter[str] = Counter()
    while waiting:
        address = waiting.pop()
        response = browser.get(address, check=False)
        # No worker runs here, and /health says so.
        assert response.status_code < 500 or address == "/health", address
        if response.status_code in {302, 303}:
            found = [response.location]
        elif response.status_code == 200:
            read[address] = text_of(response)
            found = links(response, address)
        else:
            continue
        for link in found:
            path = urlsplit(link).path
            if link in seen or path.startswith(SECRET) or variants[path] >= VARIANTS_MAX:
                continue
            variants[path] += 1
            seen.add(link)
            waiting.append(link)
        assert len(seen) < PAGES_MAX, "a trap for crawlers"
    return read


def links(response: TestResponse, address: str) -> list[str]:
    """Return the addresses on this site that a page links to, or shows as pictures."""
    if response.mimetype != "text/html":
        return []
    # Not parsed, because a crawl reads a thousand pages and our templates quote every attribute.
    named = map(html.unescape, LINK.findall(response.text))
    found = []
    for name in named:
        parts = urlsplit(urljoin(f"http://localhost{address}", name))
        if parts.scheme == "http" and parts.netloc == "localhost":
            found.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return found


def text_of(response: TestResponse) -> str:
    """Return everything in an answer that can be read: of a workbook and a PDF too."""
    data = response.get_data()
    if response.mimetype == "application/pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if response.mimetype.endswith("sheet"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())
    # A calendar breaks its lines at 75 octets.
    return data.decode(errors="replace").replace("\r\n ", "")


def unspaced(text: str) -> str:
    """Return text without its spaces: numbers are written in groups, PDFs break lines."""
    return "".join(text.split())
