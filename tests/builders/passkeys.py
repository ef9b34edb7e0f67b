"""A passkey in software: makes key pairs and answers challenges as a device does."""

import json
import os
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG


class Device:
    """Somebody's device: `verifies` if it asks for a finger, `counts` if it counts its uses."""

    def __init__(
        self,
        *,
        origin: str = "http://localhost:8000",
        domain: str = "localhost",
        verifies: bool = True,
        counts: bool = True,
    ) -> None:
        self.origin, self.domain = origin, domain
        self.flags = FLAG.UP | (FLAG.UV if verifies else FLAG(0))
        self.count, self.counts = 0, counts
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(32)
        self.handle = b""

    def make(self, options: str) -> str:
        """Return what the device answers, as JSON, when it is asked to make a passkey."""
        asked = json.loads(options)
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.credential_id, public)
        data = AuthenticatorData.create(
            sha256(self.domain.encode()).digest(),
            self.flags | FLAG.AT,
            self._next(),
            bytes(credential),
        )
        attested = AttestationObject.create("none", data, {})
        return self._said(
            {
                "clientDataJSON": websafe_encode(self._client("webauthn.create", asked)),
                "attestationObject": websafe_encode(bytes(attested)),
            }
        )

    def answer(self, options: str) -> str:
        """Return what the device answers, as JSON, to a challenge."""
        client = self._client("webauthn.get", json.loads(options))
        data = AuthenticatorData.create(
            sha256(self.domain.encode()).digest(), self.flags, self._next()
        )
        signed = self.key.sign(bytes(data) + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._said(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(bytes(data)),
                "signature": websafe_encode(signed),
            }
        )

    def _client(self, kind: str, asked: dict[str, str]) -> bytes:
        return bytes(
            CollectedClientData.create(
                type=kind, challenge=asked["challenge"], origin=self.origin, cross_origin=False
            )
        )

    def _next(self) -> int:
        self.count += self.counts
        return self.count

    def _said(self, response: dict[str, str]) -> str:
        id_ = websafe_encode(self.credential_id)
        return json.dumps(
            {
                "id": id_,
                "rawId": id_,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )
