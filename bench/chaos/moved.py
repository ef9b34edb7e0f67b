"""A clock that the driver moves for every process at once, in steps or back, under way."""

from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from booking.foundation import clock

#: The file, in the folder that all processes share, with the seconds by which the clock is moved.
NAME = "clock"


def move(folder: Path, to: datetime) -> None:
    """Move the clock of every process that follows it, under way."""
    moved = (to - datetime.now(to.tzinfo)).total_seconds()  # noqa: TID251 - this is a clock
    written = folder / f"{NAME}.new"
    written.write_text(str(moved))
    written.replace(folder / NAME)


def follow(folder: Path) -> None:
    """Let this process live by the moved clock."""
    file = folder / NAME

    class Moved(datetime):
        """Says what time it is where the driver has moved everybody to."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            """Return this instant, moved; a plain one, as SQLite takes no other in a bare value."""
            here = datetime.now(tz)  # noqa: TID251 - this is a clock
            there = here + timedelta(seconds=float(file.read_text()))
            return datetime.fromtimestamp(there.timestamp(), tz)

    clock.datetime = Moved  # type: ignore[attr-defined]
