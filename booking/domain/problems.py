"""What is wrong with something as it was written, field by field."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to put right: the field it belongs to, and the sentence for the person."""

    field: str
    words: str
    #: Which row of the field it is about (of dates, parts of a fee, costs), from 0.
    row: int | None = None
