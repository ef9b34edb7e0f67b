"""Text that a stolen database does not give away: AES-256-GCM with the key kept elsewhere."""

import base64
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from booking.foundation.settings import BadSetting

NONCE_BYTES = 12


class BadFieldKey(BadSetting):
    """FIELD_KEY does not have the form id:base64-of-32-bytes."""


class CannotDecrypt(RuntimeError):
    """A row was encrypted with a key that FIELD_KEY no longer has, or it was changed."""


def read_keys(setting: str) -> dict[str, bytes]:
    """Read `id:base64,id:base64…`, newest first. Raises BadFieldKey."""
    keys = {}
    for part in setting.split(","):
        key_id, _, encoded = part.strip().partition(":")
        try:
            raw = base64.b64decode(encoded, validate=True)
        except ValueError as error:
            raise BadFieldKey(f"The key '{key_id}' in FIELD_KEY is not base64.") from error
        if not key_id or len(raw) != 32:
            raise BadFieldKey("FIELD_KEY must be id:base64 of exactly 32 bytes.")
        keys[key_id] = raw
    return keys


class FieldKeys:
    """The keys of FIELD_KEY: the first encrypts, all of them decrypt."""

    def __init__(self) -> None:
        self._keys: dict[str, AESGCM] = {}
        self._current = ""

    def configure(self, setting: str) -> None:
        """Read `id:base64,id:base64…`, newest first. Raises BadFieldKey."""
        keys = {key_id: AESGCM(raw) for key_id, raw in read_keys(setting).items()}
        self._keys, self._current = keys, next(iter(keys))

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the keys, newest first; what a key has encrypted begins with its id."""
        return tuple(self._keys)

    def encrypt(self, plain: bytes) -> str:
        """Return `key id:base64(nonce + ciphertext)`."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + self._keys[self._current].encrypt(nonce, plain, self._current.encode())
        return f"{self._current}:{base64.b64encode(sealed).decode()}"

    def decrypt(self, stored: str) -> bytes:
        """Return the plain bytes of what `encrypt` returned. Raises CannotDecrypt."""
        key_id, _, encoded = stored.partition(":")
        if key_id not in self._keys:
            raise CannotDecrypt(f"FIELD_KEY lacks the key '{key_id}' that a row needs.")
        sealed = base64.b64decode(encoded)
        try:
            return self._keys[key_id].decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], key_id.encode()
            )
        except InvalidTag as error:
            raise CannotDecrypt("An encrypted value was changed or its key replaced.") from error


field_keys = FieldKeys()


class EncryptedText(TypeDecorator[str]):
    """A text column whose stored form is encrypted with the current field key."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt on the way in."""
        return None if value is None else field_keys.encrypt(value.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Decrypt on the way out."""
        return None if value is None else field_keys.decrypt(value).decode()


class EncryptedBytes(TypeDecorator[bytes]):
    """A binary column (mail attachments) whose stored form is encrypted."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        return None if value is None else field_keys.encrypt(value).encode()

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """Decrypt on the way out."""
        return None if value is None else field_keys.decrypt(bytes(value).decode())
