"""The results, as tables for people and as JSON for programs."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import ledger, load, season, serving
from bench.allocation import Growth
from bench.ledger import Books
from bench.pages import Comparison
from bench.rounds import TARGET_SECONDS, Saved
from bench.season import Planned
from booking.foundation import clock
from booking.foundation.db import sqlite_driver


def machine() -> str:
    """Return where and when this is measured."""
    return (
        f"{clock.today():%-d %B %Y} · {os.cpu_count()} cores · {platform.machine()} · "
        f"Python {platform.python_version()} · SQLite {sqlite_driver().sqlite_version} · "
        f"load {os.getloadavg()[0]:.2f} · gunicorn: {serving.WORKERS} workers of "
        f"{serving.THREADS} threads · {load.CONNECTIONS} connections"
    )


def pages(found: Sequence[Comparison]) -> str:
    """Return the table of pages."""
    rows = [
        (
            "page",
            "queries",
            "bytes",
            "ours/s",
            "driver/s",
            "SQLAlchemy/s",
            "constant/s",
            "to SQLAlchemy",
            "to driver",
            "target",
        )
    ]
    for page in found:
        reached = "reached" if page.ratio >= page.target else "MISSED"
        rows.append(
            (
                page.name,
                f"{page.statements}",
                f"{page.bytes_sent:,}",
                f"{page.ours:,.0f}",
                f"{page.driver:,.0f}",
                f"{page.library:,.0f}",
                f"{page.constant:,.0f}",
                f"{page.ratio:.0%}",
                f"{page.driver_ratio:.0%}",
                f"{page.target:.0%} {reached}",
            )
        )
    return _table(rows)


def growth(found: Iterable[Growth]) -> str:
    """Return the table of large rounds."""
    rows = [
        (
            "basis",
            "schools",
            "places",
            "seconds",
            "a tenth takes",
            "ratio",
            "steps",
            "ratio",
            "n log n",
        )
    ]
    for of in found:
        rows.append(
            (
                of.basis,
                f"{of.schools:,}",
                f"{of.places:,}",
                f"{of.seconds:.2f}",
                f"{of.tenth_seconds:.3f}",
                f"{of.ratio:.1f}",
                f"{of.steps:,}",
                f"{of.steps_ratio:.1f}",
                f"{of.promised_ratio:.1f}",
            )
        )
    return _table(rows)


def planned(found: Iterable[Planned]) -> str:
    """Return the table of planned seasons; the target is for solving and checking together."""
    rows = [
        ("schools", "pupils", "events", "places", "nodes", "arcs", "solved", "checked", "target")
    ]
    for of in found:
        reached = "reached" if of.seconds < season.TARGET_SECONDS else "MISSED"
        rows.append(
            (
                f"{of.schools:,}",
                f"{of.pupils:,}",
                f"{of.events:,}",
                f"{of.places:,}",
                f"{of.nodes:,}",
                f"{of.arcs:,}",
                f"{of.plan_seconds:.2f} s",
                f"{of.check_seconds:.2f} s",
                f"{season.TARGET_SECONDS:.0f} s {reached}",
            )
        )
    return _table(rows)


def saved(found: Iterable[Saved]) -> str:
    """Return the table of rounds saved and published."""
    rows = [("database", "seconds", "target")]
    for of in found:
        reached = "reached" if of.seconds <= TARGET_SECONDS else "MISSED"
        rows.append((of.database, f"{of.seconds:.3f}", f"{TARGET_SECONDS} {reached}"))
    return _table(rows)


def books(found: Iterable[Books]) -> str:
    """Return the table of the ledger: how long each read takes, beside how long writing took."""
    rows = [("what", "database", "seconds", "queries", "target")]
    for of in found:
        each = of.post_seconds / of.posted
        rows.append(
            ("post an entry into no lines", of.database, f"{of.first_post_seconds:.5f}", "", "")
        )
        rows.append((f"post an entry into {of.lines:,} lines", of.database, f"{each:.5f}", "", ""))
        rows.append((f"post {of.posted:,} entries", of.database, f"{of.post_seconds:.1f}", "", ""))
        rows.append((f"seal {of.lines:,} lines", of.database, f"{of.seal_seconds:.1f}", "", ""))
        for look in of.looks:
            reached = "reached" if look.seconds < ledger.TARGET_SECONDS else "MISSED"
            target = "" if look.name == ledger.FOLD else f"{ledger.TARGET_SECONDS} {reached}"
            rows.append(
                (look.name, of.database, f"{look.seconds:.4f}", f"{look.statements}", target)
            )
    return _table(rows)


def write(path: Path, **parts: Sequence[Any]) -> None:
    """Write all results as JSON."""
    found = {name: [asdict(row) for row in rows] for name, rows in parts.items()}
    path.write_text(json.dumps({"machine": machine(), **found}, indent=1))


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [
        "  ".join(
            text.ljust(width) if n == 0 else text.rjust(width)
            for n, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join(lines)
