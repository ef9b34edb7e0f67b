"""The blueprint for files, and how addresses find an owner or a file that somebody keeps."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint
from flask_login import current_user

from booking.domain.permissions import Scope
from booking.foundation import clock
from booking.foundation.files import queries
from booking.foundation.files.details import FileOwner
from booking.foundation.files.imports import BYTES_MAX
from booking.foundation.files.models import AttachedFile
from booking.foundation.web import uploads

blueprint = Blueprint("files", __name__, url_prefix="/files")
# A file that is too large is refused in words.
uploads.admit(blueprint, {"files.keep", "files.replace"}, bytes_max=2 * BYTES_MAX)


@dataclass(frozen=True)
class KeptFile:
    """A file, and its owner as the person meets it who looks after its files."""

    file: AttachedFile
    owner: FileOwner


def load_owner(kind: str, owner_id: str) -> FileOwner | None:
    """Return the owner at an address, if the person signed in looks after its files."""
    owner = queries.owner(kind, owner_id, actor=current_user.actor, now=clock.now())
    return owner if owner is not None and owner.keeps else None


def load_kept(public_id: str) -> KeptFile | None:
    """Return the file at an address, if the person signed in looks after it."""
    file = queries.by_public_id(public_id)
    owner = load_owner(file.owner_kind, file.owner_id) if file is not None else None
    return KeptFile(file, owner) if file is not None and owner is not None else None


def whole_network(_kept: Any) -> Scope:
    """Return what an owner belongs to: its own feature has said who may."""
    return Scope()
