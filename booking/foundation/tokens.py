"""Unguessable identifiers: secret tokens (only their hash is stored) and public ids."""

import hashlib
import secrets


def new_token() -> str:
    """Return 256 random bits as URL-safe text."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token: its SHA-256, in hex.

    A plain hash is enough for a secret of 256 random bits (ASVS 5.0 6.5.2).
    """
    return hashlib.sha256(token.encode()).hexdigest()


def new_public_id() -> str:
    """Return 96 random bits as URL-safe text, for things that appear in addresses."""
    return secrets.token_urlsafe(12)
