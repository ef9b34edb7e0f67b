"""How often something may be asked for before it has to wait: every limit is in this table.

The numbers are for people: whoever needs a thing gets it, and a program in a loop, or somebody who
guesses, is stopped (OWASP ASVS 5.0, 2.4.1 and 6.3.1). Wrong passwords wait by themselves, longer
each time (`patience`). The most that one calendar is fetched in an hour is a setting.
"""

from dataclasses import dataclass
from datetime import timedelta

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """So many times within a time, counted apart for each account, address or person."""

    #: Under what it is counted; no two limits share a name.
    name: str
    times: int
    within: timedelta
    #: What is counted, and for whom, in words for whoever runs the site.
    what: str
    why: str


def _hourly(name: str, times: int, what: str, why: str) -> Limit:
    return Limit(name, times, HOUR, what, why)


LINKS_PER_ACCOUNT = _hourly(
    "link-account",
    3,
    "links to choose a password, for an account from one address",
    "nobody’s mailbox is flooded",
)
LINKS_PER_ADDRESS = _hourly(
    "link-address",
    60,
    "links to choose a password, from one address",
    "a whole school may stand behind one address; a list of addresses is not tried out",
)
LINKS_IN_ALL = _hourly(
    "link-all", 10, "links to choose a password, for an account", "from many addresses at once"
)
LOST_LINKS_PER_FAMILY = _hourly(
    "lost-link-family", 3, "lost links of a family", "nobody’s mailbox is flooded"
)
LOST_LINKS_PER_ADDRESS = _hourly(
    "lost-link-address", 20, "lost links, from one address", "a list of families is not tried out"
)
LETTERS_PER_CODE = _hourly(
    "letter-code", 10, "codes typed for one letter", "a code is not found by trying"
)
LETTERS_PER_ADDRESS = _hourly(
    "letter-code-address", 20, "codes of letters, from one address", "nor by trying many letters"
)
SECOND_STEPS_PER_PERSON = Limit(
    "second-step-person",
    5,
    timedelta(minutes=15),
    "codes of the second step, for a person",
    "six digits: 480 tries a day of a million",
)
SECOND_STEPS_PER_ADDRESS = Limit(
    "second-step-address",
    20,
    timedelta(minutes=5),
    "codes of the second step, from one address",
    "nor of many persons",
)
PASSKEY_PAGES = _hourly(
    "passkey-pages",
    300,
    "pages that ask a visitor for a passkey, from one address",
    "each is kept until it is answered; no program fills the table",
)
PROVIDERS = Limit(
    "openid",
    60,
    timedelta(minutes=5),
    "ways to Google or Microsoft begun, from one address",
    "a whole school may stand behind one address",
)
EVERYTHING = _hourly(
    "everything",
    20,
    "looks at everything held about somebody, by a person",
    "each asks for the password",
)
EXPORTS = _hourly(
    "exports",
    20,
    "rosters, lists, sheets and letters of pupils, the ledger and statements, taken as files, by a "
    "person",
    "what is taken at an open desk stays little, and shows in the security log",
)
UNKNOWN_CALENDARS = _hourly(
    "unknown-feed",
    60,
    "private calendars that do not exist, from one address",
    "addresses are not found by trying",
)
UNKNOWN_READERS = _hourly(
    "unknown-reader",
    60,
    "private addresses of what is new that do not exist, from one address",
    "addresses are not found by trying",
)
READERS = _hourly(
    "reader",
    60,
    "fetches of what is new in full, by one private address; a 304 does not count",
    "a program in a loop is stopped, and every reader asks less often",
)
UNKNOWN_HEADS = _hourly(
    "unknown-directory-link",
    60,
    "links of heads and of introduced schools that do not exist, from one address",
    "addresses are not found by trying",
)

LIMITS = (
    *(LINKS_PER_ACCOUNT, LINKS_PER_ADDRESS, LINKS_IN_ALL),
    *(LOST_LINKS_PER_FAMILY, LOST_LINKS_PER_ADDRESS, LETTERS_PER_CODE, LETTERS_PER_ADDRESS),
    *(SECOND_STEPS_PER_PERSON, SECOND_STEPS_PER_ADDRESS, PASSKEY_PAGES, PROVIDERS),
    *(EVERYTHING, EXPORTS, UNKNOWN_CALENDARS, UNKNOWN_READERS, READERS, UNKNOWN_HEADS),
)
