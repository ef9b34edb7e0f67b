"""The six digits of an authenticator app (RFC 6238), with pyotp, and recovery codes."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from hmac import compare_digest

import pyotp

from booking.domain import second_factors
from booking.foundation.tokens import CODE_LETTERS, token_hash

#: How many recovery codes somebody has, and how many letters each: 28 of 20 letters are 121 bits.
RECOVERY_CODES, RECOVERY_LETTERS, GROUP = 10, 28, 4
DIGITS = re.compile(r"[0-9]{6}")


def new_secret() -> str:
    """Return 160 random bits for an app, in base32."""
    return pyotp.random_base32()


def address(secret: str, *, email: str, network: str) -> str:
    """Return what an app reads from the picture: otpauth://…"""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=network)


def in_groups(text: str) -> str:
    """Return a secret as people can type it, four characters at a time."""
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def is_of_app(typed: str) -> bool:
    """Return whether what was typed can be a code of an app."""
    return DIGITS.fullmatch(plain(typed)) is not None


def plain(typed: str) -> str:
    """Return a code without the blanks and hyphens that people type."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def step_now(now: datetime) -> int:
    """Return which step of half a minute an instant is in."""
    return second_factors.step_of(int(now.timestamp()))


def step_of(typed: str, *, secret: str, steps: Iterable[int]) -> int | None:
    """Return which of `steps` has this code; None if none has. All are compared, in like time."""
    right = [step for step in steps if compare_digest(step_code(secret, step), plain(typed))]
    return right[-1] if right else None


def step_code(secret: str, step: int) -> str:
    """Return what an app shows in a step."""
    return str(pyotp.HOTP(secret).at(step))


def new_recovery_codes() -> list[str]:
    """Return a sheet of recovery codes, each as it is printed."""
    return [
        in_groups("".join(secrets.choice(CODE_LETTERS) for _ in range(RECOVERY_LETTERS)))
        for _ in range(RECOVERY_CODES)
    ]


def recovery_hash(typed: str) -> str:
    """Return what the database keeps of a recovery code, however it was typed.

    A plain hash is enough from 112 random bits on (OWASP ASVS 5.0, 6.5.2).
    """
    return token_hash(f"recovery {plain(typed)}")
