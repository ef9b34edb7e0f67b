"""Import a statement: choose it, see what would happen line by line, confirm."""

import hashlib
from contextlib import closing
from typing import Any

from flask import current_app, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects, sheets
from booking.foundation.web.access import requires
from booking.money.bank import queries, service
from booking.money.bank.forms import StatementFileForm, StatementYesForm
from booking.money.bank.imports import carried, statement
from booking.money.bank.imports.carried import Carried
from booking.money.bank.imports.statement import RowProblem, StatementReading
from booking.money.bank.queries import ImportPlan
from booking.money.bank.routes.blueprint import bank

#: How many unreadable rows are named; they tend to have one cause.
PROBLEMS_SHOWN = 20
NAME_MAX = 120


@bank.route("/import", methods=["GET", "POST"])
@requires(Action.KEEP_FUND)
def choose_file() -> ResponseReturnValue:
    """Ask for the file; a POST shows what would happen and writes nothing."""
    form = StatementFileForm()
    if not form.validate_on_submit():
        return _ask(form), 422 if form.errors else 200
    # One byte more than allowed is enough to know.
    with closing(form.file.data) as file:
        name, content = file.filename or "statement.csv", file.read(sheets.BYTES_MAX + 1)
    digest = hashlib.sha256(content).hexdigest()
    try:
        service.check_new_file(digest)
        reading = statement.read(content)
    except (sheets.NotReadable, service.ImportRefused) as error:
        form.refuse(str(error), "file")
        return _ask(form), 422
    if reading.problems:
        form.refuse(_problem_words(reading), "file")
        return _ask(form, reading.problems), 422
    found = Carried(name[-NAME_MAX:], digest, reading.lines)
    return _preview(found, StatementYesForm(formdata=None, closing=_closing(found)))


def _problem_words(reading: StatementReading) -> str:
    count = len(reading.problems)
    return (
        f"{english.plural(count, 'row')} in this file cannot be read, so nothing has been "
        f"imported. {english.agree(count, 'It is', 'They are')} listed below."
    )


def _ask(form: StatementFileForm, problems: tuple[RowProblem, ...] = ()) -> str:
    return render_template(
        "money/bank/import.html",
        form=form,
        problems=problems[:PROBLEMS_SHOWN],
        not_named=len(problems) - PROBLEMS_SHOWN,
        newest=queries.newest_statement(),
    )


@bank.post("/import/yes")
@requires(Action.KEEP_FUND)
def confirm() -> ResponseReturnValue:
    """Write what the preview showed."""
    form = StatementYesForm()
    try:
        found = carried.unpack(form.lines.data or "", **_owner())
    except carried.StatementPreviewTooOld as error:
        flash(str(error), "error")
        return redirects.see(url_for("bank.choose_file"))
    done = form.carry_out(
        lambda: service.import_statement(
            actor=current_user.actor,
            now=clock.now(),
            carried=found,
            closing_pence=form.closing.data,
        ),
        {service.DoesNotAddUp: "closing", service.ImportRefused: ""},
    )
    if done is None:
        return _preview(found, form), 422
    count = english.plural(len(done.result.lines), "line")
    flash(f"{count} imported. Now match them with their entries.", "success")
    return redirects.see(url_for("bank.matching"))


def _preview(found: Carried, form: StatementYesForm) -> str:
    plan = queries.plan(found.lines)
    form.lines.data = carried.pack(found, **_owner())
    return render_template(
        "money/bank/preview.html",
        found=found,
        plan=plan,
        form=form,
        newest=queries.newest_statement(),
        opening=_opening(plan, form.closing.data),
    )


def _closing(found: Carried) -> int | None:
    """Return the balance after the last line, if the file gives it."""
    return found.lines[-1].balance_pence


def _opening(plan: ImportPlan, closing_pence: int | None) -> int | None:
    """Return the balance before the very first statement, once it is known."""
    if plan.held_pence is not None or closing_pence is None:
        return None
    return closing_pence - plan.new_pence


def _owner() -> dict[str, Any]:
    return {"secret": current_app.config["SECRET_KEY"], "person_id": current_user.person_id}
