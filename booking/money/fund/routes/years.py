"""School years in the books: how each fund did, the check list, and closing a year."""

from itertools import chain
from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import ledger, terms
from booking.domain.ledger.periods import of_year
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.money.fund import ports, queries, service, statements
from booking.money.fund.forms import YearForm
from booking.money.fund.routes.blueprint import fund, may_keep, network_wide

REFUSALS: Refusals = {
    ledger.YearNotOver: "",
    service.NotTheNextYear: "",
    service.PointsOpen: "",
}


def load_year(**url_parts: Any) -> str | None:
    """Return the school year at an address, if the books have reached it: 2026-27 is 2026/27."""
    label = url_parts["label"].replace("-", "/")
    try:
        terms.school_year_bounds(label)
    except terms.NotASchoolYear:
        return None
    following = queries.year_to_close()
    return label if label == following or queries.closed_year(label) is not None else None


@fund.get("/years")
@requires(Action.SEE_FUND)
def years() -> str:
    """List the closed years, and the one to close next."""
    following = queries.year_to_close()
    return render_template(
        "money/fund/years.html",
        closed=[(terms.school_year(year.first_on), year) for year in queries.closed_years()],
        following=following,
        is_over=following is not None and terms.school_year_bounds(following)[1] < clock.today(),
    )


@fund.get("/years/<label>")
@requires(Action.SEE_FUND, load=load_year, scope=network_wide, name="label")
def year(label: str) -> str:
    """Show one year: what each fund did and, before it is closed, the check list."""
    return _page(label, YearForm())


@fund.post("/years/<label>/close")
@requires(Action.KEEP_FUND, load=load_year, scope=network_wide, name="label")
def close_year(label: str) -> ResponseReturnValue:
    """Close the year for good."""
    form = YearForm()
    if not form.carry_out(
        lambda: service.close_year(
            actor=current_user.actor, now=clock.now(), label=label, accepted=form.accepted.data
        ),
        REFUSALS,
    ):
        return _page(label, form), 422
    flash(
        f"The school year {label} has been closed. No more entries can be dated in it.", "success"
    )
    return redirects.see(url_for("fund.year", label=label.replace("/", "-")))


def _page(label: str, form: YearForm) -> str:
    first_on, last_on = terms.school_year_bounds(label)
    closed = queries.closed_year(label)
    found = [] if closed else ports.year_end_points(first_on, last_on)
    points = list(chain.from_iterable(found))
    return render_template(
        "money/fund/year.html",
        label=label,
        last_on=last_on,
        closed=closed,
        table=_table(label),
        points=points,
        stopped=any(point.stops and not point.is_fine for point in points),
        is_over=last_on < clock.today(),
        form=form,
        may_close=closed is None and may_keep(),
    )


def _table(label: str) -> statements.Table:
    """Return each fund's year, in the order of the list of funds."""
    found = queries.fund_years(label)
    of_funds = [(row.name, row.title) for row in queries.all_funds() if row.name in found]
    return statements.fund_years(found, of_funds, of_year(label))
