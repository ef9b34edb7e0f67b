"""Plain values of the directory: what an offer says, and what somebody looks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from booking.domain.helping import ExpertiseDetails, HelpKind, HelpPhase
from booking.network.directory.models import Expertise, HelpArea

_Words = TypeVar("_Words", bound=StrEnum)


@dataclass(frozen=True)
class AskingDetails:
    """What a school asks for."""

    area_id: int
    what: str
    by_when: str


@dataclass(frozen=True)
class DirectoryFilters:
    """What somebody looks for in the directory."""

    q: str = ""
    area: str = ""
    phase: HelpPhase | None = None
    kind: HelpKind | None = None


def stored(chosen: Iterable[StrEnum]) -> str:
    """Return words as a column keeps them: " primary middle "."""
    return "".join(f" {each.value}" for each in sorted(chosen)) + " "


def read(kind: type[_Words], text: str) -> frozenset[_Words]:
    """Return the words of a column."""
    return frozenset(kind(each) for each in text.split())


def details_of(offer: Expertise) -> ExpertiseDetails:
    """Return what a stored offer says."""
    return ExpertiseDetails(
        areas=frozenset(area.id for area in offer.areas),
        phases=read(HelpPhase, offer.phases),
        kinds=read(HelpKind, offer.kinds),
        time=offer.time,
        costs=offer.costs,
        about=offer.about,
        for_partners=offer.for_partners,
    )


def copy_onto(offer: Expertise, details: ExpertiseDetails, areas: Iterable[HelpArea]) -> None:
    """Let an offer say this."""
    offer.areas = list(areas)
    offer.phases, offer.kinds = stored(details.phases), stored(details.kinds)
    offer.time, offer.costs = details.time.strip(), details.costs
    offer.about, offer.for_partners = details.about.strip(), details.for_partners
