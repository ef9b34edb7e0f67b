"""What higher features add to the fund: facts for an event's statement, and what is promised."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from booking.days.events.models import Event
from booking.domain.ledger import Fund

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


#: Returns what is promised (pence) from a fund, or was before an instant: money that is there, and
#: spoken for.
Promised = Callable[[Fund, datetime | None], int]
_promises: list[Promised] = []


def provide_promised(provider: Promised) -> None:
    """Let no fund spend what `provider` says is promised from it; adding twice is harmless."""
    if provider not in _promises:
        _promises.append(provider)


def promised(fund: Fund, until: datetime | None = None) -> int:
    """Return what is promised from a fund, in pence, as the caller's transaction sees it.

    With `until`, what was promised just before that instant: for a note to the accounts.
    """
    return sum(provider(fund, until) for provider in _promises)


#: Returns, for each event (by id), of how many families some money is still here.
Payers = Callable[[Sequence[int]], Mapping[int, int]]
_payers: list[Payers] = []


def count_payers_with(counter: Payers) -> None:
    """Use `counter` to say how many families paid for an event."""
    _payers[:] = [counter]


def payers(event_ids: Sequence[int]) -> Mapping[int, int]:
    """Return how many families paid for each event; nobody counts as none."""
    return _payers[0](event_ids) if _payers and event_ids else {}
