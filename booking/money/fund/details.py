"""What is said of a fund of the network."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FundDetails:
    """What a fund is called, what it is for, and whether it is bound to that."""

    title: str
    purpose: str
    restricted: bool = False
