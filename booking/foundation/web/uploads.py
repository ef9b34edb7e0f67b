"""Files that people upload may be larger than other forms."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, request
from flask_login import current_user


def admit(blueprint: Blueprint, endpoints: Collection[str], *, bytes_max: int) -> None:
    """Read uploads of so many bytes at these endpoints, from whoever is signed in.

    The form token is read from the upload before any view starts, so no view can allow it.
    """

    @blueprint.url_value_preprocessor
    def allow(endpoint: str | None, _values: dict[str, Any] | None) -> None:
        is_upload = endpoint in endpoints and request.mimetype == "multipart/form-data"
        if is_upload and current_user.is_authenticated:
            request.max_content_length = bytes_max
