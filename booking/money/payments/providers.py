"""Which card processors there are: each is one folder and one line in this table.

A folder needs two modules. Its `settings` say what it needs from whoever runs the site, and refuse
what is unsafe; its `wiring` builds its gateway, and has its pages if any are on this site. Only the
folder chosen by the setting PAYMENTS is loaded beyond its settings.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Blueprint

    from booking.foundation.settings import Setting
    from booking.money.payments.processor_account import Processor

#: The values of PAYMENTS, and the folder for each.
PROVIDERS = {
    "demo": "booking.money.payments.demo_processor",
    "stripe": "booking.money.payments.stripe_adapter",
    "none": "booking.money.payments.no_processor",
}


class ProviderSettings(Protocol):
    """What a folder's `settings` must have."""

    SETTINGS: tuple[Setting, ...]

    def check(self, values: Mapping[str, Any]) -> None:
        """Refuse settings that would endanger somebody's money. BadSetting."""


class ProviderWiring(Protocol):
    """What a folder's `wiring` must have."""

    #: Its own pages on this site.
    blueprint: Blueprint | None

    def build(self, settings: Mapping[str, Any]) -> Processor:
        """Return the processor; the settings have been checked."""


def settings_of(name: str) -> ProviderSettings:
    """Return the settings of a card processor."""
    return cast(ProviderSettings, import_module(f"{PROVIDERS[name]}.settings"))


def wiring_of(name: str) -> ProviderWiring:
    """Return what builds the gateway of a card processor."""
    return cast(ProviderWiring, import_module(f"{PROVIDERS[name]}.wiring"))


def settings() -> tuple[Setting, ...]:
    """Return the settings that all card processors need from whoever runs the site."""
    return tuple(setting for name in PROVIDERS for setting in settings_of(name).SETTINGS)
