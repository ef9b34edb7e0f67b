"""The record of who chose what: everything needed to share the workshops out again.

Its form is that of a round's record. It knows pupils by references alone, and holds what they
wished for, so it is kept no longer than the wishes; its digest stays.
"""

import json
from typing import Any

from booking.domain.allocation import draw
from booking.domain.allocation.record import Record, digest, to_bytes
from booking.domain.workshops import sharing
from booking.domain.workshops.choices import (
    Chooser,
    DayOfWorkshops,
    Half,
    OfferedWorkshop,
    Seated,
)

#: Changes whenever the same wishes could lead to another result.
RULE_VERSION = "workshops-in-turn-1"
_KEYS = frozenset(
    ("commitment", "event", "pupils", "result", "seed", "sha256", "turns", "version", "workshops")
)


def record(day: DayOfWorkshops, seated: Seated) -> Record:
    """Return the record of a sharing, its own digest included."""
    content: Record = {
        "commitment": draw.commitment(day.seed),
        "event": day.event,
        "pupils": [
            {
                "reference": pupil.reference,
                "wishes": {str(int(half)): list(pupil.wishes_in(half)) for half in Half},
            }
            for pupil in sorted(day.pupils, key=lambda pupil: pupil.reference)
        ],
        "result": sorted(
            [pupil, int(half), workshop]
            for half, found in seated.items()
            for pupil, workshop in found.items()
        ),
        "seed": day.seed,
        "turns": list(sharing.turns(day)),
        "version": RULE_VERSION,
        "workshops": [
            {
                "halves": [int(half) for half in w.halves],
                "places": w.places,
                "reference": w.reference,
            }
            for w in sorted(day.workshops, key=lambda workshop: workshop.reference)
        ],
    }
    return content | {"sha256": digest(content)}


def text_of(record_: Record) -> str:
    """Return a record as it is kept and downloaded."""
    return to_bytes(record_).decode("ascii")


def verify(text: str, *, commitment: str = "", sha256: str = "") -> list[str]:
    """Share a record's workshops out again; return every discrepancy in words.

    `commitment` and `sha256` are what was shown at the time, if known.
    """
    try:
        record_: Any = json.loads(text)
        day = _day(record_)
    except (ValueError, KeyError, TypeError, AssertionError):
        return ["This is not the record of workshops, or it cannot be followed."]
    again = record(day, sharing.share_out(day))
    found = []
    if record_["result"] != again["result"] or record_["turns"] != again["turns"]:
        found.append("The workshops given are not those that the rule gives.")
    if record_["commitment"] != again["commitment"]:
        found.append("The seed is not the one committed to in the record.")
    if commitment and commitment != again["commitment"]:
        found.append("The seed is not the one committed to before wishes were given.")
    if text != text_of(record_) or record_["sha256"] != digest(record_):
        found.append("The record has been changed: its digest does not match.")
    if sha256 and sha256 != digest(record_):
        found.append("The record is not the one kept: its digest is different.")
    return found


def _day(record_: Any) -> DayOfWorkshops:
    if set(record_) != _KEYS or record_["version"] != RULE_VERSION:
        raise KeyError("entries")
    return DayOfWorkshops(
        event=record_["event"],
        workshops=tuple(
            OfferedWorkshop(each["reference"], each["places"], tuple(map(Half, each["halves"])))
            for each in record_["workshops"]
        ),
        pupils=tuple(
            Chooser(
                each["reference"],
                {Half(int(half)): tuple(wished) for half, wished in each["wishes"].items()},
            )
            for each in record_["pupils"]
        ),
        seed=record_["seed"],
    )
