"""What the claims of an identity provider prove: an address, an organisation, a second factor.

A claim is what Google or Microsoft says of somebody in a signed ID token (OpenID Connect Core 1.0,
section 2). The signature proves who says it; nothing proves that it is more than a claim, because
each provider lets people write some as they like. Here is written which are believed, and why.
"""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Any

Claims = Mapping[str, Any]
#: Google owns every mailbox of this domain.
GMAIL = "@gmail.com"
#: "Several factors were used", by RFC 8176.
SEVERAL_FACTORS = "mfa"
_YES = (True, "true", "1", 1)


class ProviderKind(StrEnum):
    """Who proves who somebody is; the words are also those of addresses and of the audit trail."""

    GOOGLE = "google"
    MICROSOFT = "microsoft"


def proven_address(kind: ProviderKind, claims: Claims) -> str:
    """Return the e-mail address that its owner is proven to have, in lower case; "" if none is.

    Google: `email`, if `email_verified`, and if Google runs the mailbox: an address at Gmail, or
    one of an organisation (`hd`). Anybody may open a Google account with an address elsewhere;
    Google then looked once, on some day in the past, and the address may have another owner since
    (Google Identity: "Verify the Google ID token").

    Microsoft: `email`, if `xms_edov` says that the organisation has proven to own its domain
    (Entra: "Optional claims reference"). Never `email` alone, which an administrator of any
    organisation may set to anybody's address, and guests bring along ("nOAuth"); and never
    `preferred_username` or `upn`, which change, so that Microsoft says to decide nothing by them.
    """
    address = claims.get("email")
    if not isinstance(address, str) or "@" not in address:
        return ""
    address = address.strip().lower()
    return address if _IS_PROVEN[kind](claims, address) else ""


def _by_google(claims: Claims, address: str) -> bool:
    runs_mailbox = address.endswith(GMAIL) or bool(claims.get("hd"))
    return _says_yes(claims, "email_verified") and runs_mailbox


def _by_microsoft(claims: Claims, _address: str) -> bool:
    return _says_yes(claims, "xms_edov")


_IS_PROVEN: dict[ProviderKind, Callable[[Claims, str], bool]] = {
    ProviderKind.GOOGLE: _by_google,
    ProviderKind.MICROSOFT: _by_microsoft,
}


def is_of_organisation(kind: ProviderKind, claims: Claims, allowed: Collection[str]) -> bool:
    """Return whether somebody belongs to one of the organisations that are allowed.

    Google: `hd` is one of the domains; without any, everybody may come. Microsoft: `tid` is the
    tenant, which is always named.
    """
    if kind is ProviderKind.GOOGLE:
        return not allowed or str(claims.get("hd", "")).lower() in allowed
    return str(claims.get("tid", "")).lower() in allowed


def has_several_factors(claims: Claims) -> bool:
    """Return whether the provider says that it asked for more than one factor (`amr`)."""
    methods = claims.get("amr")
    return isinstance(methods, list) and SEVERAL_FACTORS in methods


def _says_yes(claims: Claims, name: str) -> bool:
    """Return whether a claim is true; Microsoft writes it as a truth, a number or a text."""
    said = claims.get(name)
    return isinstance(said, bool | int | str) and said in _YES
