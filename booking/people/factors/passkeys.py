"""What browsers ask of passkeys, and what passkeys answer (W3C Web Authentication), with fido2."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from booking.foundation.tokens import new_token, token_hash
from booking.people.factors.details import CHALLENGE_SECONDS, Answered, NewPasskey, Site
from booking.people.factors.refusals import NotProved

#: The device asks for a fingerprint, face or PIN, so that a passkey is two factors by itself.
VERIFIED = UserVerificationRequirement.REQUIRED
LONGEST = 20_000


def new_challenge() -> str:
    """Return 256 random bits, in base64url."""
    return new_token()


def to_make(
    site: Site, *, person: tuple[str, str, str], known: Sequence[str], challenge: str
) -> str:
    """Return, as JSON, what a browser needs to make a passkey.

    `person` is their public id, address and name; `known` are the passkeys that they have, which a
    device does not make twice.
    """
    handle, email, name = person
    options, _state = _server(site).register_begin(
        PublicKeyCredentialUserEntity(id=handle.encode(), name=email, display_name=name),
        credentials=_described(known),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
        challenge=websafe_decode(challenge),
    )
    return _as_json(options)


def to_ask(site: Site, *, known: Sequence[str], challenge: str) -> str:
    """Return, as JSON, what a browser needs to ask a passkey; without `known`, any of this site."""
    options, _state = _server(site).authenticate_begin(
        credentials=_described(known) or None,
        user_verification=VERIFIED,
        challenge=websafe_decode(challenge),
    )
    return _as_json(options)


def made(site: Site, said: str, *, challenge: str) -> NewPasskey:
    """Return the passkey that a device made for this challenge. Raises NotProved."""
    try:
        data = _server(site).register_complete(_state(challenge), _read(said))
        credential = data.credential_data
        assert credential is not None, "a new passkey brings its key"
        return NewPasskey(websafe_encode(credential.credential_id), bytes(credential), data.counter)
    except Exception as error:  # a device, or whoever pretends to be one, sends anything
        raise NotProved("That passkey could not be added. Please try again.") from error


def credential_in(said: str) -> str:
    """Return which passkey claims to answer; "" if that cannot be read."""
    try:
        return websafe_encode(AuthenticationResponse.from_dict(_read(said)).raw_id)
    except Exception:  # noqa: BLE001 - a device, or whoever pretends to be one, sends anything
        return ""


def answered(site: Site, said: str, *, challenge: str, public_key: bytes) -> Answered:
    """Return what the passkey with this key answered to this challenge. Raises NotProved."""
    try:
        credential = _server(site).authenticate_complete(
            _state(challenge), [AttestedCredentialData(public_key)], _read(said)
        )
        counter = AuthenticationResponse.from_dict(_read(said)).response.authenticator_data.counter
    except Exception as error:  # a device, or whoever pretends to be one, sends anything
        raise NotProved("That passkey was not accepted. Please try again.") from error
    return Answered(websafe_encode(credential.credential_id), counter, token_hash(challenge))


def _server(site: Site) -> Fido2Server:
    server = Fido2Server(
        PublicKeyCredentialRpEntity(id=site.domain, name=site.name),
        verify_origin=lambda origin: origin == site.origin,
    )
    server.timeout = CHALLENGE_SECONDS * 1000  # type: ignore[assignment]  # in milliseconds
    return server


def _described(known: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(each)
        )
        for each in known
    ]


def _state(challenge: str) -> Mapping[str, Any]:
    return {"challenge": challenge, "user_verification": VERIFIED}


def _read(said: str) -> Mapping[str, Any]:
    if len(said) > LONGEST:
        raise ValueError("no passkey says so much")
    found = json.loads(said)
    assert isinstance(found, dict)
    return found


def _as_json(options: Mapping[str, Any]) -> str:
    return json.dumps(dict(options)["publicKey"], default=dict)
