"""Our pages beside the floor's, measured in turn and several times; medians are compared."""

import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from flask import Flask

from bench import load, serving, site

#: What share of the floor's rate with the same rows a page must reach, and a 304 likewise.
TARGET, TARGET_304 = 0.5, 0.6


@dataclass(frozen=True)
class Comparison:
    """One page: requests per second answered by us, and by each kind of floor."""

    name: str
    statements: int
    bytes_sent: int
    ours: float
    driver: float
    library: float
    constant: float
    target: float

    @property
    def ratio(self) -> float:
        """Our rate as a share of the floor's, which reads through SQLAlchemy as we do."""
        return self.ours / self.library

    @property
    def driver_ratio(self) -> float:
        """Our rate as a share of a floor's without SQLAlchemy, which shows what that costs."""
        return self.ours / self.driver


def measure(
    size: site.Size,
    *,
    seconds: float,
    rounds: int,
    only: str = "",
    choose: Callable[[Flask], list[site.Page]] = site.pages,
) -> list[Comparison]:
    """Return each page's rates: medians of several rounds, ours and the floor's in turn."""
    with tempfile.TemporaryDirectory(prefix="fairplace-bench-") as name:
        folder = Path(name)
        pages = choose(site.build(folder, size))
        database = folder / "bench.db"
        plan = site.write_plan(pages, database, folder)
        environment = {
            "DATABASE_URL": f"sqlite:///{database}",
            "QUEUE_URL": f"sqlite:///{folder / 'queue.db'}",
            "APP_ENV": "development",
            "FEED_FETCHES_PER_HOUR": str(10**9),  # they are counted, but there are never too many
        }
        floor = f"bench.floor:create_app({str(plan)!r})"
        with (
            serving.served("wsgi:app", "/health", **environment) as ours,
            serving.served(floor, "/constant/0") as theirs,
        ):
            return [
                _compare(page, number, ours, theirs, seconds=seconds, rounds=rounds)
                for number, page in enumerate(pages)
                if only in page.name
            ]


def _compare(
    page: site.Page, number: int, ours: int, floor: int, *, seconds: float, rounds: int
) -> Comparison:
    addresses = {
        "ours": (ours, page.path),
        "driver": (floor, f"/driver/{number}"),
        "library": (floor, f"/library/{number}"),
        "constant": (floor, f"/constant/{number}"),
    }
    rates: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, (port, path) in addresses.items():
            status = 200 if page.status == 200 else 304
            found = load.rate(port, path, page.headers, status=status, seconds=seconds)
            rates[name].append(found)
    return Comparison(
        page.name,
        len(page.statements),
        page.bytes_sent,
        **{name: median(found) for name, found in rates.items()},
        target=TARGET if page.status == 200 else TARGET_304,
    )
