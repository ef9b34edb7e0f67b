"""Late changes as pages show them: which parts, when, and who has seen it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.on_the_day.answers import words
from booking.on_the_day.answers.models import Audience, LateChange


@dataclass(frozen=True)
class ChangeLine:
    """One late change."""

    public_id: str
    pupil: str
    school: str
    parts: str
    changed_at: datetime
    #: Whether it waits for the home school's coordinators; else for the host's staff.
    for_school: bool
    seen_by: str
    seen_at: datetime | None
    #: What the button that says "seen" sends, so that nobody has seen what came afterwards.
    read: str


def change_lines(changes: Iterable[LateChange]) -> Sequence[ChangeLine]:
    """Return what changed, in the same order."""
    return [
        ChangeLine(
            public_id=change.public_id,
            pupil=change.booking.pupil.name.strip(),
            school=change.booking.school.name,
            parts=words.parts(change.parts),
            changed_at=change.changed_at,
            for_school=change.audience is Audience.SCHOOL,
            seen_by=change.seen_by.name if change.seen_by else "",
            seen_at=change.seen_at,
            read=change.version,
        )
        for change in changes
    ]
