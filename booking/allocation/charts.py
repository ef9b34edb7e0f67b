"""Drawn bars: what each school asked for, and how much of it it received."""

from collections.abc import Sequence
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
    shown = list(bars[:BARS_MAX])
    chart = pygal.HorizontalStackedBar(
        width=width,
        height=height(len(shown)),
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
        value_formatter=lambda value: f"{value:.0f}" if value else "",
    )
    chart.uuid = "shared"  # not a random one: the same numbers are the same bytes
    # Drawn from the bottom upwards, so the last comes first.
    shown.reverse()
    chart.x_labels = [_short(bar.name, NAME_MAX[width]) for bar in shown]
    chart.add(received, [bar.received for bar in shown])
    chart.add("Asked for, not received", [bar.wanted - bar.received for bar in shown])
    drawing: str = chart.render(is_unicode=True)
    return drawing.encode()


def _short(name: str, most: int) -> str:
    for ending in (" Church of England Primary School", " Primary School", " School"):
        name = name.removesuffix(ending)
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
