"""The tasks of home pages; each home has a port of its own, where its feature is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain


@dataclass(frozen=True)
class Task:
    """Something to do: shown soonest first; `due_at` None means "when you can"."""

    title: str
    url: str
    hint: str = ""
    due_at: datetime | None = None
    #: The status tag's words, and its tone (neutral, info, good, warn, bad).
    tag: str = ""
    tone: str = "neutral"


def soonest_first(found: Iterable[Iterable[Task]]) -> list[Task]:
    """Return all tasks that features found: the soonest first, those without a date last."""
    tasks = chain.from_iterable(found)
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at and task.due_at))
