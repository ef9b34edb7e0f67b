"""What is still to be corrected before an event is published, each with a link to its field."""

from collections.abc import Iterable
from dataclasses import dataclass

from booking.domain.problems import Problem

#: Fields that are drawn as several radios, and lists of rows with the first field of a row.
_RADIOS = frozenset({"sharing", "basis", "fee_kind"})
_ROWS = {"dates": "on", "fee_parts": "label", "cost_lines": "label"}


@dataclass(frozen=True)
class Correction:
    """One thing to correct, and the id of its field in the form."""

    words: str
    field_id: str


def corrections(problems: Iterable[Problem]) -> list[Correction]:
    """Return problems as a page lists them."""
    return [Correction(problem.words, _field_id(problem)) for problem in problems]


def _field_id(problem: Problem) -> str:
    name, _, inner = problem.field.partition(".")
    if name in _ROWS:
        return f"{name}-{problem.row or 0}-{inner or _ROWS[name]}"
    return f"{name}-0" if name in _RADIOS else name
