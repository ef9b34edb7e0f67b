"""What other computers do on a day: mail that fails, a worker that is off, a silent processor."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.year.world import World
from booking.money.payments import gateway
from tests.postbox import Postbox, serving

#: Chances that trouble begins on a day, and how many days it may last.
MAIL, WORKER, PROCESSOR = (0.05, 4), (0.03, 7), (0.05, 2)
#: One address in so many is mistyped.
MISTYPED = "family3@"


class Silent:
    """A card processor that nobody can reach."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        """Return what needs no line to the processor, or something that fails like one."""
        found = getattr(self._real, name)
        return _unreachable if callable(found) else found


def _unreachable(*_anything: Any, **_more: Any) -> Any:
    raise gateway.GatewayUnavailable("APIConnectionError")


class Weather:
    """How the days are: each kind of trouble begins by chance and lasts for some days."""

    def __init__(self, world: World, postbox: Postbox) -> None:
        self.world, self.postbox = world, postbox
        self.real = world.app.extensions[gateway.EXTENSION]
        self.left = {"mail": 0, "worker": 0, "processor": 0}

    def every_day(self) -> None:
        """Let trouble begin, go on or end."""
        for name, (chance, days) in (
            ("mail", MAIL),
            ("worker", WORKER),
            ("processor", PROCESSOR),
        ):
            if self.left[name]:
                self.left[name] -= 1
            elif self.world.happens(chance):
                self.left[name] = self.world.dice.randint(1, days)
            if self.left[name]:
                self.world.done[f"days without {name}"] += 1
        self.postbox.refuse = Everybody() if self.left["mail"] else Mistyped()
        silent = Silent(self.real) if self.left["processor"] else self.real
        self.world.app.extensions[gateway.EXTENSION] = silent

    @property
    def worker_runs(self) -> bool:
        """Whether the worker runs today."""
        return not self.left["worker"]


class Everybody(dict[str, str]):
    """Refuses every recipient, for now."""

    def __contains__(self, address: object) -> bool:
        """Return that an answer is known for everybody."""
        return True

    def __missing__(self, address: str) -> str:
        """Return the answer."""
        return "451 4.3.2 Try again later"


class Mistyped(dict[str, str]):
    """Refuses, for good, the addresses that do not exist."""

    def __contains__(self, address: object) -> bool:
        """Return whether an address is one of those."""
        return str(address).startswith(MISTYPED)

    def __missing__(self, address: str) -> str:
        """Return the answer."""
        return "550 5.1.1 No such mailbox"


@contextmanager
def postbox(world: World) -> Iterator[Postbox]:
    """Provide the mail server of the year."""
    with serving() as (box, address):
        world.app.config["SMTP_URL"] = address
        yield box
