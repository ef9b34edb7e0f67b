"""What pages acknowledged, written down outside the site, one line each, in order."""

import json
import threading
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic


@dataclass(frozen=True)
class Fact:
    """One thing that somebody was told has been done."""

    #: Such as "named" or "paid by card"; `checking` knows where to look for each.
    kind: str
    #: What it is about, by which it must be found, such as a pupil's public id.
    about: str
    #: What is true of it since, such as how many places were asked for.
    value: str = ""
    #: When it was acknowledged, in the driver's own seconds.
    at: float = 0.0


@dataclass
class Journal:
    """Everything that was acknowledged, and what nobody ever heard about."""

    path: Path
    facts: list[Fact] = field(default_factory=list)
    #: Of these some sending was never answered. It may still be carried out after later ones that
    #: were, so nobody knows which value is the last.
    unheard: set[tuple[str, str]] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, about: str, value: str = "") -> None:
        """Write down what has just been acknowledged."""
        fact = Fact(kind, about, value, monotonic())
        with self.lock, self.path.open("a") as file:
            self.facts.append(fact)
            file.write(json.dumps(asdict(fact)) + "\n")

    def note_silence(self, kind: str, about: str) -> None:
        """Write down that somebody never heard whether this was done."""
        with self.lock:
            self.unheard.add((kind, about))

    def until(self, at: float) -> list[Fact]:
        """Return what had been acknowledged by a time."""
        with self.lock:
            return [fact for fact in self.facts if fact.at <= at]

    def counts(self) -> Counter[str]:
        """Return how much of each kind was acknowledged."""
        with self.lock:
            return Counter(fact.kind for fact in self.facts)
