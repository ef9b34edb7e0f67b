"""`python -m tests.mutation FILE`: print how many broken versions of the rules were noticed.

FILE is what `mutmut export-cicd-stats` writes. Exits with 1 below the promised share.
"""

import json
import sys
from pathlib import Path

#: Of a hundred broken versions, at least this many must make a test fail.
PROMISED_PERCENT = 90


def verdict(stats: dict[str, int]) -> tuple[str, bool]:
    """Return what to say about a run, and whether it keeps the promise.

    A version under which the tests never end, or crash, was noticed; one that no test ever ran was
    not. The share is exact and never rounded up to the promise.
    """
    total = stats["total"] - stats["skipped"]
    noticed = stats["killed"] + stats["timeout"] + stats["suspicious"] + stats["segfault"]
    said = f"{noticed:,} of {total:,} spoiled versions were noticed"
    if not total:
        return f"{said}: nothing was tried.", False
    tenths = 1000 * noticed // total
    said += f": {tenths // 10}.{tenths % 10} %, of {PROMISED_PERCENT} % promised."
    return said, 100 * noticed >= PROMISED_PERCENT * total


if __name__ == "__main__":
    words, kept = verdict(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    print(words)  # noqa: T201 - a command
    sys.exit(not kept)
