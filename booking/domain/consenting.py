"""What a parent's consent is for, and which change of an event asks for it again.

Consent is for that day and place. The facts are the days with their times, the venue, the host, and
the standing words that are agreed to. A change of any of them asks again; a change of nothing else
does, such as the title, who leads it, or how a name is spelled. Each answer is kept with the digest
of its facts, and the newest answer counts alone: back at the facts that it was given for, it stands
again without being asked for, unless another was given in between.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class ConsentFacts:
    """The facts of an event that a parent agrees to."""

    #: From when until when, for each day.
    spans: tuple[tuple[datetime, datetime], ...]
    #: What the place is called, and its address.
    venue: tuple[str, ...]
    #: Which school hosts, by something that stays when it is renamed.
    host: str
    #: The standing words, before names and days are filled in.
    wording: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the facts: the same for the same facts, however they are typed."""
        days = sorted(f"{_moment(starts)} {_moment(ends)}" for starts, ends in self.spans)
        parts = (days, _plain(self.venue), [self.host], list(self.wording))
        counted = "\n".join(f"{len(part)}\n" + "\n".join(part) for part in parts)
        return hashlib.sha256(counted.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")


def _plain(texts: Sequence[str]) -> list[str]:
    """Return texts without what changes no place: capitals, spaces, how a letter is encoded."""
    return [" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in texts]
