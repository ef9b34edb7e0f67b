"""The bank at a glance, and one statement with its reconciliation, on screen and as a file."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.ledger import accounts
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import counts_file
from booking.foundation.web.paging import asked_page
from booking.money.bank import printing, queries, service
from booking.money.bank.forms import PlainForm
from booking.money.bank.models import BankStatement
from booking.money.bank.routes.blueprint import (
    StatementFile,
    bank,
    load_statement,
    load_statement_file,
    network_wide,
)
from booking.money.bank.routes.matching import may_keep
from booking.money.fund import queries as fund_queries
from booking.money.fund.routes import periods
from booking.money.fund.routes.statements import ENDINGS, send
from booking.money.fund.statements import printing as fund_printing


@bank.get("/")
@requires(Action.SEE_FUND)
def home() -> str:
    """Show whether ledger and bank agree, and what to do if not."""
    newest = queries.newest_statement()
    return render_template(
        "money/bank/home.html",
        newest=newest,
        found=queries.reconciliation(newest) if newest else None,
        proposals=len(queries.proposals()),
        ledger_pence=sum(fund_queries.held_by_fund(accounts.BANK).values()),
        page=queries.statements_page(number=asked_page()),
        may_keep=may_keep(),
    )


@bank.get("/statements/<public_id>")
@requires(Action.SEE_FUND, load=load_statement, scope=network_wide, name="statement")
def statement(statement: BankStatement) -> str:
    """Show a statement, with the reconciliation at its end, and its lines."""
    return _page(statement, PlainForm())


def _page(statement: BankStatement, form: PlainForm) -> str:
    newest, found = queries.newest_statement(), queries.reconciliation(statement)
    return render_template(
        "money/bank/statement.html",
        statement=statement,
        form=form,
        found=found,
        page=queries.lines_of(statement, number=asked_page()),
        files=periods.files("bank.statement_file", public_id=statement.public_id),
        in_latin=fund_printing.in_latin(printing.document(found, made_at=clock.now())),
        may_remove=may_keep() and newest is not None and newest.id == statement.id,
    )


@bank.get(f"/statements/<public_id>/reconciliation.<{ENDINGS}:ending>")
@requires(Action.SEE_FUND, load=load_statement_file, scope=network_wide, name="wanted")
@counts_file
def statement_file(wanted: StatementFile) -> ResponseReturnValue:
    """Send the reconciliation as a file."""
    found = queries.reconciliation(wanted.statement)
    return send(printing.document(found, made_at=clock.now()), wanted.ending)


@bank.post("/statements/<public_id>/remove")
@requires(Action.KEEP_FUND, load=load_statement, scope=network_wide, name="statement")
def remove(statement: BankStatement) -> ResponseReturnValue:
    """Remove the newest statement."""
    form = PlainForm()
    if not form.carry_out(
        lambda: service.remove_statement(
            actor=current_user.actor, now=clock.now(), statement=statement
        ),
        {service.ImportRefused: ""},
    ):
        return _page(statement, form), 422
    flash("The statement has been removed.", "success")
    return redirects.see(url_for("bank.home"))
