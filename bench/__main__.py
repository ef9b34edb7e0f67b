"""`python -m bench`: measure everything once and print the tables."""

import argparse
from pathlib import Path

from bench import allocation, feeds, ledger, pages, report, rounds, season, site

PARTS = ("pages", "feeds", "allocation", "season", "rounds", "ledger")
SMALL = site.Size(schools=6, events=20, pupils=200)
SMALL_LEDGER = ledger.Size(lines=2_000, entries=50, events=10)


def main() -> None:
    """Measure the parts that were asked for."""
    options = _options()
    print(report.machine(), flush=True)
    size = SMALL if options.smoke else site.Size()
    wanted = options.only or PARTS
    found, grown, planned, saved, books = [], [], [], [], []
    if "pages" in wanted:
        found = pages.measure(
            size, seconds=options.seconds, rounds=options.rounds, only=options.page
        )
        print(f"\nPages: a network of {size.schools} schools and {size.events} events")
        print(report.pages(found), flush=True)
    if "feeds" in wanted:
        for events in (20,) if options.smoke else feeds.EVENTS:
            fed = feeds.measure(
                events, seconds=options.seconds, rounds=options.rounds, only=options.page
            )
            print(
                f"\nCalendars of {events:,} events; written at first in {fed.seconds * 1000:.0f} ms"
            )
            print(report.pages(fed.pages), flush=True)
            found += fed.pages
    if "allocation" in wanted:
        schools, places = (240, 10_000) if options.smoke else (24_000, 1_000_000)
        grown = list(allocation.measure(schools=schools, places=places, times=options.rounds))
        print("\nSharing places, in memory: every place asked for is given")
        print(report.growth(grown), flush=True)
    if "season" in wanted:
        planned = [season.measure(season.SMALL if options.smoke else season.Size(), options.rounds)]
        print("\nPlanning a season: the places of all events at once, pupil by pupil")
        print(report.planned(planned), flush=True)
    if "rounds" in wanted:
        saved = list(rounds.measure(times=options.rounds * 2, postgresql=not options.smoke))
        print(f"\nRunning, saving and publishing a round of 23 schools and {rounds.PLACES} places")
        print(report.saved(saved), flush=True)
    if "ledger" in wanted:
        ledger_size = SMALL_LEDGER if options.smoke else ledger.Size()
        print(
            f"\nThe ledger: {ledger_size.lines:,} lines, {ledger_size.entries:,} posted one by one"
        )
        # Each takes minutes, so results are printed at once.
        for each in ledger.measure(ledger_size, times=options.rounds, postgresql=not options.smoke):
            books.append(each)
            print(report.books([each]), flush=True)
    if options.json:
        report.write(
            options.json, pages=found, allocation=grown, season=planned, rounds=saved, ledger=books
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each page and round")
    parser.add_argument("--rounds", type=int, default=3, help="how many times to measure each")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; repeatable")
    parser.add_argument("--page", default="", help="only pages whose names contain these words")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument(
        "--smoke", action="store_true", help="tiny and quick, to see whether it runs at all"
    )
    options = parser.parse_args()
    if options.smoke:
        options.seconds, options.rounds = 0.15, 1
    return options


if __name__ == "__main__":
    main()
