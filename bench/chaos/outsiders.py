"""What parents do with the letters that come, and what the card processor tells the site."""

import queue
import re
import time
from collections.abc import Callable

from bench.chaos.browser import Browser, Outcome
from bench.chaos.people import Person, marker

#: What the page says once a parent has declined a place, or given it back.
DECLINED = ("You have declined the place", "You have given the place back")
#: The headings of the pages to which a reply leads that has been kept.
KEPT = re.compile(r"There is one thing left to do|(?<!no longer) has a place")
#: Where it leads if there is something to pay or to give.
MONEY = ("/charge", "/contribution")


class Parent(Person):
    """Whoever opens the next letter: says yes, no, or yes and pays."""

    def acts(self) -> list[tuple[int, Callable[[], None]]]:
        """Return what parents do."""
        return [(1, self.open_letter)]

    def open_letter(self) -> None:
        """Take the next letter and reply; without one, look at what is on."""
        try:
            _address, link = self.around.letters.links.get(timeout=0.5)
        except queue.Empty:
            self.browser.go("/")
            return
        self.browser.wire.session.cookies.clear()
        self.browser.go(link)
        if self.dice.random() < 0.1:
            self.browser.go(f"{link}/decline")
            if self.browser.has("Yes, decline") and not self._decline(link):
                self.around.tally.counts["no longer to be declined"] += 1
            return
        self._say_yes(link)

    def _decline(self, link: str) -> bool:
        """Decline; only a page that says so acknowledges it, for the time may just have run out."""
        outcome = self.browser.send("Yes, decline")
        if outcome is Outcome.UNKNOWN:
            self.around.journal.note_silence("declined", link)
        said = outcome is Outcome.DONE and any(words in self.browser.text for words in DECLINED)
        if said:
            self.around.journal.note("declined", link)
        return said

    def _say_yes(self, link: str) -> None:
        self.browser.go(link)
        name = marker("Parent")
        fields: dict[str, object] = {
            "given_by": name,
            "health": f"Nuts: {name}",
            "photo": ["none"],
            "emergency_name": name,
            "emergency_phone": "07700 900456",
        }
        outcome = self.browser.send("I agree", fields)
        if outcome is Outcome.UNKNOWN:
            self.around.journal.note_silence("sent answers", link)
        if outcome is not Outcome.DONE:
            return
        if not says_kept(self.browser):
            self.around.tally.counts["no longer to be answered"] += 1
            return
        self.around.journal.note("sent answers", link, name)
        self.around.journal.note("consented", name)
        self.around.journal.note("told needs", link)
        self._pay(link)

    def _pay(self, link: str) -> None:
        if self.browser.has("Pay £6"):
            started = self.browser.press("Pay £6")
        elif self.browser.has("Contribute £6") and self.dice.random() < 0.7:
            started = self.browser.press("Contribute £6")
        else:
            return
        if not started or "cs_test_" not in self.browser.location:
            return
        session_id = self.browser.location.rpartition("/")[2]
        self.around.processor.pay(session_id)
        self.around.journal.note("paid by card", session_id)
        reference = str(self.around.processor.sessions[session_id]["client_reference_id"])
        if self.dice.random() < 0.8:  # the others close the window
            self.browser.go(f"/paid/{reference}")


class Messenger(Person):
    """The card processor's messages: late, twice and shuffled."""

    def acts(self) -> list[tuple[int, Callable[[], None]]]:
        """Return what the processor does."""
        return [(1, self.tell)]

    def tell(self) -> None:
        """Send one message of the newest."""
        told = len(self.around.processor.books.events)
        if told:
            number = max(0, told - 1 - self.dice.randrange(12))
            try:
                self.around.processor.tell(self.around.site, number)
            except OSError:  # requests' own errors are of this kind
                self.around.tally.counts["message lost"] += 1
        time.sleep(0.5)


def says_kept(browser: Browser) -> bool:
    """Return whether the page says so: the place may have gone between reading and sending."""
    page = browser.path.partition("?")[0]
    heading = browser.page.select_one("main h1")
    return page.endswith(MONEY) or bool(heading and KEPT.search(heading.get_text()))
