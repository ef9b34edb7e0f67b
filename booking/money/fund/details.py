"""The details of one of the network's funds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FundDetails:
    """A fund's title and purpose, and whether it is restricted to that purpose."""

    title: str
    purpose: str
    restricted: bool = False
