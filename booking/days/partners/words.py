"""What became of each entry of a partner's calendar, in words for the lead."""

from typing import Any

from booking.domain import english

#: What is left out on purpose, in the order in which it is told.
PASSED_OVER = {
    "private": ("marked as private", "marked as private"),
    "cancelled": ("cancelled", "cancelled"),
    "replaced": ("replaced by a later version", "replaced by a later version"),
    "other": ("a to-do or a note", "to-dos or notes"),
}


def unreadable(outcome: dict[str, Any]) -> str:
    """Return which entries could not be read, and what is wrong with each; empty if none."""
    count = outcome.get("unreadable_count", 0)
    if not count:
        return ""
    named = "; ".join(f"“{title}” ({why})" for title, why in outcome["unreadable"])
    more = count - len(outcome["unreadable"])
    return f"{english.plural(count, 'entry')} could not be read: {named}" + (
        f"; and {more:,} more." if more else "."
    )


def account(outcome: dict[str, Any]) -> str:
    """Return how many entries were read, and what was left out on purpose; empty if unknown."""
    if not outcome:
        return ""
    told = [f"{outcome['read']:,} of {english.plural(outcome['entries'], 'entry')} read."]
    left = [
        f"{count:,} {english.agree(count, *PASSED_OVER[why])}"
        for why in PASSED_OVER
        if (count := outcome["passed_over"].get(why, 0))
    ]
    if left:
        told.append(f"Left out: {english.listed(left)}.")
    if more := outcome["not_kept"]:
        told.append(f"The last {english.plural(more, 'date')} of them would be too many to show.")
    return " ".join(told)
