"""A provider as it is set up here, what it said of somebody, and what a person has begun."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from booking.domain.identity_claims import Claims, ProviderKind, has_several_factors
from booking.foundation.encryption import CannotDecrypt, field_keys
from booking.foundation.tokens import new_token

#: How long somebody may take at the provider.
LASTS = timedelta(minutes=10)
#: What an attempt is encrypted for: nothing else that is encrypted is taken for one.
SEAL = "attempt at a provider"
TITLES = {ProviderKind.GOOGLE: "Google", ProviderKind.MICROSOFT: "Microsoft"}


@dataclass(frozen=True)
class Provider:
    """Who proves who somebody is, pinned: nothing that it answers can change any of this."""

    kind: ProviderKind
    #: Its name for itself, which every ID token must have to the letter.
    issuer: str
    #: The only machines that we ask, or send anybody to.
    origins: frozenset[str]
    client_id: str
    client_secret: str
    #: Google's domains or Microsoft's tenant, in lower case; see `is_of_organisation`.
    organisations: frozenset[str]

    @property
    def title(self) -> str:
        """Return what people call it."""
        return TITLES[self.kind]

    def __repr__(self) -> str:
        """Show no secret: this ends up in logs."""
        return f"<Provider {self.kind}>"


@dataclass(frozen=True)
class Proven:
    """What a provider has proven of somebody, to us and for this attempt."""

    issuer: str
    subject: str
    claims: Claims

    @property
    def is_both(self) -> bool:
        """Whether the provider says that it asked for two factors."""
        return has_several_factors(self.claims)


class Purpose(StrEnum):
    """What somebody goes to the provider for."""

    SIGN_IN = "sign_in"
    #: To accept an invitation with a new account, whose name they have typed.
    ACCEPT = "accept"
    #: To link it to the account they are signed in to.
    LINK = "link"
    #: To show again that it is they who are signed in.
    PROVE = "prove"


@dataclass(frozen=True)
class Attempt:
    """What one browser has begun; kept in its session, and good for one answer.

    `state` ties the answer to this browser (against forged requests), `nonce` the ID token to this
    attempt (against replay), and `verifier` the code to us (PKCE).
    """

    kind: ProviderKind
    purpose: Purpose
    state: str
    nonce: str
    verifier: str
    at: datetime
    #: The page to go on to; what was typed into a form that came too late.
    next_page: str = ""
    kept: str = ""
    #: For an invitation: its token, and the name typed.
    invitation: str = ""
    name: str = ""

    def is_over(self, now: datetime) -> bool:
        """Return whether it has lasted too long."""
        return not self.at <= now < self.at + LASTS

    def sealed(self) -> str:
        """Return it as text that only we can read: an invitation's token is a secret."""
        return field_keys.encrypt(json.dumps(asdict(self), default=str).encode(), SEAL)


def begun(kind: ProviderKind, purpose: Purpose, *, now: datetime, **more: Any) -> Attempt:
    """Return a new attempt, with secrets of its own."""
    state, nonce, verifier = new_token(), new_token(), new_token()
    return Attempt(kind, purpose, state, nonce, verifier, now, **more)


def opened(sealed: str) -> Attempt | None:
    """Return an attempt that was sealed; None if it cannot be read."""
    try:
        found = json.loads(field_keys.decrypt(sealed, SEAL))
    except (CannotDecrypt, ValueError):
        return None
    found["kind"], found["purpose"] = ProviderKind(found["kind"]), Purpose(found["purpose"])
    found["at"] = datetime.fromisoformat(found["at"])
    return Attempt(**found)
