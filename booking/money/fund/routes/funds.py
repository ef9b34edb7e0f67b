"""The network's funds: list, add, change, close and remove."""

from functools import partial
from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import funds as domain_funds
from booking.domain import ledger
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.money.fund import queries, service
from booking.money.fund.forms import FundForm
from booking.money.fund.models import FundRow
from booking.money.fund.routes.blueprint import answered, fund, load_fund, may_steer, network_wide


@fund.get("/funds")
@requires(Action.SEE_FUND)
def funds() -> str:
    """List the funds with each one's purpose and balance."""
    balances = queries.balances()
    rows = [(row, ledger.fund_balance(balances, row.name)) for row in queries.all_funds()]
    return render_template("money/fund/funds.html", rows=rows, may_steer=may_steer())


@fund.route("/funds/new", methods=["GET", "POST"])
@requires(Action.STEER_FUND)
def new_fund() -> ResponseReturnValue:
    """Add a fund."""
    form = FundForm()
    done = form.carry_out(
        lambda: service.add_fund(actor=current_user.actor, now=clock.now(), details=form.details()),
        {service.FundRefused: "title"},
    )
    if done:
        flash(f"{done.result.title} has been added to the network’s funds.", "success")
        return redirects.see(url_for("fund.funds"))
    return form.page("money/fund/new_fund.html")


@fund.get("/funds/<slug>")
@requires(Action.SEE_FUND, load=load_fund, scope=network_wide, name="row")
def one_fund(row: FundRow) -> str:
    """Show one fund, with a form for those who may change it."""
    return _page(_form(row), row)


@fund.post("/funds/<slug>")
@requires(Action.STEER_FUND, load=load_fund, scope=network_wide, name="row")
def change_fund(row: FundRow) -> ResponseReturnValue:
    """Change a fund's name and purpose."""
    form = _form(row)
    if not form.validate():
        return _page(form, row), 422
    return _answer(form, row, service.change_fund, "Saved.", details=form.details())


@fund.post("/funds/<slug>/close")
@requires(Action.STEER_FUND, load=load_fund, scope=network_wide, name="row")
def close_fund(row: FundRow) -> ResponseReturnValue:
    """Close an empty fund, so that forms no longer offer it."""
    return _answer(_form(row), row, service.close_fund, "The fund has been closed.")


@fund.post("/funds/<slug>/open")
@requires(Action.STEER_FUND, load=load_fund, scope=network_wide, name="row")
def open_fund(row: FundRow) -> ResponseReturnValue:
    """Reopen a closed fund, so that forms offer it again."""
    return _answer(_form(row), row, service.open_fund, "The fund is open again.")


@fund.post("/funds/<slug>/remove")
@requires(Action.STEER_FUND, load=load_fund, scope=network_wide, name="row")
def remove_fund(row: FundRow) -> ResponseReturnValue:
    """Remove a fund that has no entries."""
    return _answer(_form(row), row, service.remove_fund, "The fund has been removed.")


def _form(row: FundRow) -> FundForm:
    return editing(lambda: FundForm(obj=row), row, changed_by=("change_fund",))


def _answer(form: FundForm, row: FundRow, act: Any, done: str, **facts: Any) -> ResponseReturnValue:
    """Do it and go back to the list, or show why not."""
    return answered(
        form,
        partial(act, fund=row, **facts),
        {service.FundRefused: ""},
        page=lambda: _page(form, row),
        done=done,
        to=url_for("fund.funds"),
    )


def _page(form: FundForm, row: FundRow) -> str:
    built_in = domain_funds.is_built_in(row.name)
    return render_template(
        "money/fund/fund.html",
        form=form,
        row=row,
        holds_pence=queries.fund_balance(row.name),
        built_in=built_in,
        is_used=service.is_used(row.name),
        may_change=may_steer() and not built_in,
    )
