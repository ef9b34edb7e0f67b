"""A stacked bar for each school, drawn as an SVG that is always the same for the same numbers."""

from collections.abc import Mapping, Sequence

from flask import Response, request

from booking.foundation.web.drawing import Style, pygal

#: How wide a picture is drawn: for a page, and for a phone.
WIDE, NARROW = 720, 360
#: Longer names are cut short, so that they leave room for the bars.
NAME_MAX = {WIDE: 30, NARROW: 15}
HEAD_HEIGHT, BAR_HEIGHT = 70, 27
#: Roughly what the names leave of the width, and the width of one digit.
PLOT_SHARE, FIGURE_WIDTH = 0.55, 10
#: More bars than this cannot be told apart; the table has them all.
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


def height(bars: int) -> int:
    """Return the height of a picture with this many bars."""
    return HEAD_HEIGHT + BAR_HEIGHT * min(bars, BARS_MAX)


def drawn(names: Sequence[str], series: Mapping[str, Sequence[float]], *, width: int) -> bytes:
    """Draw one stacked bar for each name."""
    names = names[:BARS_MAX]
    longest = max((sum(parts) for parts in zip(*series.values(), strict=True)), default=0)
    pixels = PLOT_SHARE * width / longest if longest else 0.0
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
        show_x_labels=False,  # no axis of numbers: each bar carries its own
        show_y_guides=False,
        show_x_guides=False,
        margin=8,
        spacing=6,
        min_scale=4,
        value_formatter=lambda value: _number(value, pixels * value),
    )
    chart.uuid = "shared"  # not a random one, so that the same numbers give the same bytes
    # Bars are drawn from the bottom upwards, so the last comes first.
    chart.x_labels = [_short(name, NAME_MAX[width]) for name in reversed(names)]
    for label, values in series.items():
        chart.add(label, list(reversed(values[:BARS_MAX])))
    drawing: str = chart.render(is_unicode=True)
    return drawing.encode()


def _number(value: float, room: float) -> str:
    """Return the number on a bar: a whole one, or to the nearest tenth.

    There is none for zero, nor where it has no room (pixels): the table beside the picture has
    every number.
    """
    said = f"{value:.1f}".removesuffix(".0")
    return "" if said == "0" or room < FIGURE_WIDTH * len(said) else said


def _short(name: str, most: int) -> str:
    for ending in (" Church of England Primary School", " Primary School", " School"):
        name = name.removesuffix(ending)
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def picture(drawing: bytes) -> Response:
    """Return a drawing as an image that browsers may keep while it is unchanged."""
    response = Response(drawing, mimetype="image/svg+xml")
    # The drawing brings its own styles and fetches nothing.
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
    )
    response.add_etag()
    response.make_conditional(request)
    return response
