"""Bar charts of what each school asked for and received, in a round and in a season."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.foundation.web import bars as web_bars
from booking.foundation.web.bars import BARS_MAX, NARROW, WIDE, height

__all__ = [
    "BARS_MAX",
    "NARROW",
    "WIDE",
    "Bar",
    "SeasonBar",
    "height",
    "requested_and_received",
    "season",
]


@dataclass(frozen=True)
class Bar:
    """One school: how many places it asked for, and how many of them it received."""

    name: str
    wanted: int
    received: int


def requested_and_received(
    bars: Sequence[Bar], *, width: int = WIDE, received: str = "Received"
) -> bytes:
    """Return an SVG with a bar for each school: what it asked for, filled up as far as received."""
    return web_bars.drawn(
        [bar.name for bar in bars],
        {
            received: [bar.received for bar in bars],
            "Asked for, not received": [bar.wanted - bar.received for bar in bars],
        },
        width=width,
    )


@dataclass(frozen=True)
class SeasonBar:
    """One school's season: places received, and an equal share of what went out."""

    name: str
    received: int
    share: float


def season(bars: Sequence[SeasonBar], *, width: int = WIDE) -> bytes:
    """Return an SVG with a bar for each school: what it received, and what its share lacks."""
    return web_bars.drawn(
        [bar.name for bar in bars],
        {
            "Received": [bar.received for bar in bars],
            "Owed, up to an equal share": [max(0.0, bar.share - bar.received) for bar in bars],
        },
        width=width,
    )
