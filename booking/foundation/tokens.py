"""Unguessable identifiers: secret tokens (only their hash is stored) and public ids."""

import hashlib
import hmac
import secrets

#: Capitals that nobody takes for another letter or a digit, and that make no words.
CODE_LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
#: The first letters of a code say which letter it is of; the others are its secret, 34 bits.
NUMBER_LENGTH, SECRET_LENGTH = 4, 8


def new_token() -> str:
    """Return 256 random bits as URL-safe text."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token: its SHA-256, in hex.

    A plain hash is enough for a secret of 256 random bits (ASVS 5.0 6.5.2).
    """
    return hashlib.sha256(token.encode()).hexdigest()


def new_code_mark() -> str:
    """Return what the database keeps of a code: its first letters, and 128 random bits."""
    number = "".join(secrets.choice(CODE_LETTERS) for _ in range(NUMBER_LENGTH))
    return f"{number}:{secrets.token_hex(16)}"


def code_of(mark: str, key: str) -> str:
    """Return the code of a mark, in fours for somebody to type: "BCDF GHJK LMNP".

    Its secret is kept nowhere, for 34 bits can be guessed by whoever has a hash (ASVS 5.0 6.5.2):
    it is worked out from the mark with a key that the database does not have.
    """
    drawn = int.from_bytes(hmac.new(key.encode(), f"code of {mark}".encode(), "sha256").digest())
    letters = list(mark[:NUMBER_LENGTH])
    for _ in range(SECRET_LENGTH):
        drawn, letter = divmod(drawn, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[letter])
    return " ".join("".join(letters[start : start + 4]) for start in range(0, len(letters), 4))


def typed_code(code: str) -> str:
    """Return a code as it is compared, however it was typed."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def is_code_of(typed: str, mark: str, key: str) -> bool:
    """Return whether somebody typed the code of a mark; all of it is compared, in like time."""
    return hmac.compare_digest(typed_code(code_of(mark, key)).encode(), typed_code(typed).encode())


def code_hash(code: str, key: str) -> str:
    """Return a keyed hash of a code: the database keeps it of the shorter codes of version 1.0."""
    return hmac.new(key.encode(), f"code {typed_code(code)}".encode(), "sha256").hexdigest()


def new_public_id() -> str:
    """Return 96 random bits as URL-safe text, for things that appear in addresses."""
    return secrets.token_urlsafe(12)
