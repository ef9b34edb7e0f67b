"""One person at one browser, over real HTTP: reads pages, presses buttons, and notes every answer.

When an answer does not come, the person waits and sends the same form again, as people do. What
counts as acknowledged is only a redirect whose page came and says nothing of a problem.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup, Tag

from tests import forms_on_pages

TIMEOUT_S = 45
#: How long somebody goes on sending the same form, and how long they wait in between.
PATIENCE_S, PAUSE_S = 60.0, 0.5
TWICE_IN = 8
REDIRECTS_MAX = 6


class Outcome(Enum):
    """What came of a form."""

    DONE = auto()
    REFUSED = auto()
    #: No answer came, however often it was sent.
    UNKNOWN = auto()


class PageMissing(Exception):
    """A page or a button on it is not there (any more): whoever wanted it does something else."""


@dataclass
class Tally:
    """How many answers of each kind there were; shared by everybody."""

    counts: Counter[str] = field(default_factory=Counter)
    #: What may never be seen, in words.
    wrong: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, response: requests.Response | None, why: str = "") -> None:
        """Count an answer, or why there was none."""
        with self.lock:
            if response is None:
                self.counts[f"no answer: {why}"] += 1
                return
            status = response.status_code
            self.slowest_s = max(self.slowest_s, response.elapsed.total_seconds())
            kind = f"{status}"
            if status >= 500 and "<main" not in response.text:
                kind = f"bare {status}"
            elif status == 503 and "Retry-After" not in response.headers:
                kind = "503 without Retry-After"
            self.counts[kind] += 1
            if status >= 500 and kind != "503":
                what = f"{response.request.method} {_masked(response.request.path_url)}: {kind}"
                self.wrong.append(what)


@dataclass
class Wire:
    """What carries requests from one browser to the site, and counts what comes back."""

    site: str
    tally: Tally
    dice: random.Random
    #: One button in so many is pressed twice at the same moment.
    twice_in: int = TWICE_IN
    session: requests.Session = field(default_factory=requests.Session)

    def post(self, path: str, values: dict[str, Any]) -> requests.Response | None:
        """Send the form, now and then with a second press at the same moment."""
        if self.dice.randrange(self.twice_in):
            return self.ask("POST", path, values)
        self.tally.counts["pressed twice"] += 1
        with ThreadPoolExecutor(2) as fingers:
            answers = list(fingers.map(lambda _: self.ask("POST", path, values), range(2)))
        led = [a for a in answers if a is not None and a.status_code == 303]
        return (led or answers)[0]

    def ask(
        self, method: str, path: str, values: dict[str, Any] | None = None
    ) -> requests.Response | None:
        """Send a request; return the answer, or None if none came."""
        try:
            response = self.session.request(
                method,
                urljoin(self.site, path),
                data=values,
                timeout=TIMEOUT_S,
                allow_redirects=False,
            )
        except requests.Timeout:
            self.tally.note(None, "timeout")
        except requests.RequestException:
            self.tally.note(None, "connection lost")
        else:
            self.tally.note(response)
            return response
        return None


@dataclass
class Browser:
    """A person's browser: cookies, the page that is open, and its address."""

    wire: Wire
    page: BeautifulSoup = field(default_factory=BeautifulSoup)
    path: str = "/"
    #: Where the last form led to, which may be another site.
    location: str = ""

    def go(self, path: str) -> None:
        """Open a page, patiently. Raises PageMissing."""
        if not self._open(path):
            raise PageMissing(_masked(path))

    def press(self, button: str, fields: Mapping[str, Any] | None = None, near: str = "") -> bool:
        """Fill in the form with this button and send it; return whether that is acknowledged."""
        return self.send(button, fields, near) is Outcome.DONE

    def send(self, button: str, fields: Mapping[str, Any] | None = None, near: str = "") -> Outcome:
        """Fill in the form with this button, and send it until there is an answer."""
        form, pressed = self._find(button, near)
        values = forms_on_pages.sent(form, **(fields or {}))
        if pressed.get("name"):
            values[str(pressed["name"])] = str(pressed.get("value", ""))
        action = str(pressed.get("formaction") or form.get("action") or self.path)
        return self._deliver(urljoin(self.path, action), values)

    def choices(self, field_name: str) -> list[str]:
        """Return the values that a field of the page offers."""
        marked = f"select[name='{field_name}'] option, input[name='{field_name}']"
        return [str(tag["value"]) for tag in self.page.select(marked) if tag.get("value")]

    def links(self, part: str) -> list[str]:
        """Return the addresses on the page that contain this part."""
        found = [str(tag["href"]) for tag in self.page.select("a[href]")]
        return [href for href in found if part in href]

    def has(self, button: str) -> bool:
        """Return whether the page has a button with these words."""
        return any(button in _words(each) for each in self.page.select("form button"))

    @property
    def text(self) -> str:
        """Return the words of the page."""
        return _words(self.page.select_one("main"))

    def _find(self, button: str, near: str) -> tuple[Tag, Tag]:
        for candidate in self.page.select("form button, form input[type=submit]"):
            form = candidate.find_parent("form")
            about = candidate.find_parent(["tr", "li", "section", "form"])
            if form and button in _words(candidate) and (not near or near in _words(about)):
                return form, candidate
        raise PageMissing(f"“{button}” on {_masked(self.path)}")

    def _deliver(self, path: str, values: dict[str, Any]) -> Outcome:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            answer = self.wire.post(path, values)
            if answer is not None and answer.status_code < 500:
                return self._read_answer(answer, path)
            time.sleep(PAUSE_S)
        return Outcome.UNKNOWN

    def _read_answer(self, answer: requests.Response, path: str) -> Outcome:
        if answer.status_code != 303:
            self._show(answer, path)
            return Outcome.REFUSED
        self.location = answer.headers["Location"]
        if (
            urlsplit(urljoin(self.wire.site, self.location)).netloc
            != urlsplit(self.wire.site).netloc
        ):
            return Outcome.DONE
        if not self._open(_local(self.location)):
            return Outcome.UNKNOWN
        refused = self.page.select(".message-bad, .message-warn")
        return Outcome.REFUSED if refused else Outcome.DONE

    def _open(self, path: str) -> bool:
        until = time.monotonic() + PATIENCE_S
        for _ in range(REDIRECTS_MAX):
            answer = self.wire.ask("GET", path)
            while (answer is None or answer.status_code >= 500) and time.monotonic() < until:
                time.sleep(PAUSE_S)
                answer = self.wire.ask("GET", path)
            if answer is None:
                return False
            if answer.is_redirect:
                path = _local(urljoin(path, answer.headers["Location"]))
                continue
            self._show(answer, path)
            return answer.status_code == 200
        return False

    def _show(self, answer: requests.Response, path: str) -> None:
        self.page, self.path = BeautifulSoup(answer.text, "html.parser"), path


def _local(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _masked(path: str) -> str:
    """Return an address without its secret."""
    return "/parent/…" if path.startswith("/parent/") else path.partition("?")[0]


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag else ""
