"""What people do all day, each at their own browser, and what they were told had been done.

Each act begins at a page as it is now, presses its button, and writes down what was acknowledged.
Whatever can be found again by words of its own (a marker) is given one, so that a double shows.
"""

import random
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from bench.chaos import network
from bench.chaos.browser import TWICE_IN, Browser, Outcome, PageMissing, Tally, Wire
from bench.chaos.journal import Journal
from bench.chaos.letters import MailServer
from bench.chaos.processor import Processor
from tests import cast

THINKING_S = 0.15
_markers = count(1)
T = TypeVar("T")


@dataclass
class Surroundings:
    """What everybody shares."""

    site: str
    scene: network.Scene
    tally: Tally
    journal: Journal
    letters: MailServer
    processor: Processor
    twice_in: int = TWICE_IN
    stopping: threading.Event = field(default_factory=threading.Event)


class Person:
    """Somebody who goes on acting until told to stop."""

    email = ""

    def __init__(self, around: Surroundings, name: str, seed: int) -> None:
        self.around, self.name = around, name
        self.dice = random.Random(f"{seed} {name}")
        self.browser = Browser(Wire(around.site, around.tally, self.dice, around.twice_in))
        # Everybody sits somewhere else, or they would be held back as one who tries too often.
        place = f"203.0.{self.dice.randrange(256)}.{self.dice.randrange(256)}"
        self.browser.wire.session.headers["X-Forwarded-For"] = place

    def acts(self) -> list[tuple[int, Callable[[], None]]]:
        """Return what this person does, and how often."""
        raise NotImplementedError

    def live(self) -> None:
        """Act, and act again."""
        weights, acts = zip(*self.acts(), strict=True)
        while not self.around.stopping.is_set():
            try:
                if self.email:
                    self._sign_in()
                self.dice.choices(acts, weights)[0]()
            except PageMissing:
                self.around.tally.counts["gone elsewhere"] += 1
            except Exception:  # noqa: BLE001 - people do not fall over; the run says what happened
                self.around.tally.wrong.append(traceback.format_exc())
            time.sleep(THINKING_S * self.dice.random())

    def _pick(self, choices: Sequence[T]) -> T:
        """Return one of them. Raises PageMissing if there is none."""
        if not choices:
            raise PageMissing("nothing to choose from")
        return self.dice.choice(choices)

    def _sign_in(self) -> None:
        """Sign in, unless the browser still is."""
        if self.browser.wire.session.cookies and "Sign in" not in self.browser.text[:9]:
            return
        self.browser.go("/sign-in")
        if self.browser.press("Sign in", {"email": self.email, "password": cast.PASSWORD}):
            self.around.journal.note("signed in", self.email)

    def _press(
        self,
        kind: str,
        about: str,
        button: str,
        fields: dict[str, object] | None = None,
        *,
        near: str = "",
        value: str = "",
    ) -> bool:
        """Press a button; write down what is acknowledged of it, or that nothing was heard."""
        outcome = self.browser.send(button, fields, near)
        if outcome is Outcome.REFUSED and "Is it still you?" in self.browser.text:
            outcome = self._show_again()
        if outcome is Outcome.DONE:
            self.around.journal.note(kind, about, value)
        elif outcome is Outcome.UNKNOWN:
            self.around.journal.note_silence(kind, about)
        return outcome is Outcome.DONE

    def _show_again(self) -> Outcome:
        """Type the password that is asked for again, and go on with what was pressed."""
        outcome = self.browser.send("Go on", {"password": cast.PASSWORD})
        return self.browser.send("Go on") if self.browser.has("Go on") else outcome


def marker(word: str) -> str:
    """Return words that nobody else types."""
    return f"{word} {next(_markers):06}"
