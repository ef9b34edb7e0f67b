"""What goes wrong: processes are killed, other companies' computers change their mood."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from bench.chaos.databases import Database
from bench.chaos.processes import Site


@dataclass
class Killer:
    """Kills one thing after another, and sees to it that it comes back."""

    site: Site
    database: Database
    dice: random.Random
    killed: Counter[str] = field(default_factory=Counter)
    slowest_back_s: float = 0.0

    def kill(self) -> str:
        """Kill something, chosen by lot; when the site answers again, say what it was."""
        weights, acts = zip(*self._victims(), strict=True)
        name, act = self.dice.choices(acts, weights)[0]
        act()
        self.killed[name] += 1
        for program in self.site.programs:
            program.start()
        back_s = self.site.wait()
        self.slowest_back_s = max(self.slowest_back_s, back_s)
        return f"killed {name}; back after {back_s:.1f} s"

    def _victims(self) -> list[tuple[int, tuple[str, Callable[[], None]]]]:
        found: list[tuple[int, tuple[str, Callable[[], None]]]] = [
            (5, ("a web worker", self._web_worker)),
            (4, ("a background worker", self._worker)),
            (2, ("the whole of gunicorn", self.site.web.kill)),
        ]
        if self.database.engine == "PostgreSQL":
            found += [
                (2, ("a backend of PostgreSQL", self._backend)),
                (1, ("PostgreSQL as a whole", self.database.crash)),
            ]
        return found

    def _web_worker(self) -> None:
        children = self.site.web.children()
        if children:
            with suppress(ProcessLookupError):
                os.kill(self.dice.choice(children), signal.SIGKILL)

    def _worker(self) -> None:
        self.dice.choice(self.site.workers).kill()

    def _backend(self) -> None:
        backends = self.database.backends()
        if backends:
            with suppress(ProcessLookupError):
                os.kill(self.dice.choice(backends), signal.SIGKILL)
            time.sleep(0.5)  # the server restarts all of them by itself
