"""Drawn bars: what each school asked for and received, in a round and in a season."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from booking.web.drawing import Style, pygal

#: How wide a picture is drawn: for a page, and for a phone.
WIDE, NARROW = 720, 360
#: Longer names are cut, so that they leave room for the bars.
NAME_MAX = {WIDE: 30, NARROW: 15}
HEAD_HEIGHT, BAR_HEIGHT = 70, 27
#: More bars than these cannot be told apart; the table has them all.
BARS_MAX = 120

_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#1d2a35",
    foreground_strong="#1d2a35",
    foreground_subtle="#e2dacb",
    colors=("#b0431b", "#d9cdb8"),
    font_family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
    label_font_size=14,
    major_label_font_size=14,
    legend_font_size=14,
    value_font_size=14,
    opacity="1",
    opacity_hover="1",
    guide_stroke_color="#e2dacb",
    major_guide_stroke_color="#e2dacb",
    value_colors=("#ffffff", "#1d2a35"),
)


@dataclass(frozen=True)
class Bar:
    """One school: how many places it asked for, and how many of them it received."""

    name: str
    wanted: int
    received: int


def height(bars: int) -> int:
    """Return how high the picture of so many bars is."""
    return HEAD_HEIGHT + BAR_HEIGHT * min(bars, BARS_MAX)


def requested_and_received(
    bars: Sequence[Bar], *, width: int = WIDE, received: str = "Received"
) -> bytes:
    """Return an SVG with one bar for each school: asked for, and filled as far as received."""
    return _drawn(
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
    """Return an SVG with one bar for each school: received, and what is missing to its share."""
    return _drawn(
        [bar.name for bar in bars],
        {
            "Received": [bar.received for bar in bars],
            "Owed, to an equal share": [max(0.0, bar.share - bar.received) for bar in bars],
        },
        width=width,
    )


def _drawn(names: Sequence[str], series: Mapping[str, Sequence[float]], *, width: int) -> bytes:
    """Draw one stacked bar for each name."""
    names = names[:BARS_MAX]
    chart = pygal.HorizontalStackedBar(
        width=width,
        height=height(len(names)),
        style=_STYLE,
        js=[],
        disable_xml_declaration=True,
        legend_at_bottom=True,
        legend_at_bottom_columns=2 if width == WIDE else 1,
        truncate_legend=-1,
        print_values=True,
        print_zeroes=False,
        show_x_labels=False,  # of the numbers: each bar bears its own
        show_y_guides=False,
        show_x_guides=False,
        margin=8,
        spacing=6,
        min_scale=4,
        value_formatter=_number,
    )
    chart.uuid = "shared"  # not a random one: the same numbers are the same bytes
    # Drawn from the bottom upwards, so the last comes first.
    chart.x_labels = [_short(name, NAME_MAX[width]) for name in reversed(names)]
    for label, values in series.items():
        chart.add(label, list(reversed(values[:BARS_MAX])))
    drawing: str = chart.render(is_unicode=True)
    return drawing.encode()


def _number(value: float) -> str:
    """Return what a bar bears: a whole number, or one to the nearest tenth; nothing for none."""
    said = f"{value:.1f}".removesuffix(".0")
    return "" if said == "0" else said


def _short(name: str, most: int) -> str:
    for ending in (" Church of England Primary School", " Primary School", " School"):
        name = name.removesuffix(ending)
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
