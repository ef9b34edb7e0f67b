"""Passwords: argon2id, what is refused, and no more hashing at once than the machine can take."""

import os
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 128
#: 46 MiB, one pass: above OWASP's minimum, about 40 ms here. Login floods must not eat the memory.
PRODUCTION = PasswordHasher(memory_cost=46 * 1024, time_cost=1, parallelism=1)
#: As weak as the library allows: tests hash often and protect nobody.
TESTING = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
#: Long enough for our rule, but among the first that anybody would try.
BLOCKED = frozenset(
    {
        *("password1234", "password12345", "passwordpassword", "password123456", "mypassword123"),
        *("123456789012", "1234567890123", "12345678901234", "123123123123", "111222333444"),
        *("qwertyuiop12", "qwertyuiop123", "qwertyuiopasdf", "1q2w3e4r5t6y", "qwerty123456"),
        *("letmeinplease", "letmeinletmein", "iloveyou1234", "welcome12345", "changemeplease"),
        *("administrator", "administrator1", "abcdefghijkl", "abcdefghijklm", "abc123abc123"),
        *("football1234", "liverpool123", "manchester12", "sunshine1234", "princess1234"),
        *("teacherteacher", "schoolschool", "headteacher1", "headteacher123", "enrichment123"),
        *("correcthorsebatterystaple", "passwordpassword1", "trustno1trustno1", "monkeymonkey"),
    }
)


class WeakPassword(ValueError):
    """This password is refused; the message says what to choose instead."""


@dataclass(frozen=True)
class HashedPassword:
    """A hashed password, made before a transaction begins because hashing is slow on purpose."""

    text: str

    def __repr__(self) -> str:
        """Show nothing: this ends up in logs."""
        return "<HashedPassword>"


class _Hashing:
    """The hasher in use, and how many may hash at once in this process (two per core)."""

    def __init__(self) -> None:
        self.hasher = PRODUCTION
        self.turns = threading.BoundedSemaphore(2 * (os.cpu_count() or 1))
        self._dummies: dict[PasswordHasher, str] = {}

    def dummy(self) -> str:
        """Return a hash to check an unknown address against, so that it takes just as long."""
        if self.hasher not in self._dummies:
            self._dummies[self.hasher] = self.hasher.hash("nobody's password")
        return self._dummies[self.hasher]


_hashing = _Hashing()


def configure(environment: str) -> None:
    """Choose the hasher for APP_ENV `environment`."""
    _hashing.hasher = TESTING if environment == "testing" else PRODUCTION
    _hashing.dummy()


def hashed(password: str) -> HashedPassword:
    """Hash `password`. Never call this inside a transaction."""
    with _hashing.turns:
        return HashedPassword(_hashing.hasher.hash(_normal(password)))


def matches(stored_hash: str | None, password: str) -> bool:
    """Return whether `password` is the stored one; None (nobody) never is, and takes as long."""
    with _hashing.turns:
        try:
            _hashing.hasher.verify(stored_hash or _hashing.dummy(), _normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return stored_hash is not None


def is_outdated(stored_hash: str) -> bool:
    """Return whether the hash was made with parameters other than today's."""
    return _hashing.hasher.check_needs_rehash(stored_hash)


def check(password: str, *, about: Iterable[str]) -> None:
    """Raise WeakPassword unless `password` will do.

    `about` are words an attacker would try first: the person's address and name, the network.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(
            f"Use at least {SHORTEST} characters. Three or four random words are easy to "
            "remember and hard to guess."
        )
    if len(password) > LONGEST:
        raise WeakPassword(f"Use at most {LONGEST} characters.")
    plain = _plain(password)
    if plain in BLOCKED or len(set(plain)) < 5 or _counts_up(plain):
        raise WeakPassword("This is one of the first passwords anybody would try. Choose another.")
    if any(part in plain for part in _parts(about)):
        raise WeakPassword(
            "Leave out your name, your e-mail address and the name of the network: "
            "they are easy to guess."
        )


def _parts(about: Iterable[str]) -> set[str]:
    """Return what a password must not contain: each whole text, and both halves of an address."""
    found = set()
    for words in about:
        plain = _plain(words)
        name, at, domain = plain.partition("@")
        found |= {plain, *((name, domain.split(".")[0]) if at else ())}
    return {part for part in found if len(part) >= 6}


def _counts_up(plain: str) -> bool:
    steps = {ord(b) - ord(a) for a, b in pairwise(plain)}
    return steps in ({1}, {-1})


def _normal(password: str) -> str:
    """Return one form for what different keyboards send for the same characters."""
    return unicodedata.normalize("NFKC", password)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
