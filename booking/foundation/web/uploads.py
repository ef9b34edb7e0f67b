"""Files that people upload: larger than other forms, and looked at before anything reads them."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, request
from flask_login import current_user
from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from booking.foundation.ports import Socket


@Socket
def harmful(content: bytes, /) -> str:
    """Return why a content must not be read, in words for whoever sent it; "" if nothing is."""
    return ""


def looked_at(field: FileField, bytes_max: int) -> None:
    """Have a file looked at for viruses that a form reads and does not keep.

    It is read again from its beginning afterwards. Raises ValidationError.
    """
    if not field.data:
        return
    content = field.data.read(bytes_max + 1)
    field.data.seek(0)
    if words := harmful(content):
        raise ValidationError(words)


def admit(blueprint: Blueprint, endpoints: Collection[str], *, bytes_max: int) -> None:
    """Read uploads of so many bytes at these endpoints, from whoever is signed in.

    The form token is read from the upload before any view starts, so no view can allow it.
    """

    @blueprint.url_value_preprocessor
    def allow(endpoint: str | None, _values: dict[str, Any] | None) -> None:
        is_upload = endpoint in endpoints and request.mimetype == "multipart/form-data"
        if is_upload and current_user.is_authenticated:
            request.max_content_length = bytes_max
