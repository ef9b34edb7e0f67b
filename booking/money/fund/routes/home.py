"""The fund's first page: what needs doing, what each fund holds, and the CPD fund over time."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from booking.domain import money
from booking.domain.ledger import Fund, periods
from booking.domain.ledger.periods import Period
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import task_lists
from booking.foundation.web.access import requires
from booking.money.fund import charts, ports, queries, statements
from booking.money.fund.queries import Month
from booking.money.fund.queries.statements import Balances
from booking.money.fund.routes.blueprint import fund, may_keep
from booking.money.fund.routes.downloads import picture

LATEST = 6


@fund.get("/")
@requires(Action.SEE_FUND)
def home() -> str:
    """Show what needs doing and what each fund holds."""
    balances = queries.balances()
    keeps = may_keep()
    mark = queries.mark()
    period = periods.so_far(mark.first_on, clock.today())
    titles = [(row.name, row.title) for row in queries.all_funds()]
    return render_template(
        "money/fund/home.html",
        tasks=task_lists.soonest_first(ports.treasurer_tasks(now=clock.now()) if keeps else []),
        stats=_stats(balances, titles, period),
        holdings=statements.holdings(balances, titles, period),
        since_the_beginning=statements.since_the_beginning(balances, titles, period),
        cpd_rows=[_month_row(month) for month in queries.cpd_by_month(clock.today())],
        entries=queries.latest(LATEST),
        seal=queries.latest_seal(),
        entry_count=mark.entries,
        may_keep=keeps,
        card_money=ports.has_card_money(),
    )


def _stats(
    balances: Balances, titles: list[tuple[Fund, str]], period: Period
) -> list[tuple[str, str, str, str]]:
    """Return the large figures, each with the address of the lines that add up to it."""
    found = statements.stats(balances, titles, sum(ports.promised(Fund.CPD)))
    return [(title, pounds, hint, _lines(fund, period)) for fund, title, pounds, hint in found]


def _lines(fund: Fund, period: Period) -> str:
    arguments: dict[str, Any] = {"fund": fund.value, **period.arguments}
    return url_for("fund.account", **arguments)


def _month_row(month: Month) -> list[str]:
    amounts = (month.in_pence, month.out_pence, month.balance_pence)
    return [month.first_on.strftime("%B %Y"), *map(money.pounds, amounts)]


@fund.get("/cpd.svg")
@requires(Action.SEE_FUND)
def cpd_chart() -> ResponseReturnValue:
    """Draw the CPD fund over time; `?narrow` for phones."""
    width = charts.NARROW if "narrow" in request.args else charts.WIDE
    return picture(charts.cpd(queries.cpd_by_month(clock.today()), width=width))
