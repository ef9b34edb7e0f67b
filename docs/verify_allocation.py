#!/usr/bin/env python3
"""Recompute the published record of a round, without Fairplace: Python 3.11 and nothing else.

    python verify_allocation.py RECORD.json [--commitment HEX] [--sha256 HEX]

It says whether the record agrees with itself and with the rule, and ends with status 0 if it does,
1 if it does not. Give the commitment that was published before the requests, and the digest that
was published with the result, if you kept them: then nobody can have changed them together.

The rule, "fixed-path-1": a school's nth place has a key, and the places go to the smallest keys
that were asked for. The key is (tier, level, places received this year, lottery ticket):

    tier 0, level n        guaranteed (n <= at_least) and asked for in time
    tier 1, level L        asked for in time
    tier 2, level L        asked for late (n > in_time in a late claim)

L is n for equal_shares, (2n - 1) / weight for by_roll, (received + n) / weight for season, and
(arrived, n) for first_come. The ticket is the SHA-256 of the text "seed LF event LF school", the
commitment that of the seed, the digest that of the record without its "sha256" entry, written as
JSON in ASCII with sorted keys and no spaces.
"""

import argparse
import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

Json = dict[str, Any]
RULE = "fixed-path-1"
#: What goes wrong with a file that is no record at all.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
CLAIM = {"arrived", "at_least", "at_most", "in_time", "late", "received", "school", "wanted"}


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def level(basis: str, claim: Json, n: int) -> tuple[Any, ...]:
    if basis == "equal_shares":
        return (n,)
    if basis == "by_roll":
        return (Fraction(2 * n - 1, claim["weight"]),)
    if basis == "season":
        return (Fraction(claim["received"] + n, claim["weight"]),)
    if basis == "first_come":
        return (claim["arrived"], n)
    raise ValueError(f"there is no such rule as {basis}")


def key(record: Json, claim: Json, n: int) -> tuple[Any, ...]:
    ticket = sha256(f"{record['seed']}\n{record['event']}\n{claim['school']}")
    late = claim["late"] and n > claim["in_time"]
    if n <= claim["at_least"] and not late:
        tier, turn = 0, (n,)
    else:
        tier, turn = (2 if late else 1), level(record["rule"]["basis"], claim, n)
    return (tier, turn, claim["received"], ticket)


def allot(record: Json) -> Json:
    units = []
    for claim in record["claims"]:
        cap = claim["wanted"] if claim["at_most"] is None else claim["at_most"]
        # No school can be given more than there are, so no more of its units need be sorted.
        for n in range(1, min(claim["wanted"], cap, record["places"]) + 1):
            units.append((key(record, claim, n), claim["school"]))
    order = [school for _, school in sorted(units)[: record["places"]]]
    schools = [claim["school"] for claim in record["claims"]]
    if len(set(schools)) != len(schools):
        raise ValueError("a school has two claims")
    return {"counts": {school: order.count(school) for school in schools}, "order": order}


def discrepancies(content: bytes, commitment: str | None, digest: str | None) -> list[str]:
    record = json.loads(content)
    if canonical(record).encode() != content:
        return ["The bytes of the file are not in the published form."]
    if record["rule"]["version"] != RULE:
        return [f"This script follows {RULE}; the record follows {record['rule']['version']}."]
    found = []
    if any(set(claim) != CLAIM | {"weight"} for claim in record["claims"]):
        found.append("The entries of a claim are not those expected.")
    if sha256(record["seed"]) != record["commitment"]:
        found.append("The seed is not the one committed to in the record.")
    if commitment is not None and sha256(record["seed"]) != commitment:
        found.append("The seed is not the one committed to before requests were made.")
    if canonical(allot(record)) != canonical(record["result"]):
        found.append("The places given are not those that the rule gives.")
    actual = sha256(canonical({name: record[name] for name in record if name != "sha256"}))
    if actual != record["sha256"]:
        found.append("The record has been changed: its digest does not match.")
    if digest is not None and actual != digest:
        found.append("The record is not the one published: its digest is different.")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Recompute the published record of a round.")
    parser.add_argument("record", type=Path, help="the record, as downloaded")
    parser.add_argument("--commitment", help="as published before the requests")
    parser.add_argument("--sha256", help="as published with the result")
    asked = parser.parse_args()
    try:
        found = discrepancies(asked.record.read_bytes(), asked.commitment, asked.sha256)
    except UNREADABLE as error:
        found = [f"The file cannot be read as the record of a round: {error!r}"]
    if found:
        sys.stdout.write("The record does NOT agree.\n" + "".join(f"- {one}\n" for one in found))
        return 1
    sys.stdout.write("The record agrees: recomputed from its claims, rule and seed.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
