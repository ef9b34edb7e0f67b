"""The task lists of each role's home page: features add tasks, the pages show them all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Task:
    """Something to do: shown soonest first; `due_at` None means "when you can"."""

    title: str
    url: str
    hint: str = ""
    due_at: datetime | None = None
    #: Words of the status tag, and its tone (neutral, info, good, warn, bad).
    tag: str = ""
    tone: str = "neutral"


Provider = Callable[..., list[Task]]
#: Which home page a provider adds to: "school", "host", "fund", "network".
_providers: dict[str, list[Provider]] = {}


def provide(home: str, provider: Provider) -> None:
    """Add `provider` to the tasks of `home`; adding twice is harmless."""
    providers = _providers.setdefault(home, [])
    if provider not in providers:
        providers.append(provider)


def collect(home: str, **facts: Any) -> list[Task]:
    """Return the tasks of `home`, soonest first, those without a date last."""
    found = [task for provider in _providers.get(home, []) for task in provider(**facts)]
    return sorted(found, key=lambda task: (task.due_at is None, task.due_at and task.due_at))
