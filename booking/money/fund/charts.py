"""Charts for the fund as SVG, drawn here without scripts, for wide screens and for phones."""

from collections.abc import Sequence
from itertools import count

from booking.days.events.models import Event
from booking.domain import money
from booking.foundation.web import drawing
from booking.foundation.web.drawing import LINE, NARROW, WIDE, Picture
from booking.money.fund.queries import EventSums, Month

__all__ = ["NARROW", "WIDE", "cpd", "events", "named_months", "spending", "ticks"]

HEIGHT = 360
#: Pairs of bars are higher on a phone, where names stand over them; more rows take more.
PAIRS_HEIGHT = {WIDE: HEIGHT, NARROW: 500}
PAIR_HEIGHT = {WIDE: 34, NARROW: 52}
PAIRS_FRAME = 70
#: The most months that are labelled under the chart of the CPD fund.
LABELS = {WIDE: 8, NARROW: 4}
#: The most steps on the value axis, each a round sum.
STEPS_MAX = {WIDE: 5, NARROW: 3}
#: The room for names beside the bars; on a phone they stand over them.
NAMES_WIDTH = {WIDE: 220, NARROW: 0}
NOTHING = "Nothing to show yet"


def cpd(months: Sequence[Month], *, width: int) -> bytes:
    """Return what the CPD fund held at the end of each month, as steps.

    Steps, because a balance jumps when money comes or goes; a slope would say that it grew daily.
    """
    picture = Picture(width, HEIGHT)
    if not months:
        return _nothing(picture)
    marks = ticks([month.balance_pence for month in months], steps=5)
    left = max(drawing.width_of(_pounds(mark)) for mark in marks) + 10
    top, foot = 12.0, HEIGHT - 34.0
    down = (foot - top) / (marks[-1] - marks[0])
    for mark in marks:
        y = foot - (mark - marks[0]) * down
        picture.line(left, y, width, y, "line" if mark else "axis")
        picture.text(left - 8, y + 5, _pounds(mark), "end soft")
    step, zero = (width - left) / len(months), foot + marks[0] * down
    heights = [foot - (month.balance_pence - marks[0]) * down for month in months]
    ends = [left + (at + 1) * step for at in range(len(months))]
    steps = "".join(f"V{y:.1f}H{x:.1f}" for y, x in zip(heights, ends, strict=True))
    picture.path(f"M{left:.1f} {zero:.1f}{steps}V{zero:.1f}z", "cpd area")
    picture.path(f"M{left:.1f} {heights[0]:.1f}{steps}", "steps")
    named = set(named_months(months, most=LABELS[width]))
    for at, month in enumerate(months):
        if _month(month) in named:
            half = drawing.width_of(_month(month)) / 2
            middle = min(max(left + (at + 0.5) * step, half), width - half)
            picture.text(middle, HEIGHT - 10, _month(month), "middle soft")
    return picture.drawn()


def named_months(months: Sequence[Month], *, most: int) -> list[str]:
    """Return the months to label: the newest, and back from there in equal steps."""
    step = max(1, -(-len(months) // most))
    return [_month(month) for month in reversed(months[::-1][::step])]


def _month(month: Month) -> str:
    return month.first_on.strftime("%b %y")


def events(sums: Sequence[tuple[Event, EventSums]], *, width: int) -> bytes:
    """Return what each event received, less refunds, beside what it cost, the newest on top."""
    rows = [(event.title, of.net_pence, of.cost_pence) for event, of in reversed(sums)]
    return _pairs(rows, ("Received, less refunds", "Costs"), width=width)


def spending(rows: Sequence[tuple[str, int, int]], *, width: int, years: tuple[str, str]) -> bytes:
    """Return spending by purpose as pairs of bars: this year and the year before.

    `rows` hold a purpose and the pence of the two years; the largest is drawn on top.
    """
    return _pairs(rows, years, width=width)


def _pairs(rows: Sequence[tuple[str, int, int]], names: tuple[str, str], *, width: int) -> bytes:
    """Return two bars for each row, each with its amount at its end."""
    height = max(PAIRS_HEIGHT[width], PAIRS_FRAME + len(rows) * PAIR_HEIGHT[width])
    picture = Picture(width, height)
    if not rows:
        return _nothing(picture)
    top = picture.key({"accent": names[0], "day-2": names[1]})
    foot, left = height - 24.0, float(NAMES_WIDTH[width])
    amounts = [pence for _, *pair in rows for pence in pair]
    marks = ticks(amounts, steps=STEPS_MAX[width])
    room = max(drawing.width_of(money.pounds(pence)) for pence in amounts) + 8
    before = room if marks[0] < 0 else left and 8.0  # room for an amount below zero
    across = (width - left - before - room) / (marks[-1] - marks[0])
    zero = left + before - marks[0] * across
    for mark in marks:
        x = zero + mark * across
        picture.line(x, top, x, foot, "line" if mark else "axis")
        half = drawing.width_of(_pounds(mark)) / 2
        picture.text(max(x, half), height - 6, _pounds(mark), "middle soft")
    each = (foot - top) / len(rows)
    for at, row in enumerate(rows):
        _pair(picture, row, (top + at * each, each), (left, zero, across))
    return picture.drawn()


def _pair(
    picture: Picture,
    row: tuple[str, int, int],
    place: tuple[float, float],
    scale: tuple[float, float, float],
) -> None:
    """Draw a row's name and its two bars: `place` is its top and height."""
    (name, *pair), (top, each), (left, zero, across) = row, place, scale
    lines = drawing.wrapped(name, left - 14 if left else picture.width, most=2 if left else 1)
    over = 0 if left else LINE
    thick = min(16.0, (each - over - 6) / 2)
    middle = top + over + (each - over) / 2
    for number, line in enumerate(lines):
        if left:
            foot = middle + 5 + (number - (len(lines) - 1) / 2) * LINE
            picture.text(left - 12, foot, line, "end")
        else:
            picture.text(0, middle - thick - 4, line)
    for pence, colour, y in zip(pair, ("accent", "day-2"), (middle - thick, middle), strict=True):
        long = pence * across
        picture.bar(min(zero, zero + long), y, abs(long), thick - 1, colour)
        beyond = zero + long + (6 if pence >= 0 else -6)
        said = money.pounds(pence)
        picture.text(beyond, y + thick / 2 + 4, said, "soft" if pence >= 0 else "end soft")


def _nothing(picture: Picture) -> bytes:
    picture.text(picture.width / 2, picture.height / 2, NOTHING, "middle")
    return picture.drawn()


def ticks(pence: Sequence[int], *, steps: int) -> list[int]:
    """Return round sums from the lowest value (or zero) to the highest, in no more than `steps`.

    One more step may be taken below zero.
    """
    low, high = min([0, *pence]), max([100, *pence])
    step = next(
        size
        for power in count()
        for size in (100 * 10**power, 200 * 10**power, 500 * 10**power)
        if size * steps >= high - low
    )
    return list(range(low // step * step, high + step, step))


def _pounds(pence: float) -> str:
    """Return the label on an axis, in whole pounds."""
    return money.pounds(round(pence)).removesuffix(".00")
