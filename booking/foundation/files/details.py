"""Plain values of the file shelf: an owner as one reader meets it, and a file that was sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from booking.domain.filing import FileKind
from booking.foundation.files.models import FileAudience

#: How many files one owner has at most; nobody finds their way in a longer list.
FILES_MAX = 40
LABEL_MAX = 60


@dataclass(frozen=True)
class FileOwner:
    """Something that has files, and what one person is to it."""

    #: Which feature knows it, and its public id there.
    kind: str
    public_id: str
    title: str
    #: Its page, where a keeper came from.
    url: str
    #: The row that acts are recorded about.
    subject: Any
    #: On whose shelf its files lie; None: the network's.
    school_id: int | None
    #: The audiences that this person belongs to.
    reads: frozenset[FileAudience]
    #: Whether this person looks after its files.
    keeps: bool
    #: Whom a file can be for, in words, the usual one first.
    audiences: Mapping[FileAudience, str]
    #: What its files are usually called.
    labels: tuple[str, ...] = ()
    #: Whether its files can go with the mail that invites a family.
    has_invitations: bool = False


@dataclass(frozen=True)
class Upload:
    """A file that was looked at and may be kept."""

    name: str
    kind: FileKind
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """Return the SHA-256 of the content, in hex."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class FileFacts:
    """What its keeper says about a file."""

    label: str
    audience: FileAudience
    with_invitation: bool = False
