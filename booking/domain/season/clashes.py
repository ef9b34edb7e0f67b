"""Which events one pupil cannot both go to, and when that can be planned exactly.

Among a pupil's wishes, events that all overlap one another form a group, from which the plan gives
at most one. A chain is refused: if A overlaps B and B overlaps C, but the pupil could go to both A
and C, no network of flows can say "A and C, or B", and leaving it to chance would not be exact.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from booking.domain.allocation import claims
from booking.domain.season import wishes


class ChainOfOverlaps(claims.ClaimRefused):
    """A pupil wishes for events that overlap one after another, but not all with one another.

    `pupil` is the pupil's reference; `events` are three that do.
    """

    def __init__(self, pupil: str, events: tuple[str, str, str]) -> None:
        one, other, last = events
        super().__init__(
            f"{pupil} wishes for {one}, {other} and {last}, which overlap one after another but "
            "not all with one another. Remove one of them from the wishes."
        )
        self.pupil, self.events = pupil, events


def clashes(events: Sequence[wishes.SeasonEvent]) -> Mapping[str, frozenset[str]]:
    """Return, for each event, those others that overlap it."""
    found: dict[str, set[str]] = {event.slug: set() for event in events}
    for one, other in combinations(events, 2):
        if any(here.overlaps(there) for here in one.dates for there in other.dates):
            found[one.slug].add(other.slug)
            found[other.slug].add(one.slug)
    return {slug: frozenset(others) for slug, others in found.items()}


def groups(
    pupil: wishes.SeasonPupil, clashing: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, ...], ...]:
    """Return the pupil's wishes in groups from which at most one event can be given.

    A pupil who goes to only one event cannot have a clash, so each wish is a group of its own.
    """
    if pupil.at_most == 1:
        return tuple((event,) for event in pupil.wishes)
    found: list[tuple[str, ...]] = []
    placed: set[str] = set()
    for event in pupil.wishes:
        if event in placed:
            continue
        group = tuple(other for other in pupil.wishes if other == event or other in clashing[event])
        _assert_all_overlap(pupil, group, clashing)
        found.append(group)
        placed.update(group)
    return tuple(found)


def most_events(pupil: wishes.SeasonPupil, clashing: Mapping[str, frozenset[str]]) -> int:
    """Return how many events the pupil could go to if every place were free."""
    return min(pupil.at_most, len(groups(pupil, clashing)))


def _assert_all_overlap(
    pupil: wishes.SeasonPupil, group: Sequence[str], clashing: Mapping[str, frozenset[str]]
) -> None:
    """Raise ChainOfOverlaps unless a group's events overlap one another and no other wish."""
    ours = set(group)
    for event in group:
        others = {other for other in pupil.wishes if other in clashing[event]} | {event}
        if others != ours:
            one, other, last = sorted({group[0], event, min(others ^ ours)})
            raise ChainOfOverlaps(pupil.reference, (one, other, last))
