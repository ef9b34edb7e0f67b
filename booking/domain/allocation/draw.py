"""The public lottery: a commitment before requests are read, a ticket for each school after.

Both are plain SHA-256 of UTF-8 text, written as 64 small hexadecimal digits, so that a shell can
recompute them:

    commitment   printf '%s' SEED | sha256sum
    ticket       printf '%s\\n%s\\n%s' SEED EVENT SCHOOL | sha256sum

One line feed stands between the parts and none at the end. No part may hold a line feed, so that
no two draws ever hash the same text. The lowest ticket goes first. A ticket depends on nothing
that a school reports, and not on which other schools take part.
"""

from collections.abc import Iterable
from hashlib import sha256

from booking.domain.allocation import claims

#: A shorter seed could be found by trying them all against its commitment.
SEED_LENGTH_MIN = 32


class SeedTooShort(claims.ClaimRefused):
    """A seed could be guessed from its commitment."""


def new_commitment(seed: str) -> str:
    """Return what to publish with the event, so that the seed cannot be changed afterwards."""
    claims.legible(seed, "The seed of the lottery")
    if len(seed) < SEED_LENGTH_MIN:
        raise SeedTooShort(f"The seed of a lottery needs {SEED_LENGTH_MIN} characters or more.")
    return commitment(seed)


def commitment(seed: str) -> str:
    """Return the SHA-256 of a seed that has been revealed, to compare with what was published."""
    return sha256(seed.encode()).hexdigest()


def ticket(seed: str, event: str, school: str) -> str:
    """Return the lottery ticket of a school at an event: SHA-256 of the three, one on a line."""
    claims.legible(seed, "The seed of the lottery")
    claims.legible(event, "The short name of an event")
    claims.legible(school, "The short name of a school")
    return sha256(f"{seed}\n{event}\n{school}".encode()).hexdigest()


def lottery_order(seed: str, event: str, schools: Iterable[str]) -> tuple[str, ...]:
    """Return the schools in the order drawn: lowest ticket first."""
    return tuple(sorted(schools, key=lambda school: (ticket(seed, event, school), school)))
