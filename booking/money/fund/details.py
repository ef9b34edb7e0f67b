"""The details of one of the network's funds, and what is known of a book of its rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from booking.domain.permissions import Actor


@dataclass(frozen=True)
class FundDetails:
    """A fund's title and purpose, and whether it is restricted to that purpose."""

    title: str
    purpose: str
    restricted: bool = False


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
