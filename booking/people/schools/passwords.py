"""Passwords: argon2id, what is refused, and no more hashing at once than the machine can take."""

import os
import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from booking.people.schools.models import NO_PASSWORD

SHORTEST = 12
LONGEST = 128
#: 46 MiB, one pass: above OWASP's minimum, about 40 ms here. Login floods must not eat the memory.
PRODUCTION = PasswordHasher(memory_cost=46 * 1024, time_cost=1, parallelism=1)
#: As weak as the library allows: tests hash often and protect nobody.
TESTING = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
#: A password must take ten thousand million tries to guess: zxcvbn's highest score, which it calls
#: "very unguessable" even for whoever has stolen the hashes.
STRONG = 4
#: How much of a password is judged: four random words are strong long before, and time is bounded.
JUDGED = 40
#: Between words, people write any of these; taken out, words stand side by side for the list.
BETWEEN_WORDS = re.compile(r"[\s\-_.,;:/]+")
#: What stands for a letter in a word in disguise ("P@$$w0rd"), and how many kinds are worth trying:
#: the time doubles with each.
SIGNS = "@({[<!|$+%"
KINDS_OF_SIGNS = 10
#: What everybody here knows: words of this product, of schools, and of every role.
KNOWN_HERE = (
    *("fairplace", "enrichment", "days", "day", "demo", "network", "booking", "bookings"),
    *("places", "school", "schools", "primary", "infant", "junior", "academy", "college", "pupils"),
    *("pupil", "parents", "teacher", "headteacher", "head", "office", "admin", "administrator"),
    *("lead", "leader", "treasurer", "auditor", "coordinator", "host", "staff", "finance", "fund"),
    *("password", "passwords", "passphrase", "login", "letmein", "welcome", "changeme", "secret"),
)
_NAMED = (
    "Leave out your name, your e-mail address, and the names of the network, your school, your "
    "town and your role: whoever knows you tries them first. Choose four random words."
)
#: What to say of the pattern that makes a password weak.
_WEAKNESSES = {
    "spatial": "Keys that stand side by side are among the first that anybody would try.",
    "repeat": "The same thing twice is as easy to guess as once.",
    "sequence": "Letters or numbers in their order are among the first that anybody would try.",
    "date": "A word and a date are among the first that anybody would try.",
    "regex": "A word and a year are among the first that anybody would try.",
}
_COMMON = "This is one of the first passwords that anybody would try."
_INSTEAD = " Choose four random words."
_judging = threading.Lock()


class WeakPassword(ValueError):
    """This password is refused; the message says what to choose instead."""


@dataclass(frozen=True)
class HashedPassword:
    """A hashed password, made before a transaction begins because hashing is slow on purpose."""

    text: str

    def __repr__(self) -> str:
        """Show nothing: this ends up in logs."""
        return "<HashedPassword>"


#: What an account has whose person chose none.
NONE = HashedPassword(NO_PASSWORD)


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
    """Return whether `password` is the stored one; nobody's (None) or none never is.

    All of it takes equally long.
    """
    if stored_hash == NO_PASSWORD:
        stored_hash = None
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
    """Raise WeakPassword unless `password` will do. Takes up to 0.1 s: never in a transaction.

    `about` is what whoever knows the person would try first: address and name, network, school,
    town. A password is judged by zxcvbn, which knows 30,000 breached passwords, names and English
    words, and sees through other spellings, keyboard walks, repetitions, dates and years.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(
            f"Use at least {SHORTEST} characters. Four random words are easy to remember and hard "
            "to guess."
        )
    if len(password) > LONGEST:
        raise WeakPassword(f"Use at most {LONGEST} characters.")
    theirs = _words_of(about)
    typed = _normal(password)
    for text in (typed, BETWEEN_WORDS.sub("", typed)):
        weakness = _weakness(text, theirs)
        if weakness:
            raise WeakPassword(weakness)


def _weakness(text: str, theirs: list[str]) -> str:
    """Return what makes `text` easy to guess, as a sentence; "" if it is strong."""
    if sum(sign in text for sign in (*SIGNS, *"0123456789")) > KINDS_OF_SIGNS:
        text = text.translate(dict.fromkeys(map(ord, SIGNS)))
    with _judging:  # zxcvbn keeps what it is told about a person where another thread would find it
        judged = _zxcvbn()(text[:JUDGED], user_inputs=[*theirs, *KNOWN_HERE])
    if judged["score"] >= STRONG:
        return ""
    matches = judged["sequence"]
    if any(_is_theirs(match, theirs) for match in matches):
        return _NAMED
    found = next((m["pattern"] for m in matches if m["pattern"] in _WEAKNESSES), "")
    return _WEAKNESSES.get(found, _COMMON) + _INSTEAD


def _is_theirs(match: dict[str, Any], theirs: list[str]) -> bool:
    """Return whether part of a password is a word about the person, in whatever spelling."""
    parts = (match, *match.get("base_matches", ()))
    return any(part.get("matched_word") in theirs for part in parts)


@cache
def _zxcvbn() -> Any:
    """Return zxcvbn; its lists take 15 MB, so only a process that needs them reads them."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 - see above

    return zxcvbn


def _words_of(about: Iterable[str]) -> list[str]:
    """Return the words of `about`, and each text in one piece and as its initials."""
    found: dict[str, None] = {}
    for text in map(_plain, about):
        words = re.findall(r"[^\W_]+", text)
        pieces = (*words, "".join(words), "".join(word[0] for word in words))
        found |= dict.fromkeys(piece for piece in pieces if len(piece) >= 3)
    return list(found)


def _normal(password: str) -> str:
    """Return one form for what different keyboards send for the same characters."""
    return unicodedata.normalize("NFKC", password)


def _plain(text: str) -> str:
    return _normal(text).casefold()
