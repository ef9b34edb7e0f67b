"""Plain values: a fund's details, an entry made by hand, and what is known of a book of rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from booking.domain.ledger import EntryKind, Fund, accounts
from booking.domain.permissions import Actor


@dataclass(frozen=True)
class FundDetails:
    """A fund's title and purpose, and whether it is restricted to that purpose."""

    title: str
    purpose: str
    restricted: bool = False


@dataclass(frozen=True)
class HandEntry:
    """What the treasurer filled in; each kind of entry uses part of it."""

    kind: EntryKind
    #: The one-time key of its form makes its own key: the same form records one entry.
    reference: str
    entered_on: date
    pence: int = 0
    fund: Fund = Fund.EVENTS
    #: Transfer: the fund that the money goes to.
    target: Fund = Fund.EVENTS
    account: str = accounts.BANK
    description: str = ""
    event: str | None = None
    school: str = ""
    #: Opening balance: what the account held in each fund.
    amounts: Mapping[Fund, int] = field(default_factory=dict)
    reason: str = ""

    @property
    def key(self) -> str:
        """Return a key that only an entry made by hand can have."""
        return f"hand:{self.kind.value}:{self.reference}"

    def plain(self) -> dict[str, Any]:
        """Return what was filled in as plain values, to keep until somebody decides on it."""
        assert not self.amounts, "opening balances take no second person"
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in vars(self).items()
            if name != "amounts"
        }

    @classmethod
    def of_plain(cls, values: Mapping[str, Any]) -> "HandEntry":
        """Return what was filled in, from plain values."""
        return cls(
            **{
                **values,
                "kind": EntryKind(values["kind"]),
                "entered_on": date.fromisoformat(values["entered_on"]),
                "fund": Fund(values["fund"]),
                "target": Fund(values["target"]),
            }
        )


@dataclass(frozen=True)
class RuleRow:
    """One rule that changes: what it is called, how it stands, and how it would stand."""

    label: str
    before: str
    after: str


class ReadsRules(Protocol):
    """Reads rules as they are, in plain values."""

    def __call__(self) -> Mapping[str, Any]:
        """Return the rules by name."""


class SaysRules(Protocol):
    """Says rules in words."""

    def __call__(self, values: Mapping[str, Any], /) -> Sequence[tuple[str, str]]:
        """Return each rule's name and what it says."""


class KeepsRules(Protocol):
    """Applies rules that two people have agreed on."""

    def __call__(self, *, actor: Actor, now: datetime, wanted: Mapping[str, Any]) -> object:
        """Apply them from now on."""


@dataclass(frozen=True)
class KeptRules:
    """A book of rules that two people change: its name, its page, and how it is read and kept."""

    title: str
    endpoint: str
    values: ReadsRules
    words: SaysRules
    keep: KeepsRules
