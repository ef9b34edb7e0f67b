"""The end of a day in words: what became of a thing, and the thanks to the schools."""

from collections.abc import Sequence

from booking.domain import english, terms
from booking.domain.lost_property import LostState, WayBack
from booking.on_the_day.closing.models import LostThing

WAYS_BACK = {
    WayBack.FETCH: "It is ours: we fetch it",
    WayBack.SEND: "It is ours: please send it back",
}
_ASKED = {WayBack.FETCH: "fetches it", WayBack.SEND: "asks you to send it back"}
#: What a circular takes for a blank, which a thing's name may not be.
_BRACES = str.maketrans("{}", "()")


def status(thing: LostThing) -> tuple[str, str]:
    """Return what has become of a thing, with its tone, for its host."""
    if thing.state is LostState.CLAIMED:
        assert thing.claimed_by_school is not None
        assert thing.way_back is not None
        return f"{thing.claimed_by_school.name} {_ASKED[thing.way_back]}", "info"
    if thing.state is LostState.LISTED:
        return f"Kept until {terms.day_text(thing.kept_until)}", "neutral"
    return ("Given back", "good") if thing.state is LostState.GIVEN_BACK else ("Gone", "neutral")


def listed(thing: LostThing) -> str:
    """Return what a thing is and where it was: "A blue coat, found in the hall"."""
    return f"{thing.what}, found {thing.found_where}" if thing.found_where else thing.what


def thanks_subject() -> str:
    """Return the subject of the thanks, as their writer begins."""
    return "Thank you for {event}"


def thanks_text(*, pupils: int, schools: int, things: Sequence[LostThing], where: str) -> str:
    """Return the thanks, as their writer begins: who came, and what was left behind.

    `where` is the address at which schools read of their things.
    """
    lines = ["Dear {name},", "Thank you for {event}."]
    if pupils:
        lines[-1] += (
            f" {english.plural(pupils, 'pupil')} came, from {english.plural(schools, 'school')}."
        )
    if here := [thing for thing in things if thing.state is LostState.LISTED]:
        lines.append("These things were left behind:")
        lines.append(
            "\n".join(
                f"- {listed(thing).translate(_BRACES)} (kept until "
                f"{terms.day_text(thing.kept_until)})"
                for thing in here
            )
        )
        lines.append(f"If one of them is yours, say so on the event’s page: {where}")
    return "\n\n".join(lines)
