"""Encrypts copies of the database with age, so that whoever keeps them cannot read them.

The server knows only whom a copy is for (`age1…`). The private key that opens it is elsewhere.
https://age-encryption.org says what the files look like; the program `age` reads them as well.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from booking.foundation.settings import BadSetting

BEGINNING = b"age-encryption.org/v1\n"
SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how every private key begins
INSTALL = "pip install 'fairplace[backup]'"


class CannotOpen(RuntimeError):
    """A copy cannot be decrypted; the message says why."""


class Damaged(CannotOpen):
    """The key is the right one, but what it opens was changed."""


def recipients(setting: str) -> list[str]:
    """Return whom a copy is for: what is between commas. Raises BadSetting."""
    found = [each.strip() for each in setting.split(",") if each.strip()]
    if found and find_spec("pyrage") is None:
        raise BadSetting(f"Copies cannot be encrypted before you install what does it: {INSTALL}.")
    for each in found:
        _recipient(each)
    return found


def encrypt(reader: IO[bytes], writer: IO[bytes], to: Sequence[str]) -> None:
    """Encrypt a stream, piece by piece, for whoever has the private key of one in `to`."""
    import pyrage  # noqa: PLC0415 - optional: the extra `backup`

    pyrage.encrypt_io(reader, writer, [_recipient(each) for each in to])


def decrypt(path: Path, to: Path, key_file: Path) -> None:
    """Decrypt a file with the private keys in another. Raises CannotOpen."""
    if find_spec("pyrage") is None:
        raise CannotOpen(f"{path} cannot be decrypted before you install what does it: {INSTALL}.")
    import pyrage  # noqa: PLC0415 - optional: the extra `backup`

    keys = _keys_in(key_file)
    try:
        with path.open("rb") as reader, to.open("wb") as writer:
            pyrage.decrypt_io(reader, writer, keys)
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise CannotOpen(
                f"{key_file} does not open {path}: it was encrypted for another key."
            ) from error
        raise Damaged(str(error)) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise Damaged(str(error)) from error


def is_encrypted(path: Path) -> bool:
    """Return whether a file is one of age's."""
    with path.open("rb") as file:
        return file.read(len(BEGINNING)) == BEGINNING


def write_key(path: Path) -> str:
    """Write a new private key to a file of its owner; return whom to encrypt for."""
    if find_spec("pyrage") is None:
        raise CannotOpen(f"No key can be made before you install what does it: {INSTALL}.")
    import pyrage  # noqa: PLC0415 - optional: the extra `backup`

    key = pyrage.x25519.Identity.generate()
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(f"# Opens copies for {key.to_public()}\n{key}\n")
    return str(key.to_public())


def _recipient(name: str) -> object:
    import pyrage  # noqa: PLC0415 - optional: the extra `backup`

    try:
        return pyrage.x25519.Recipient.from_str(name)
    except pyrage.RecipientError as error:
        # Without the text itself: it may be the private key.
        raise BadSetting(
            "BACKUP_ENCRYPT_TO takes public keys, such as age1…, and one of them is none: "
            "`fairplace backup-key FILE` makes a pair."
        ) from error


def _keys_in(path: Path) -> list[object]:
    import pyrage  # noqa: PLC0415 - optional: the extra `backup`

    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith(SECRET)]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise CannotOpen(f"{path} cannot be read as a private key.") from error
    if not keys:
        raise CannotOpen(f"There is no private key in {path}: a line that begins with {SECRET}1.")
    return keys
