"""Calls to Stripe that end in time, whatever the other side does.

A timeout of the library only limits each wait for the next bytes: a server that sends one byte now
and then, or a name with several addresses, makes a call last many times as long. So a call is an
errand for a thread of its own, and whoever sent it goes on at the deadline without it. The errand
ends by itself once its connection is silent; what it may still bring about at Stripe is like an
answer that was lost, and found by the next try under the same key.
"""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from typing import Any

import stripe

from booking.money.payments import gateway

#: How long to wait for a connection, and for each part of an answer.
CONNECT_S, READ_S = 3.0, 10.0
#: How long one try may take in all if nobody waits for it.
TRY_S = 20.0
#: Another try is only worth while with time for the pause before it, and for an answer.
WORTH_WHILE_S = 2.0
Answer = tuple[Any, int, Mapping[str, str]]


class Courier:
    """A thread that runs one errand after another, and keeps its connection open in between."""

    def __init__(self, idle: "deque[Courier]") -> None:
        self._idle = idle
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        threading.Thread(target=self._run, name="stripe", daemon=True).start()

    def send(self, errand: Callable[[], Answer]) -> "Future[Answer]":
        """Run an errand, and be idle again; the answer is a promise."""
        promise: Future[Answer] = Future()

        def job() -> None:
            try:
                answer = errand()
            except BaseException as error:  # noqa: BLE001 - it is raised where somebody waits
                ended = partial(promise.set_exception, error)
            else:
                ended = partial(promise.set_result, answer)
            self._idle.append(self)  # first, so that the next call finds the connection open
            ended()

        self._jobs.put(job)
        return promise

    def end(self, last: Callable[[], None]) -> None:
        """Do one last thing, and let the thread end."""
        self._jobs.put(last)
        self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


class PunctualClient(stripe.RequestsClient):
    """Stripe's own client, which gives up when whoever waits has waited long enough."""

    def __init__(self) -> None:
        super().__init__(timeout=(CONNECT_S, READ_S))
        #: Those that are free: the last one first, because its connection is the freshest.
        self._idle: deque[Courier] = deque()

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        **_of_no_use: Any,
    ) -> Answer:
        """Make one try, within the time that is left."""
        left = gateway.seconds_left()
        seconds = TRY_S if left is None else min(left, TRY_S)
        if seconds <= 0:
            raise _late()
        with_library = super().request
        promise = self._courier().send(lambda: with_library(method, url, headers, post_data))
        try:
            return promise.result(timeout=seconds)
        except TimeoutError as error:
            raise _late() from error

    def _should_retry(self, *facts: Any) -> bool:
        """Return whether another try makes sense; the library asks after each one."""
        left = gateway.seconds_left()
        in_time = left is None or left > WORTH_WHILE_S
        return in_time and bool(super()._should_retry(*facts))

    def _courier(self) -> Courier:
        try:
            return self._idle.pop()
        except IndexError:
            return Courier(self._idle)

    def close(self) -> None:
        """Close the connections that are kept open, each in the thread that has it."""
        while self._idle:
            self._idle.pop().end(super().close)


def _late() -> stripe.APIConnectionError:
    return stripe.APIConnectionError("no answer in time", should_retry=True)  # type: ignore[no-untyped-call]
