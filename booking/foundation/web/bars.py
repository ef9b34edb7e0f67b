"""A stacked bar for each school, drawn as an SVG that is always the same for the same numbers."""

from collections.abc import Mapping, Sequence

from flask import Response, request

from booking.foundation.web import drawing
from booking.foundation.web.drawing import NARROW, SIZE, WIDE

__all__ = ["BARS_MAX", "NARROW", "PICTURE_POLICY", "WIDE", "drawn", "height", "picture"]

#: The key on top, and each school with its bar; on a phone the name stands over the bar.
HEAD_HEIGHT, BAR_HEIGHT = 50, 38
NAMES_WIDTH = 240
#: More bars than this cannot be told apart; the table has them all.
BARS_MAX = 120
#: What a bar is made of: what there is, and what is lacking.
COLOURS = ("accent", "rest")
#: A picture brings its own styles and font, and fetches nothing.
PICTURE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def height(bars: int) -> int:
    """Return the height of a picture with this many bars."""
    return HEAD_HEIGHT + BAR_HEIGHT * min(bars, BARS_MAX)


def drawn(names: Sequence[str], series: Mapping[str, Sequence[float]], *, width: int) -> bytes:
    """Draw one stacked bar for each name."""
    picture = drawing.Picture(width, height(len(names)))
    picture.key(dict(zip(COLOURS, series, strict=True)))
    left = NAMES_WIDTH if width == WIDE else 0
    rows = list(zip(*series.values(), strict=True))[:BARS_MAX]
    longest = max(4.0, *(sum(row) for row in rows)) if rows else 4.0
    for at, (name, row) in enumerate(zip(names, rows, strict=False)):
        top = HEAD_HEIGHT + at * BAR_HEIGHT
        _name(picture, _short(name), top, left)
        bar_top, bar_height = (top + 4, 24) if left else (top + 17, 16)
        x = float(left)
        for part, (value, colour) in enumerate(zip(row, COLOURS, strict=True)):
            wide = (width - left) * value / longest
            picture.bar(x, bar_top, wide, bar_height, colour)
            said = _number(value, wide)
            foot = bar_top + bar_height / 2 + 5
            if said:
                picture.text(x + wide / 2, foot, said, "middle" if part else "middle on")
            x += wide
    return picture.drawn()


def _name(picture: drawing.Picture, name: str, top: float, left: int) -> None:
    """Write a name beside its bar, in two lines if need be, or over it on a phone."""
    if not left:
        (line,) = drawing.wrapped(name, picture.width, most=1)
        picture.text(0, top + 13, line)
        return
    lines = drawing.wrapped(name, left - 14, most=2)
    foot = top + 21 - (len(lines) - 1) * drawing.LINE / 2
    for number, line in enumerate(lines):
        picture.text(left - 12, foot + number * drawing.LINE, line, "end")


def _number(value: float, room: float) -> str:
    """Return the number on a bar: a whole one, or to the nearest tenth.

    There is none for zero, nor where it has no room (pixels): the table beside the picture has
    every number.
    """
    said = f"{value:.1f}".removesuffix(".0")
    return "" if said == "0" or room < SIZE * 0.6 * len(said) else said


def _short(name: str) -> str:
    for ending in (" Church of England Primary School", " Primary School", " School"):
        name = name.removesuffix(ending)
    return name


def picture(drawing: bytes) -> Response:
    """Return a drawing as an image that browsers may keep while it is unchanged."""
    response = Response(drawing, mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.add_etag()
    response.make_conditional(request)
    return response
