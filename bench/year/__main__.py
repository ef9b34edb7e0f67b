"""`python -m bench.year`: live through school years, and examine everything after each day."""

import argparse
import sys

from bench import report
from bench.year import living

FIRST_SEED = 1


def main() -> None:
    """Live through a year for each seed; fail if any day was bad."""
    options = _options()
    print(report.machine(), flush=True)
    bad = 0
    for seed in range(options.seed, options.seed + options.seeds):
        lived = living.live(seed, days=options.days, doctor_every=options.doctor_every)
        _print(lived, options)
        bad += bool(lived.problems)
    print(f"\n{options.seeds} years, {bad} of them with a bad day.")
    sys.exit(1 if bad else 0)


def _print(lived: living.Lived, options: argparse.Namespace) -> None:
    sizes = ", ".join(f"{count:,} {name}" for name, count in lived.sizes.items())
    print(
        f"\nSeed {lived.seed}: {lived.days} days, examined {lived.examined} times, "
        f"{lived.done.total():,} things done, {lived.refused.total():,} refused; {sizes}; "
        f"{lived.seconds:.0f} s"
    )
    if options.verbose:
        for counts, word in ((lived.done, "done"), (lived.refused, "refused")):
            for name, count in sorted(counts.items()):
                print(f"  {count:6,}  {word}: {name}")
    for problem in lived.problems:
        print(f"  On {lived.bad_day:%A %-d %B %Y}: {problem}")
    if lived.problems:
        again = f"make year SEED={lived.seed} SEEDS=1 DAYS={lived.days} DOCTOR_EVERY=1"
        print(f"  Again: {again}")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.year", description=__doc__)
    parser.add_argument("--seed", type=int, default=FIRST_SEED, help="the first seed")
    parser.add_argument("--seeds", type=int, default=3, help="how many years")
    parser.add_argument("--days", type=int, default=living.DAYS, help="how many days of each")
    parser.add_argument("--doctor-every", type=int, default=1, help="examine after so many days")
    parser.add_argument("--verbose", action="store_true", help="list what was done and refused")
    return parser.parse_args()


if __name__ == "__main__":
    main()
