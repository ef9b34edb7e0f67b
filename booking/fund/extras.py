"""What higher features add to the statement of an event: how much was asked, how much remitted."""

from collections.abc import Callable

from booking.events.models import Event

#: Returns (label, words) pairs. Totals of fewer than five pupils are the provider's to suppress.
Provider = Callable[[Event], list[tuple[str, str]]]
_providers: list[Provider] = []


def provide(provider: Provider) -> None:
    """Add `provider` to every statement; adding twice is harmless."""
    if provider not in _providers:
        _providers.append(provider)


def facts(event: Event) -> list[tuple[str, str]]:
    """Return what higher features say of an event's money."""
    return [fact for provider in _providers for fact in provider(event)]
