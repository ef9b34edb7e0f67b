"""Whom a copy is about, and the copy itself, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from booking.foundation.holdings import Concerned

#: What is told of one row: labels and values, in the order of its columns.
RowTold = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DataSubject:
    """Somebody whose data is asked for, and how to find it."""

    #: "pupil", "parent" or "adult".
    kind: str
    name: str
    subject: Concerned
    #: The row that the trail names: a pupil, a parent, an account or a school.
    row: Any = field(compare=False)
    #: Whose coordinators answer the request; None: the network, or oneself.
    school_id: int | None = None


@dataclass(frozen=True)
class TypedName:
    """A name that somebody typed, which leads to no pupil: at the door, or of one who leads."""

    #: The table, and the random number of its row: "walk_ins:Yf3…".
    key: str
    name: str
    #: "came to “Fossil hunt” without being on the list".
    what: str
    on: date
    row: Any = field(compare=False)


@dataclass(frozen=True)
class CopySection:
    """What one part of the product holds: one entry for each row."""

    title: str
    rows: Sequence[RowTold]


@dataclass(frozen=True)
class FullCopy:
    """Everything held about one person. The JSON and the PDF are both drawn from it."""

    about: str
    kind: str
    made_at: datetime
    sections: Sequence[CopySection]

    def as_facts(self) -> dict[str, Any]:
        """Return the copy as plain lists and texts: what is drawn."""
        return {
            "about": self.about,
            "kind": self.kind,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "sections": [
                {
                    "title": section.title,
                    "rows": [
                        [{"label": label, "value": value} for label, value in row]
                        for row in section.rows
                    ],
                }
                for section in self.sections
            ],
        }
