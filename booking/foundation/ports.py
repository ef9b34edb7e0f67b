"""How a lower feature reaches higher ones without knowing them: it declares a port.

A port is declared as a function: its name, its signature, and a first line that says what is asked
or announced. Higher features provide functions with that signature, in their `wiring.py` and
nowhere else, so searching for uses of the port's name finds them, and mypy refuses one that does
not fit. Which feature comes first never depends on which was set up first: `order` decides, and the
providers' names otherwise.

`Port` asks any number of providers, `Socket` exactly one, `Announcement` tells them something. A
socket is not called a "slot" because people use that word for a place.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
USUAL = 50


class SocketTaken(RuntimeError):
    """This socket already has another provider."""


class _Declared(Generic[P, R]):
    """A function that is declared here and done elsewhere."""

    def __init__(self, declared: Callable[P, R]) -> None:
        self.__doc__ = declared.__doc__
        self.name = f"{declared.__module__}.{declared.__qualname__}"
        self._declared = declared
        self._provided: tuple[tuple[int, str, Callable[P, R]], ...] = ()

    @property
    def providers(self) -> tuple[Callable[P, R], ...]:
        """Return the providers, in the order in which they are asked."""
        return tuple(provider for _, _, provider in self._provided)

    @contextmanager
    def instead(self, *providers: Callable[P, R]) -> Iterator[None]:
        """Ask only these for a while, in the order given."""
        standing = self._provided
        self._provided = tuple((USUAL, "", provider) for provider in providers)
        try:
            yield
        finally:
            self._provided = standing

    def _add(self, provider: Callable[P, R], order: int) -> None:
        if provider not in self.providers:
            added = (order, f"{provider.__module__}.{provider.__qualname__}", provider)
            self._provided = tuple(sorted((*self._provided, added), key=_place))


def _place(provided: tuple[int, str, Any]) -> tuple[int, str]:
    return provided[:2]


class Port(_Declared[P, R | None]):
    """Asks every feature that has something to add; one that has nothing answers None."""

    def provide(self, provider: Callable[P, R | None], *, order: int = USUAL) -> None:
        """Ask `provider` as well, lower orders first; providing it again is harmless."""
        self._add(provider, order)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[R]:
        """Return the answers, in order."""
        answers = (provider(*args, **kwargs) for provider in self.providers)
        return [answer for answer in answers if answer is not None]


class Socket(_Declared[P, R]):
    """Asks the one feature that knows; until there is one, the declared function answers."""

    def provide(self, provider: Callable[P, R]) -> None:
        """Let `provider` answer; providing it again is harmless. Raises SocketTaken."""
        if self.providers not in {(), (provider,)}:
            raise SocketTaken(f"{self.name} is already answered by another feature")
        self._add(provider, USUAL)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return the answer."""
        answer = next(iter(self.providers), self._declared)
        return answer(*args, **kwargs)


class Announcement(_Declared[P, object]):
    """Tells every subscriber that something happened, within the caller's transaction."""

    def subscribe(self, subscriber: Callable[P, object], *, order: int = USUAL) -> None:
        """Tell `subscriber` as well, lower orders first; subscribing again is harmless."""
        self._add(subscriber, order)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Tell every subscriber, in order; the first that raises stops the rest."""
        for subscriber in self.providers:
            subscriber(*args, **kwargs)
