"""Which providers there are: their settings, what is pinned of each, and the clients that ask them.

A provider without a client id is off, and no page mentions it.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from booking.domain.identity_claims import ProviderKind
from booking.foundation.notifications.render import absolute_url
from booking.foundation.settings import BadSetting, Setting
from booking.foundation.web.addresses import Path
from booking.people.openid.details import Provider
from booking.people.openid.fetching import ProviderClient

EXTENSION = "openid"
SETTINGS = (
    Setting("GOOGLE_CLIENT_ID", "", "sign-in with Google: the client ID; empty: off"),
    Setting("GOOGLE_CLIENT_SECRET", "", "sign-in with Google: the client secret"),
    Setting(
        "GOOGLE_DOMAINS",
        "",
        "whose Google accounts may sign in, such as school.example,trust.example; empty: all",
    ),
    Setting(
        "MICROSOFT_CLIENT_ID", "", "sign-in with Microsoft: the application (client) ID; empty: off"
    ),
    Setting("MICROSOFT_CLIENT_SECRET", "", "sign-in with Microsoft: the client secret’s value"),
    Setting("MICROSOFT_TENANT", "", "sign-in with Microsoft: the directory (tenant) ID"),
    Setting("OPENID_STAND_IN", "", "the address of a stand-in for both providers, in tests only"),
)
GOOGLE = "https://accounts.google.com"
#: Where Google says today that it gives tokens and has its keys.
GOOGLE_ORIGINS = (GOOGLE, "https://oauth2.googleapis.com", "https://www.googleapis.com")
MICROSOFT = "https://login.microsoftonline.com"
_TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: The tenant of everybody's private Microsoft accounts.
PRIVATE_ACCOUNTS = "9188040d-6c67-4c5b-b112-36a304b66dad"
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def check(values: Mapping[str, Any]) -> None:
    """Refuse settings that would let in anybody, or send people elsewhere. Raises BadSetting."""
    for kind in ("GOOGLE", "MICROSOFT"):
        if bool(values[f"{kind}_CLIENT_ID"]) != bool(values[f"{kind}_CLIENT_SECRET"]):
            raise BadSetting(f"Set both {kind}_CLIENT_ID and {kind}_CLIENT_SECRET, or neither.")
    wrong = [each for each in _domains(values) if not _DOMAIN.fullmatch(each)]
    if wrong:
        raise BadSetting("GOOGLE_DOMAINS must be domains, such as school.example,trust.example.")
    tenant = _tenant(values)
    if values["MICROSOFT_CLIENT_ID"] and (
        not _TENANT.fullmatch(tenant) or tenant == PRIVATE_ACCOUNTS
    ):
        raise BadSetting(
            "MICROSOFT_TENANT must be the directory (tenant) ID of one organisation, as 36 "
            "characters with hyphens. “common”, “organizations” and “consumers” would let in "
            "anybody who has a Microsoft account."
        )
    if values["OPENID_STAND_IN"] and values["APP_ENV"] == "production":
        raise BadSetting("OPENID_STAND_IN is for tests: anybody could sign in as anybody.")


def of_settings(values: Mapping[str, Any]) -> list[Provider]:
    """Return the providers that are set up, Google first; the settings have been checked."""
    found, stand_in = [], values["OPENID_STAND_IN"]
    if values["GOOGLE_CLIENT_ID"]:
        found.append(
            Provider(
                kind=ProviderKind.GOOGLE,
                issuer=f"{stand_in}/google" if stand_in else GOOGLE,
                origins=frozenset([_origin(stand_in)] if stand_in else GOOGLE_ORIGINS),
                client_id=values["GOOGLE_CLIENT_ID"],
                client_secret=values["GOOGLE_CLIENT_SECRET"],
                organisations=frozenset(_domains(values)),
            )
        )
    if values["MICROSOFT_CLIENT_ID"]:
        tenant = _tenant(values)
        home = f"{stand_in}/microsoft" if stand_in else MICROSOFT
        found.append(
            Provider(
                kind=ProviderKind.MICROSOFT,
                issuer=f"{home}/{tenant}/v2.0",
                origins=frozenset([_origin(home)]),
                client_id=values["MICROSOFT_CLIENT_ID"],
                client_secret=values["MICROSOFT_CLIENT_SECRET"],
                organisations=frozenset([tenant]),
            )
        )
    return found


def clients() -> Mapping[ProviderKind, ProviderClient]:
    """Return what asks the providers of this application, by kind; empty if it has none."""
    found: Mapping[ProviderKind, ProviderClient] = current_app.extensions[EXTENSION]
    return found


def address_back(provider: Provider) -> str:
    """Return where a provider sends browsers back to; it must be registered there, to the letter.

    Commands say it too, so it is built without a request.
    """
    named = {"provider": provider.kind.value}
    return absolute_url(Path(current_app.url_map.bind("").build("openid.back", named)))


def choices() -> list[Provider]:
    """Return the providers that people may choose here."""
    return [client.provider for client in clients().values()]


def _tenant(values: Mapping[str, Any]) -> str:
    return str(values["MICROSOFT_TENANT"]).strip().lower()


def _domains(values: Mapping[str, Any]) -> list[str]:
    parts = str(values["GOOGLE_DOMAINS"]).split(",")
    return [part.strip().lower() for part in parts if part.strip()]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
