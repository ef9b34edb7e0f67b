"""How acts about files are told in a history."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, act
from booking.foundation.db import db
from booking.foundation.files import words
from booking.foundation.files.models import AttachedFile, FileAudience

_FILES = "Files"
_OPEN = {FileAudience.EVERYBODY, FileAudience.MEMBERS}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about files are told."""
    return {
        "attach_file": act(_FILES, "added {file_id} for {readers}{subject.more}", parts=_readers),
        "replace_file": act(_FILES, "replaced {file_id} by a newer version{subject.more}"),
        "change_file": act(
            _FILES, "changed {file_id}, which is for {readers}{subject.more}", parts=_readers
        ),
        "move_file": act(_FILES, "moved {file_id} in the list of files{subject.more}"),
        "delete_file": act(_FILES, "deleted {file_id}, which was for {readers}", parts=_readers),
        "copy_files": act(_FILES, "took {files:file} along{subject.more}"),
    }


def _readers(facts: Mapping[str, Any]) -> Mapping[str, str]:
    return {"readers": words.FOR_WHOM[FileAudience(facts["audience"])]}


def namers() -> Sequence[Namer]:
    """Return how files are named: by their labels, while they are there."""
    return (Namer(("attached_files",), _labels, Named("a file"), ("file_id",)),)


def _labels(ids: Collection[int], reads: HistoryReader) -> Mapping[int, Named]:
    """Name files by their labels, for whoever may read those.

    A history of the owner itself ("events" for files of an "event") is open to those who look after
    its files; any other may have readers for whom a label is not meant.
    """
    found = db.session.scalars(select(AttachedFile).where(AttachedFile.id.in_(ids)))
    return {
        file.id: Named(f"the file “{file.label}”")
        for file in found
        if file.audience in _OPEN or reads.table == f"{file.owner_kind}s"
    }
