"""Whose turn would have been next: what one more place at an event would have changed."""

from collections.abc import Mapping

from booking.domain.season import exchanges, steps, wishes


def next_schools(season: wishes.Season, plan: wishes.Plan) -> Mapping[str, str]:
    """Return, for each event, the school that one more place there would have gone to.

    An event where one more place would have gone to nobody is left out. This is exact for the
    fairest plan of a season: with one more place, the totals of all schools but one stay the same.
    The place goes to the earliest next turn from which exchanges, within and between schools, lead
    to the event.
    """
    left = steps.left(season, plan)
    totals = plan.totals(season)
    waiting = sorted(
        steps.turn(season, school, totals[school.slug] + 1) for school in season.schools
    )
    found: dict[str, str] = {}
    seen: set[exchanges.Node] = {("source",), ("sink",)}
    for *_, slug in waiting:
        for event in _reached(left, ("school", slug), seen):
            found[event] = slug
    return found


def _reached(left: exchanges.Steps, start: exchanges.Node, seen: set[exchanges.Node]) -> list[str]:
    """Return the events that steps lead to from the start; add every node visited to `seen`."""
    edge, events = [start], []
    seen.add(start)
    while edge:
        node = edge.pop()
        if node[0] == "event":
            events.append(node[1])
        for other, _ in left.get(node, ()):
            if other not in seen:
                seen.add(other)
                edge.append(other)
    return events


def change(
    nexts: Mapping[str, str], school: str, titles: Mapping[str, str], *, name: str | None = None
) -> str:
    """Return what would have given the school one more place, in words."""
    subject = "you" if name is None else name
    own = [titles.get(event, event) for event, slug in sorted(nexts.items()) if slug == school]
    if own:
        *others, last = own
        where = f"{', '.join(others)} or {last}" if others else last
        return f"One more place at {where} would have gone to {subject}."
    return (
        f"One more place at any one event would not have gone to {subject}: at each, either "
        "nobody is waiting or another school’s turn comes first."
    )
