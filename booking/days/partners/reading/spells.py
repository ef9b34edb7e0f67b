"""Limits what one entry may cost, so that a rule made to run for ever costs only itself."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType


class TakesTooLong(BaseException):
    """Working an entry out takes too long. Nothing that catches errors may catch it on the way."""


def limited(each_s: float, all_s: float) -> Callable[[], AbstractContextManager[None]]:
    """Return a way to run things for so many seconds each, and so many together.

    It counts the processor's seconds by the process's own alarm, so it is for the main thread of a
    process that does nothing else.
    """
    until = time.process_time() + all_s

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TakesTooLong("it takes too long to work out")

    signal.signal(signal.SIGPROF, stop)

    @contextmanager
    def spell() -> Iterator[None]:
        left = min(each_s, until - time.process_time())
        if left <= 0:
            raise TakesTooLong("the calendar takes too long to read as far as this")
        signal.setitimer(signal.ITIMER_PROF, left)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    return spell
