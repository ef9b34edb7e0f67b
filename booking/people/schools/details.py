"""Facts of a school as plain values, handed from one feature to another."""

from typing import NamedTuple


class SchoolLine(NamedTuple):
    """What a coordinator's home needs of the school, as columns."""

    id: int
    slug: str
    name: str
    #: Year groups as ordinals.
    low_year: int
    high_year: int
    emergency_phone: str
