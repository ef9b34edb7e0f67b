"""The funds that every line of the ledger and every part of a fee belong to."""

import re
import unicodedata
from enum import StrEnum

#: The longest slug of a fund.
SLUG_MAX = 40
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Fund(StrEnum):
    """Money kept apart for one purpose, by its slug.

    Three funds are built in, and iterating gives these. A network may keep more: `Fund("bursary")`
    is a fund as well, and always the same object. Only the table `funds`, which every line of the
    ledger refers to, knows whether the network has such a fund.
    """

    #: Pays for the days themselves.
    EVENTS = "events"
    #: Pays for running the network: card fees, postage, a deficit that the lead accepts.
    ADMIN = "admin"
    #: Pays for speakers and for staff training (continuing professional development).
    CPD = "cpd"

    @classmethod
    def _missing_(cls, value: object) -> "Fund | None":
        if not isinstance(value, str) or len(value) > SLUG_MAX or not _SLUG.fullmatch(value):
            return None  # the enumeration's own ValueError follows
        made = str.__new__(cls, value)
        made._name_, made._value_ = value.upper(), value
        # As enum.Flag keeps its pseudo-members; `setdefault`, because two threads may ask at once.
        return cls._value2member_map_.setdefault(value, made)  # type: ignore[return-value]


#: What people call the funds that are built in.
NAMES = {Fund.EVENTS: "Events", Fund.ADMIN: "Administration", Fund.CPD: "CPD fund"}

#: What they are for.
PURPOSES = {
    Fund.EVENTS: "Pays for the days themselves.",
    Fund.ADMIN: "Pays for running the network: payment fees, postage, accepted deficits.",
    Fund.CPD: "Pays for speakers and for staff training.",
}

#: Funds that may stand below zero: the costs of a day come before its contributions, and
#: administration bears card fees and deficits whatever they are. No other fund may.
MAY_OVERDRAW = frozenset({Fund.EVENTS, Fund.ADMIN})


def is_built_in(fund: Fund) -> bool:
    """Return whether every network has this fund."""
    return fund in NAMES


def slug_of(title: str) -> str:
    """Make a slug from a fund's name: its plain letters and digits.

    It is empty when there are none.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_MAX].strip("-")
