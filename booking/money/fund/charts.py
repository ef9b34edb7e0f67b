"""Charts for the fund as SVG, drawn here without scripts, for wide screens and for phones."""

from collections.abc import Sequence
from itertools import count
from xml.etree import ElementTree

from booking.days.events.models import Event
from booking.domain import money
from booking.foundation.web.drawing import Style, pygal
from booking.money.fund.queries import EventSums, Month

WIDE, NARROW, HEIGHT = 720, 360, 360
TITLE_MAX = {WIDE: 30, NARROW: 14}
#: The most months that are labelled under the chart of the CPD fund.
LABELS = {WIDE: 8, NARROW: 4}
COLOURS = ("#b0431b", "#2a5480", "#c9952c", "#2f7d62", "#7a5c99", "#6b7680")
INK, LINES, GROUND = "#1d2a35", "#e2dacb", "#fffdf9"
FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
LOOK = {
    "background": GROUND,
    "plot_background": GROUND,
    "foreground": INK,
    "foreground_strong": INK,
    "foreground_subtle": LINES,
    "guide_stroke_color": LINES,
    "major_guide_stroke_color": LINES,
    "guide_stroke_dasharray": "0",
    "major_guide_stroke_dasharray": "0",
    "colors": COLOURS,
    "font_family": FONTS,
    "label_font_size": 14,
    "major_label_font_size": 14,
    "legend_font_size": 15,
    "no_data_font_size": 18,
    "transition": "0s",
}
AREA = Style(opacity=".18", stroke_opacity="1", stroke_width="3", **LOOK)
BARS = Style(opacity="1", stroke_opacity="0", stroke_width="0", **LOOK)
#: The most steps on the value axis, each a round sum.
STEPS_MAX = {WIDE: 5, NARROW: 3}


def cpd(months: Sequence[Month], *, width: int) -> bytes:
    """Return the CPD fund at the end of each month as a filled line."""
    chart = pygal.Line(
        **_settings(width, AREA),
        show_legend=False,
        fill=True,
        show_dots=len(months) < 3,
        show_minor_x_labels=False,
        x_labels_major=named_months(months, most=LABELS[width]),
        include_x_axis=True,
    )
    chart.y_labels = ticks([month.balance_pence for month in months], steps=5)
    chart.x_labels = [_month(month) for month in months]
    chart.add("CPD fund", [month.balance_pence for month in months])
    return _svg(chart)


def named_months(months: Sequence[Month], *, most: int) -> list[str]:
    """Return the months to label: the newest, and back from there in equal steps."""
    step = max(1, -(-len(months) // most))
    return [_month(month) for month in reversed(months[::-1][::step])]


def _month(month: Month) -> str:
    return month.first_on.strftime("%b %y")


def events(sums: Sequence[tuple[Event, EventSums]], *, width: int) -> bytes:
    """Return what each event received, less refunds, beside what it cost, the newest on top."""
    chart = pygal.HorizontalBar(
        **_settings(width, BARS),
        legend_at_bottom=True,
        legend_at_bottom_columns=2,
        include_x_axis=True,
    )
    kept = [of.net_pence for _, of in sums]
    spent = [of.cost_pence for _, of in sums]
    chart.x_labels = [_short(event.title, TITLE_MAX[width]) for event, _ in sums]
    chart.y_labels = ticks([*kept, *spent], steps=STEPS_MAX[width])
    chart.add("Received, less refunds", kept)
    chart.add("Costs", spent)
    return _svg(chart)


def spending(rows: Sequence[tuple[str, int, int]], *, width: int, years: tuple[str, str]) -> bytes:
    """Return spending by purpose as pairs of bars: this year and the year before.

    `rows` hold a purpose and the pence of the two years; the largest is drawn on top.
    """
    chart = pygal.HorizontalBar(
        **_settings(width, BARS),
        legend_at_bottom=True,
        legend_at_bottom_columns=2,
        include_x_axis=True,
    )
    drawn = rows[::-1]
    chart.x_labels = [_short(name, TITLE_MAX[width]) for name, _, _ in drawn]
    chart.y_labels = ticks([p for _, *pair in drawn for p in pair], steps=STEPS_MAX[width])
    chart.add(years[0], [now for _, now, _ in drawn])
    chart.add(years[1], [before for _, _, before in drawn])
    return _svg(chart)


def _settings(width: int, style: Style) -> dict[str, object]:
    return {
        "width": width,
        "height": HEIGHT,
        "explicit_size": True,
        "style": style,
        "js": [],
        "disable_xml_declaration": True,
        "no_data_text": "Nothing to show yet",
        "value_formatter": _pounds,
        "truncate_label": -1,
        "margin": 12,
        "margin_right": 26,
        "spacing": 8,
    }


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


def _short(title: str, most: int) -> str:
    return title if len(title) <= most else title[: most - 1].rstrip() + "…"


def _pounds(pence: float) -> str:
    """Return the label on an axis, in whole pounds."""
    return money.pounds(round(pence)).removesuffix(".00")


def _svg(chart: "pygal.Graph") -> bytes:
    """Return the picture without pygal's script, comments and random id."""
    root = ElementTree.fromstring(chart.render(is_unicode=True))  # noqa: S314 - our own
    namespace = "{http://www.w3.org/2000/svg}"
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in {f"{namespace}script", f"{namespace}desc"}:
                parent.remove(child)
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    return ElementTree.tostring(root).replace(chart.uuid.encode(), b"chart")
