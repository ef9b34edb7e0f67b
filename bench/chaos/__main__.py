"""`python -m bench.chaos`: break the running site, and count what was lost."""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Mapping

from bench import report as tables
from bench.chaos import guards, running, stage
from tests import postgres

ENGINES = ("sqlite", "postgresql")
KINDS = ("lost", "double", "oversold", "pence", "bare 500", "torn", "unsound")
SHOWN_MAX = 40


def main() -> None:
    """Run on each engine, print what was tried and found, and fail if anything was."""
    options = _options()
    print(tables.machine(), flush=True)
    found = 0
    for engine in _engines(options.only):
        wanted = stage.Wanted(
            options.seed,
            options.kills,
            options.cuts,
            options.seconds,
            options.without,
            not options.no_nights,
        )
        print(f"\n{engine}, seed {wanted.seed}, {_again(wanted, engine)}", flush=True)
        report = running.run(engine, wanted)
        _print(report)
        found += len(report.found)
    if options.without:
        said = "found" if found else "NOT FOUND: the counting cannot fail"
        print(f"\nWithout its guard “{options.without}”, the fault was {said}.")
        sys.exit(0 if found else 1)
    print(f"\n{found or 'No'} violations.")
    sys.exit(1 if found else 0)


def _engines(only: list[str] | None) -> list[str]:
    engines = list(only or ENGINES)
    if "postgresql" in engines and (reason := postgres.missing()):
        if only:
            sys.exit(reason)
        print(f"\n*** NOTHING IS TRIED ON POSTGRESQL *** {reason}")
        engines.remove("postgresql")
    return engines


def _again(wanted: stage.Wanted, engine: str) -> str:
    return (
        f"again: make chaos SEED={wanted.seed} KILLS={wanted.kills} CUTS={wanted.cuts} "
        f"SECONDS={wanted.seconds:g} ENGINES={engine}"
    )


def _print(report: running.Report) -> None:
    print(f"\nTried on {report.engine} in {report.seconds:.0f} s")
    _lines(report.tried)
    print(f"\nAcknowledged, and looked for afterwards: {report.acknowledged.total():,}")
    _lines(report.acknowledged)
    print(f"\nAnswers (the slowest took {report.slowest_answer_s:.1f} s; after a kill the site was")
    print(f"back within {report.slowest_back_s:.1f} s)")
    _lines(report.answers)
    kinds = Counter(found.kind for found in report.found)
    print("\nFound (all should be 0)")
    _lines({kind: kinds[kind] for kind in KINDS})
    for found in report.found[:SHOWN_MAX]:
        print(f"  {found.kind}: {found.words}")
    if report.kept:
        print(f"  The logs and the journal are in {report.kept}.")
    sys.stdout.flush()


def _lines(counts: Mapping[str, int]) -> None:
    for name, count in sorted(counts.items()):
        print(f"  {count:8,}  {name}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many processes to kill")
    parser.add_argument("--cuts", type=int, default=1000, help="where to cut SQLite's log")
    parser.add_argument("--seconds", type=float, default=20, help="for each mood of mail and money")
    parser.add_argument("--seed", type=int, default=None, help="what chance begins with")
    parser.add_argument("--only", choices=ENGINES, action="append", help="one engine")
    parser.add_argument("--no-nights", action="store_true", help="leave the clock alone")
    parser.add_argument(
        "--without", choices=sorted(guards.GUARDS), default="", help="take a guard away"
    )
    options = parser.parse_args()
    if options.seed is None:
        options.seed = random.SystemRandom().randrange(1_000_000)
    return options


if __name__ == "__main__":
    main()
