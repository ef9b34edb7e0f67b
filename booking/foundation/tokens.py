"""Unguessable identifiers: secret tokens (only their hash is stored) and public ids."""

import hashlib
import hmac
import secrets

#: Capitals that nobody takes for another letter or a digit, and that make no words.
CODE_LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


def new_token() -> str:
    """Return 256 random bits as URL-safe text."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token: its SHA-256, in hex.

    A plain hash is enough for a secret of 256 random bits (ASVS 5.0 6.5.2).
    """
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Return eight random letters for somebody to type: "BCDF GHJK". They are 34 bits."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return f"{code[: CODE_LENGTH // 2]} {code[CODE_LENGTH // 2 :]}"


def code_hash(code: str, key: str) -> str:
    """Return what the database keeps of a code, however it was typed.

    34 bits can be guessed by whoever has the hash, so it takes a key that the database does not
    have.
    """
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hmac.new(key.encode(), f"code {plain}".encode(), "sha256").hexdigest()


def new_public_id() -> str:
    """Return 96 random bits as URL-safe text, for things that appear in addresses."""
    return secrets.token_urlsafe(12)
