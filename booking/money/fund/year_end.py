"""A point to look at before a school year is closed. Nothing here knows the database."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One point of the check list, and where to put it right.

    What `stops` has to be put right first; the rest may be accepted, and that is written down.
    """

    label: str
    #: What is open, in words; "" when nothing is.
    problem: str = ""
    #: A path, written out: the list is also asked for outside a request.
    url: str = ""
    stops: bool = False

    @property
    def is_fine(self) -> bool:
        """Say whether nothing is open."""
        return not self.problem
