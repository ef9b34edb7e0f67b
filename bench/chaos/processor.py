"""The card processor: the tests' stand-in for Stripe, and well, slow, silent or refusing."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
import stripe as stripe_library

from bench.chaos.letters import Mood
from tests.features.money.payments import stand_in
from tests.features.money.payments.conftest import WEBHOOK_SECRET

SLOW_S, SILENT_S, GLANCE_S = 2.0, 60.0, 0.1
SETTINGS = {
    "PAYMENTS": "stripe",
    "STRIPE_SECRET_KEY": "sk_test_for_trying_out",
    "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
}


@dataclass
class Processor(stand_in.Stripe):
    """The stand-in, for many callers at once."""

    mood: Mood = Mood.WELL
    turned_away: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def answer(self, call: stand_in.Call) -> tuple[int, Any]:
        """Answer in this moment's mood; the books are right in any."""
        if self.mood is Mood.SLOW:
            time.sleep(SLOW_S)
        if self.mood is Mood.REFUSING:
            self.turned_away += 1
            return 503, stand_in.error("api_error", status=503)
        silent = self.mood is Mood.SILENT
        with self.lock:
            # A silent processor may have done what it was asked.
            status, body = super().answer(call)
            content = json.loads(json.dumps(body, default=str))
        if silent:
            self._say_nothing()
        return status, content

    def pay(self, session_id: str, **changes: Any) -> None:
        """Pay on the processor's page, as a parent."""
        with self.lock:
            if self.sessions[session_id]["status"] == "open":
                super().pay(session_id, **changes)

    def tell(self, site: str, number: int) -> None:
        """Send one of the messages to the site; any of them, any number of times."""
        with self.lock:
            raw = json.dumps(_plain(self.books.events[number]))
        stamp = int(time.time())  # noqa: TID251 - Stripe's library reads the real clock
        signature = stripe_library.WebhookSignature.generate_signature_header(
            raw, WEBHOOK_SECRET, stamp
        )
        requests.post(
            f"{site}/webhooks/stripe", data=raw, headers={"Stripe-Signature": signature}, timeout=30
        )

    def refunds_of_one(self) -> dict[str, int]:
        """Return how often each of our refunds was really made, by our own reference."""
        counted: dict[str, int] = {}
        for made in self.refunds.values():
            ours = str(made["metadata"].get("refund", ""))
            counted[ours] = counted.get(ours, 0) + 1
        return counted

    def _say_nothing(self) -> None:
        self.turned_away += 1
        until = time.monotonic() + SILENT_S
        while self.mood is Mood.SILENT and time.monotonic() < until:
            time.sleep(GLANCE_S)


def _plain(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {key: _plain(value) for key, value in thing.items() if not key.startswith("_")}
    return thing


@contextmanager
def serving(now: int) -> Iterator[tuple[Processor, dict[str, str]]]:
    """Serve the stand-in, whose clock says `now`; provide it, and the settings of the site."""
    processor = Processor()
    processor.books.now, processor.books.page = now, 100
    with stand_in.Server(processor):
        yield processor, {**SETTINGS, "STRIPE_API_BASE": processor.url}
        processor.mood = Mood.WELL
