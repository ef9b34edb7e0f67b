"""The published record of a round: everything anyone needs to recompute it, in one fixed form.

The form is JSON in ASCII with sorted keys and no spaces, so that the same round always gives the
same bytes; `sha256` is the digest of those bytes without that one entry. Anyone who kept the
commitment, or the digest, from the day it was published can tell whether the record has changed.
Places that the host kept for its own school beforehand are stated; they decide nothing.
"""

import json
from hashlib import sha256
from typing import Any

from booking.domain.allocation import claims, draw, share

Record = dict[str, Any]

_CLAIM = (
    "arrived",
    "at_least",
    "at_most",
    "in_time",
    "late",
    "received",
    "school",
    "wanted",
    "weight",
)
_KEYS = frozenset(
    ("claims", "commitment", "event", "places", "result", "rule", "seed", "sha256"),
)


class NotARoundRecord(ValueError):
    """This is not the record of a round, or it cannot be followed."""


class OtherRules(NotARoundRecord):
    """The record follows a different version of the rules."""


def record(round_: claims.RoundFacts, allotment: claims.Allotment) -> Record:
    """Return the record to publish, its own digest included."""
    content: Record = {
        "claims": [
            {key: getattr(round_.claim_of(school), key) for key in _CLAIM}
            for school in round_.schools
        ],
        "commitment": draw.commitment(round_.seed),
        "event": round_.event,
        "places": round_.places,
        "result": {"counts": dict(allotment.counts), "order": list(allotment.served)},
        "rule": {"basis": str(round_.rule.basis), "version": round_.rule.version},
        "seed": round_.seed,
    }
    if round_.host_places:
        content["host_places"] = round_.host_places
    return content | {"sha256": digest(content)}


def to_bytes(record_: Record) -> bytes:
    """Return the published form of a record."""
    return json.dumps(record_, sort_keys=True, separators=(",", ":")).encode("ascii")


def digest(record_: Record) -> str:
    """Return the SHA-256 of a record, its own `sha256` entry left out."""
    content = {key: value for key, value in record_.items() if key != "sha256"}
    return sha256(to_bytes(content)).hexdigest()


def round_of(record_: Record) -> claims.RoundFacts:
    """Return the round that a record describes; raise NotARoundRecord if it describes none."""
    if set(record_) - {"host_places"} != _KEYS:
        raise NotARoundRecord(
            "This is not the record of a round: it does not have the expected entries."
        )
    try:
        version = record_["rule"]["version"]
        if version != claims.RULE_VERSION:
            raise OtherRules(f"These rules are {claims.RULE_VERSION}; the record's are {version}.")
        return claims.RoundFacts(
            event=record_["event"],
            places=record_["places"],
            basis=claims.Basis(record_["rule"]["basis"]),
            claims=tuple(_claim(entries) for entries in record_["claims"]),
            seed=record_["seed"],
            host_places=record_.get("host_places", 0),
        )
    except (KeyError, TypeError) as error:
        raise NotARoundRecord(
            "This is not the record of a round: an entry is missing or unknown."
        ) from error
    except NotARoundRecord:
        raise
    except ValueError as error:
        raise NotARoundRecord(f"The record cannot be followed: {error}") from error


def _claim(entries: Record) -> claims.Claim:
    if set(entries) != set(_CLAIM):
        raise KeyError(*entries)
    return claims.Claim(**entries)


def verify(
    record_: Record, *, commitment: str | None = None, sha256: str | None = None
) -> list[str]:
    """Recompute a record and return every discrepancy in words; none means that it agrees.

    `commitment` and `sha256` are what was published at the time, if the reader kept them.
    """
    try:
        round_ = round_of(record_)
    except NotARoundRecord as error:
        return [str(error)]
    recomputed = record(round_, share.allot(round_))
    found = []
    if record_["commitment"] != recomputed["commitment"]:
        found.append("The seed is not the one committed to in the record.")
    if commitment is not None and commitment != recomputed["commitment"]:
        found.append("The seed is not the one committed to before requests were made.")
    if to_bytes(record_["result"]) != to_bytes(recomputed["result"]):
        found.append("The places given are not those that the rule gives.")
    if record_["sha256"] != digest(record_):
        found.append("The record has been changed: its digest does not match.")
    if sha256 is not None and sha256 != digest(record_):
        found.append("The record is not the one published: its digest is different.")
    return found


def verify_bytes(
    content: bytes, *, commitment: str | None = None, sha256: str | None = None
) -> list[str]:
    """Verify a published file, in which every byte counts."""
    try:
        record_ = json.loads(content)
    except (ValueError, RecursionError):
        return ["This is not a JSON file."]
    if not isinstance(record_, dict) or to_bytes(record_) != content:
        return ["The file is not as it was published: its bytes are not in the published form."]
    return verify(record_, commitment=commitment, sha256=sha256)
