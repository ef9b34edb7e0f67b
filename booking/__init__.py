"""Fairplace: the booking system of a network of schools that share enrichment days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

#: The version, written here and nowhere else (docs/RELEASING.md).
__version__ = "1.1.0.dev0"


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Assemble the application; see `application.create_app`.

    Imports it only when called, so that the domain can be imported quickly on its own.
    """
    from booking import application  # noqa: PLC0415 - see above

    return application.create_app(overrides)
