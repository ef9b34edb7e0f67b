"""Style sheets, scripts and icons: their addresses name their content, so browsers keep them.
`theme.css?v=3f9a01c2` never changes and is kept for a year without checking; a new style sheet has
a new address. A file requested without its version is checked every time.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from werkzeug.security import safe_join

from booking.foundation.web.headers import FILES

YEAR_SECONDS = 365 * 24 * 60 * 60
VERSION = "v"


def init_app(app: Flask) -> None:
    """Let every static file's address name its version."""

    @app.url_defaults
    def add_version(endpoint: str, parts: dict[str, Any]) -> None:
        if endpoint in FILES and "filename" in parts and VERSION not in parts:
            path = safe_join(_folder(endpoint), parts["filename"])
            if path is not None and (version := _version(path, _written_at(path))):
                parts[VERSION] = version


def _folder(endpoint: str) -> str:
    blueprint, _, _name = endpoint.rpartition(".")
    owner = current_app.blueprints[blueprint] if blueprint else current_app
    return str(owner.static_folder)


def _written_at(path: str) -> float:
    """Return 0 but while somebody works on the file: it is read once in the life of a process."""
    file = Path(path)
    return file.stat().st_mtime if current_app.debug and file.exists() else 0


@cache
def _version(path: str, _written_at: float) -> str:
    file = Path(path)
    return sha256(file.read_bytes()).hexdigest()[:8] if file.is_file() else ""
