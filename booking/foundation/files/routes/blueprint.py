"""The blueprint for files, and how addresses find an owner or a file that somebody keeps."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request
from flask_login import current_user

from booking.domain.permissions import Scope
from booking.foundation import clock
from booking.foundation.files import queries
from booking.foundation.files.details import FileOwner
from booking.foundation.files.imports import BYTES_MAX
from booking.foundation.files.models import AttachedFile

blueprint = Blueprint("files", __name__, url_prefix="/files")
#: The largest upload that is read at all, so that a file that is too large can be refused in words.
UPLOAD_BYTES_MAX = 2 * BYTES_MAX
WITH_UPLOAD = {"files.keep", "files.replace"}


@blueprint.url_value_preprocessor
def admit_upload(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Allow a file to be larger than other forms, if somebody is signed in.

    It is here because the form token is read from the upload before any view starts.
    """
    is_upload = endpoint in WITH_UPLOAD and request.mimetype == "multipart/form-data"
    if is_upload and current_user.is_authenticated:
        request.max_content_length = UPLOAD_BYTES_MAX


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
