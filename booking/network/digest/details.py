"""What one digest has: lines with whole addresses, and what makes it worth a mail."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

#: Characters of the digest of a task: enough to know it again.
MARK_LENGTH = 8


@dataclass(frozen=True)
class DigestLine:
    """A line of the mail: what it is, a word about it, and its whole address."""

    title: str
    hint: str
    url: str


@dataclass(frozen=True)
class DigestContents:
    """What one person's digest has."""

    tasks: Sequence[DigestLine]
    news: Sequence[DigestLine]

    @property
    def marks(self) -> str:
        """What needs the person, as short digests."""
        return " ".join(sorted({_mark(task.url) for task in self.tasks}))

    def is_worth_it(self, told: str) -> bool:
        """Return whether there is more than what an earlier digest asked."""
        return bool(self.news or set(self.marks.split()) - set(told.split()))


def _mark(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:MARK_LENGTH]
