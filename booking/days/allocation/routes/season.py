"""The season so far: every school for the network, their own school for a coordinator."""

from flask import Response, abort, render_template

from booking.days.allocation import charts
from booking.days.allocation.pages import season, tables
from booking.days.allocation.routes.blueprint import allocation, asked_width, picture
from booking.domain.allocation import balance
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import paging
from booking.foundation.web.access import requires
from booking.people.schools import acting


@allocation.get("/admin/season")
@requires(Action.SEE_NETWORK)
def season_page() -> str:
    """Show what each school received this school year, the one owed most first."""
    shown = season.SeasonSoFar(clock.now())
    number, size = paging.asked_page(), paging.PAGE_SIZE
    lines = shown.lines[(number - 1) * size : number * size]
    return render_template(
        "days/allocation/season.html",
        season=shown,
        page=paging.Page(lines, number, len(shown.lines)),
        rows=[tables.season_row(line) for line in lines],
        head=tables.SEASON_HEAD,
        drawn=[tables.season_row(line) for line in shown.lines[: charts.BARS_MAX]],
        chart_height=charts.height(len(shown.lines)),
    )


@allocation.get("/admin/season.svg")
@requires(Action.SEE_NETWORK)
def season_chart() -> Response:
    """Draw what each school received this school year, and what it is owed."""
    lines = season.SeasonSoFar(clock.now()).lines[: charts.BARS_MAX]
    bars = [charts.SeasonBar(line.school.name, line.received, float(line.share)) for line in lines]
    return picture(charts.season(bars, width=asked_width()))


@allocation.get("/school/season")
@requires(Action.REQUEST_PLACES)
def own_season() -> str:
    """Show a school its own season, event by event."""
    school, shown = acting.school(), season.SeasonSoFar(clock.now())
    line = shown.line_of(school.id) or abort(404)
    days, number, size = shown.days_of(school.id), paging.asked_page(), paging.PAGE_SIZE
    return render_template(
        "days/allocation/own_season.html",
        season=shown,
        line=line,
        owed=season.difference(line),
        share=balance.tenths(line.share),
        page=paging.Page(days[(number - 1) * size : number * size], number, len(days)),
        share_of=balance.tenths,
    )
