"""How a lower feature tells higher ones that something happened, without knowing them.

Subscribers are named in one place, `booking/features.py`, and run in the caller's transaction.
"""

from collections.abc import Callable
from typing import Any


class Announcement:
    """Something that happens to one kind of row; subscribers get the row, the actor and now."""

    def __init__(self, meaning: str) -> None:
        self.meaning = meaning
        self._subscribers: list[Callable[..., Any]] = []

    def subscribe(self, subscriber: Callable[..., Any]) -> None:
        """Call `subscriber` from now on; subscribing twice is harmless."""
        if subscriber not in self._subscribers:
            self._subscribers.append(subscriber)

    def __call__(self, subject: Any, **facts: Any) -> None:
        """Tell every subscriber, in the order in which they subscribed."""
        for subscriber in self._subscribers:
            subscriber(subject, **facts)
