"""Starts a process to read a calendar in, and is what that process runs.

`python -m booking.days.partners.reading FIRST LAST` reads iCalendar from its input and
writes what is in it between two days as JSON. A calendar built to cost more than its limits ends
that process, not the worker.
"""

import json
import logging
import resource
import signal
import subprocess
import sys
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from booking.days.partners.reading import series, spells
from booking.days.partners.reading.found import (
    CalendarReading,
    FoundDate,
    LeftOutEntry,
    Unreadable,
)
from booking.foundation import folders

log = logging.getLogger(__name__)
CPU_S, WALL_S = 30, 60
#: For one entry, and for all of them together.
EACH_S, ALL_S = 1.0, 15.0
MEMORY_BYTES = 1 << 30
#: The signals that end a process which is over its limits.
OVER = frozenset({-signal.SIGXCPU, -signal.SIGKILL})


def read_apart(body: bytes, *, first_on: date, last_on: date) -> CalendarReading:
    """Return what a calendar holds between two days. Raises Unreadable."""
    command = [sys.executable, "-m", __package__ or "", f"{first_on}", f"{last_on}"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no word of the partner's
            command,
            input=body,
            capture_output=True,
            cwd=folders.IMPORTED_FROM,
            timeout=WALL_S,
            check=False,
            env={"PYTHONPATH": str(folders.IMPORTED_FROM)},  # without any of our secrets
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(TOO_MUCH) from error
    if done.returncode in OVER:
        raise Unreadable(TOO_MUCH)
    if done.returncode != 0:
        log.error("reading a calendar apart ended with %s: %s", done.returncode, _fault(done))
        raise Unreadable(OUR_FAULT)
    answer = json.loads(done.stdout)
    if answer["problem"]:
        raise Unreadable(answer["problem"])
    return _from_json(answer["reading"])


def _fault(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the kind of error that ended the process, without the partner's words in it."""
    last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["nothing"]
    return last[0].partition(":")[0][:100]


def _from_json(row: dict[str, Any]) -> CalendarReading:
    dates = tuple(_date_from_json(each) for each in row.pop("dates"))
    unreadable = tuple(LeftOutEntry(**each) for each in row.pop("unreadable"))
    return CalendarReading(dates=dates, unreadable=unreadable, **row)


def _date_from_json(row: dict[str, Any]) -> FoundDate:
    days: dict[str, Any] = {
        name: date.fromisoformat(row.pop(name)) for name in ("first_on", "last_on")
    }
    times = {name: row.pop(name) for name in ("starts_at", "ends_at")}
    instants: dict[str, Any] = {
        name: datetime.fromisoformat(at) if at else None for name, at in times.items()
    }
    return FoundDate(**row, **days, **instants)


def main() -> None:
    """Read a calendar from the input; write what is in it, or what is wrong with it."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    first_on, last_on = (date.fromisoformat(day) for day in sys.argv[1:3])
    answer: dict[str, Any] = {"problem": "", "reading": None}
    try:
        found = series.read(
            sys.stdin.buffer.read(),
            first_on=first_on,
            last_on=last_on,
            spell=spells.limited(EACH_S, ALL_S),
        )
        answer["reading"] = asdict(found)
    except Unreadable as error:
        answer["problem"] = str(error)
    except MemoryError:
        answer["problem"] = f"This calendar is too large to read. {series.LESS}"
    sys.stdout.write(json.dumps(answer, default=lambda value: value.isoformat()))


TOO_MUCH = f"This calendar takes too long to read. {series.LESS}"
OUR_FAULT = (
    "This calendar could not be read, and the fault is in this site, not in the calendar. "
    "Tell whoever looks after the site."
)
