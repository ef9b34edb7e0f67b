"""Says on standard error what a long command is doing, so that its output stays for programs."""

import sys
import time
from typing import TextIO

#: How often a log gets a line; on a terminal, the one line changes as often as eyes can follow.
LOG_SECONDS, TERMINAL_SECONDS = 5.0, 0.1
CLEAR_LINE = "\r\x1b[K"


class Progress:
    """One line that changes on a terminal; a line now and then elsewhere."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.on_terminal = self.stream.isatty()
        self._every = TERMINAL_SECONDS if self.on_terminal else LOG_SECONDS
        # A log is told nothing of what is over soon.
        self._said_at = -self._every if self.on_terminal else time.monotonic()

    def __call__(self, doing: str) -> None:
        """Say what is being done, unless something was said just now."""
        now = time.monotonic()
        if now - self._said_at < self._every:
            return
        self._said_at = now
        self._write(f"{CLEAR_LINE}{doing} …" if self.on_terminal else f"{doing} …\n")

    def begin(self, doing: str) -> None:
        """Say that something new begins, whatever was said before."""
        self._said_at = -self._every
        self(doing)

    def end(self) -> None:
        """Leave the line of a terminal empty for what comes next."""
        if self.on_terminal:
            self._write(CLEAR_LINE)

    def _write(self, words: str) -> None:
        self.stream.write(words)
        self.stream.flush()
