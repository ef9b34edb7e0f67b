"""Finds the time zone that a partner's calendar means by a name of its own."""

import re
import warnings
from functools import cache
from zoneinfo import available_timezones

from icalendar.timezone import tzp

_NAMED = re.compile(r';TZID=("[^"]*"|[^":;,]*)', re.IGNORECASE)
_BEFORE = re.compile(r"^\((?:UTC|GMT)[^)]*\)[\s:]*")


def in_our_words(line: str) -> str:
    """Return a line with its zone under a name that is known, where one can be found."""
    head, colon, value = _apart(line)
    return _NAMED.sub(_renamed, head) + colon + value


def _apart(line: str) -> tuple[str, str, str]:
    """Return a line's name with its parameters, the colon and the value."""
    quoted = False
    for place, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _renamed(match: "re.Match[str]") -> str:
    name = match[1].strip('"')
    meant = _meant(name) if name and not _is_known(name) else ""
    return f";TZID={meant}" if meant else match[0]


def _is_known(name: str) -> bool:
    with warnings.catch_warnings():
        # It guesses that “/somebody/Europe/London” is London's zone, as we would.
        warnings.simplefilter("ignore")
        return tzp.timezone(name) is not None


@cache
def _meant(name: str) -> str:
    """Return the zone of “(UTC+00:00) Dublin, Edinburgh, Lisbon, London”, as Outlook shows it."""
    places = _BEFORE.sub("", name).split(",")
    for place in places:
        found = _cities().get(place.strip().replace(" ", "_").casefold())
        if found:
            return found
    return ""


@cache
def _cities() -> dict[str, str]:
    """Return the zone of each city that has one of its own."""
    names = sorted(name for name in available_timezones() if name.count("/") == 1)
    return {
        name.partition("/")[2].casefold(): name
        for name in names
        if not name.startswith(("Etc/", "US/", "posix/", "right/"))
    }
