"""The day's files, one for each audience: label and text are marked, and looked for everywhere."""

from booking.days.events.models import Event
from booking.foundation.files.models import FileAudience
from tests.builders import files

#: The mark in the label and in the text of the file for each audience.
MARKS = {a: f"Zqfile{a.value.replace('_', '')}" for a in FileAudience}
_PUBLIC = {FileAudience.EVERYBODY}
_MEMBERS = _PUBLIC | {FileAudience.MEMBERS}
_ALL = frozenset(FileAudience)
#: For whom each may be, by who reads.
SEEN = {
    "visitor": _PUBLIC,
    # A host of the school "own", which comes.
    "elsewhere": _MEMBERS | {FileAudience.COMING},
    "treasurer": _MEMBERS,
    # Of the school "own", which comes: the files are for those who bring its pupils.
    "staff": _MEMBERS,
    "associate": _MEMBERS,
    "own": _MEMBERS | {FileAudience.COMING},
    "other": _MEMBERS | {FileAudience.COMING},
    "day": _ALL - {FileAudience.HOSTS},
    "host": _ALL,
    "lead": _ALL,
    "auditor": _ALL,
}


def build(event: Event) -> dict[str, str]:
    """Give an event a file for each audience; return their addresses' parts."""
    made = {
        f"{audience.value}_file": files.put(
            event,
            label=mark,
            name=f"{mark}name.txt",
            content=f"{mark}text".encode(),
            audience=audience,
        ).public_id
        for audience, mark in MARKS.items()
    }
    return made | {"day_event_uid": event.uid}
