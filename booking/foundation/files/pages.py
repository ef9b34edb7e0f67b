"""What is shown of an owner's files, worked out for the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.foundation.files import queries, words
from booking.foundation.files.details import FileOwner
from booking.foundation.files.models import AttachedFile


@dataclass(frozen=True)
class FileLine:
    """One file in a list."""

    public_id: str
    label: str
    name: str
    #: "PDF, 120 KB".
    what: str
    for_whom: str
    with_invitation: bool
    from_earlier: bool
    added_at: datetime
    added_by: str = ""
    older: Sequence["FileLine"] = ()


@dataclass(frozen=True)
class Shelf:
    """An owner's files as one reader sees them."""

    owner: FileOwner
    lines: Sequence[FileLine]

    @property
    def unseen(self) -> int:
        """Return how many came with a copy and were not looked at since."""
        return sum(line.from_earlier for line in self.lines)


def shelf(owner: FileOwner) -> Shelf:
    """Return the files that a reader may see, for a panel on the owner's page."""
    return of_files(owner, queries.of(owner))


def of_files(owner: FileOwner, files: Sequence[AttachedFile]) -> Shelf:
    """Return files of an owner that were read already, all of which the reader may see."""
    return Shelf(owner, [_line(owner, file) for file in files])


def kept(owner: FileOwner) -> Shelf:
    """Return every file with its older versions and who added them, for whoever keeps them."""
    files = queries.all_of(owner)
    names = queries.names_of({file.added_by_id for file in files if file.added_by_id})
    older = {file.id: file for file in files if file.replaced_at is not None}
    return Shelf(
        owner,
        [
            _line(owner, file, names.get(file.added_by_id or 0, ""), _before(file, older, owner))
            for file in files
            if file.replaced_at is None
        ],
    )


def _before(file: AttachedFile, older: dict[int, AttachedFile], owner: FileOwner) -> list[FileLine]:
    """Return the versions before a file, the newest first."""
    found = []
    while (before := older.get(file.replaces_id or 0)) is not None:
        found.append(_line(owner, before))
        file = before
    return found


def _line(
    owner: FileOwner, file: AttachedFile, by: str = "", older: Sequence[FileLine] = ()
) -> FileLine:
    return FileLine(
        public_id=file.public_id,
        label=file.label,
        name=file.name,
        what=words.what(file.content.kind, file.content.size_bytes),
        for_whom=owner.audiences.get(file.audience, words.FOR_WHOM[file.audience]),
        with_invitation=file.with_invitation,
        from_earlier=file.from_earlier,
        added_at=file.added_at,
        added_by=by,
        older=older,
    )
