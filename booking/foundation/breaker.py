"""A circuit breaker: another computer that does not answer is left alone for a while.

`Circuit` is what is known about it, and decides; `Breaker` keeps a circuit for the threads of one
process. Processes do not tell each other: each learns by itself, which costs it three silences.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from booking.foundation import clock

log = logging.getLogger(__name__)
#: After so many silences in a row, nobody calls for a while.
SILENCES_MAX = 3
#: How long it is left alone; then one call may find out whether it is back.
REST = timedelta(seconds=30)
#: A call that is still out after this time counts as a silence until it comes back. So while
#: three calls are out, one more waits for this long at most: either one of them comes back, or
#: nobody calls any more. Otherwise every thread of the process would soon wait for its own call.
DOUBT = timedelta(seconds=2)


class LeftAlone(RuntimeError):
    """The other computer was silent a moment ago, so it was not called."""


@dataclass(frozen=True)
class Circuit:
    """What is known about the other computer from the calls to it."""

    #: How many calls in a row it has not answered.
    silences: int = 0
    #: When it was last called, or last fell silent.
    tried_at: datetime | None = None
    #: When each call that is still out began.
    out: tuple[datetime, ...] = ()

    def allows(self, now: datetime) -> bool:
        """Return whether it may be called now.

        If the clock was put back, the time of rest is over: nobody knows how long it lasted.
        """
        if self.silences < SILENCES_MAX or self.tried_at is None:
            overdue = sum(now - began >= DOUBT for began in self.out)
            return self.silences + overdue < SILENCES_MAX
        return not self.tried_at <= now < self.tried_at + REST

    @property
    def is_full(self) -> bool:
        """Return whether so many calls are out that another should see first what they find."""
        return len(self.out) >= SILENCES_MAX

    def called(self, now: datetime) -> "Circuit":
        """Return the circuit with one more call out."""
        return replace(self, tried_at=now, out=(*self.out, now))

    def answered(self, began: datetime) -> "Circuit":
        """Return the circuit after an answer, whatever the answer said."""
        return replace(self, silences=0, out=self._without(began))

    def silent(self, began: datetime, now: datetime) -> "Circuit":
        """Return the circuit after a call that was not answered."""
        return replace(self, silences=self.silences + 1, tried_at=now, out=self._without(began))

    def _without(self, began: datetime) -> tuple[datetime, ...]:
        at = self.out.index(began)
        return self.out[:at] + self.out[at + 1 :]


class Breaker:
    """The circuit to one other computer, for all threads of this process."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._circuit = Circuit()
        self._known = threading.Condition()

    @contextmanager
    def calling(self, silence: type[Exception], *, wait: timedelta = DOUBT) -> Iterator[None]:
        """Make a call in this block. The exception `silence` is none; anything else is an answer.

        If others are out, wait for them first, but no longer than `wait`. Raises LeftAlone, before
        the block begins.
        """
        with self._known:
            self._known.wait_for(self._is_decided, min(wait, DOUBT).total_seconds())
            began = clock.now()
            if not self._circuit.allows(began):
                raise LeftAlone(f"{self.name} was silent a moment ago, and is left alone for now")
            self._circuit = self._circuit.called(began)
        answered = True
        try:
            yield
        except silence:
            answered = False
            raise
        finally:
            self._record(began, answered=answered)

    def _is_decided(self) -> bool:
        return not self._circuit.is_full or not self._circuit.allows(clock.now())

    def _record(self, began: datetime, *, answered: bool) -> None:
        now = clock.now()
        with self._known:
            before = self._circuit.silences
            known = self._circuit
            self._circuit = known.answered(began) if answered else known.silent(began, now)
            self._known.notify_all()
        if answered and before >= SILENCES_MAX:
            log.warning("%s answers again", self.name)
        elif not answered and before + 1 >= SILENCES_MAX:
            seconds = REST.seconds
            log.error("%s was silent %d times: left alone for %d s", self.name, before + 1, seconds)
