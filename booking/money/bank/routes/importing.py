"""Import a statement: choose it, see what would happen line by line, confirm."""

import hashlib
from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.tables import remembering
from booking.foundation.tables.records import TableChoices
from booking.foundation.tables.refusals import NotReadable
from booking.foundation.web import redirects, table_forms
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form
from booking.foundation.web.table_forms import TableFileForm
from booking.money.bank import queries, service
from booking.money.bank.forms import StatementYesForm
from booking.money.bank.imports import carried, columns, statement
from booking.money.bank.imports.carried import ACCOUNT, Carried
from booking.money.bank.imports.statement import StatementReading
from booking.money.bank.queries import ImportPlan
from booking.money.bank.routes.blueprint import bank

NAME_MAX = 120


@dataclass(frozen=True)
class Chosen:
    """A file that was chosen, and how it was read."""

    name: str
    digest: str
    reading: StatementReading
    pointed: dict[str, str]
    #: The form that shows how it was read, and sends it to be read in another way.
    how_read: Form

    @property
    def carried(self) -> Carried:
        """What confirming the preview would import."""
        return Carried(
            self.name,
            self.digest,
            self.reading.lines,
            self.reading.left_out,
            tuple(self.pointed.items()),
        )


@bank.route("/import", methods=["GET", "POST"])
@requires(Action.KEEP_FUND)
def choose_file() -> ResponseReturnValue:
    """Ask for the file; a POST shows what would happen and writes nothing."""
    form = TableFileForm(owner=_content_owner(), missing="Choose the file that your bank exported.")
    if not form.validate_on_submit():
        return _ask(form), 422 if form.errors else 200
    try:
        chosen = _read(form)
    except (NotReadable, service.ImportRefused) as error:
        form.refuse(str(error), "file")
        return _ask(form), 422
    if chosen.reading.question:
        form.refuse(chosen.reading.question)
        return _ask(form, chosen), 422
    if why := _why_not(chosen.reading):
        return _stopped(chosen, why), 422
    found = chosen.carried
    closing_pence = chosen.reading.closing_pence
    yes = StatementYesForm(formdata=None, closing=closing_pence)
    return _preview(found, yes, chosen)


def _read(form: TableFileForm) -> Chosen:
    """Read what was chosen. Raises NotReadable and SameFile."""
    content = form.given()
    raw = content.encode() if isinstance(content, str) else content
    digest = hashlib.sha256(raw).hexdigest()
    service.check_new_file(digest)
    choices: TableChoices = form.choices(columns.DIALECT)
    earlier = remembering.known(dialect=columns.DIALECT.name, owner=ACCOUNT)
    reading = statement.read(content, choices=choices, remembered=earlier)
    how_read = table_forms.how_read(
        reading.table,
        columns.DIALECT,
        content=content,
        choices=choices,
        owner=_content_owner(),
        meanings=reading.meanings,
    )
    name = form.file_name or request.args.get("name", "") or "statement.csv"
    said = remembering.said_of(reading.table, earlier)
    return Chosen(name[-NAME_MAX:], digest, reading, said, how_read)


def _ask(form: TableFileForm, chosen: Chosen | None = None) -> str:
    return render_template(
        "money/bank/import.html", form=form, chosen=chosen, newest=queries.newest_statement()
    )


def _why_not(reading: StatementReading) -> str:
    """Return why a file cannot be imported as it is; empty if the treasurer decides."""
    if reading.broken:
        line, told = reading.broken
        return f"Line {line}: {told}"
    if not reading.lines:
        return "None of its lines could be read."
    if reading.unread and queries.newest_statement() is None:
        return service.not_all_read(len(reading.unread))
    return ""


def _stopped(chosen: Chosen, why: str) -> str:
    """Show a file that cannot be imported as it is, with what could be read of it."""
    return render_template("money/bank/stopped.html", chosen=chosen, why=why)


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
    known = done.result.known_count
    there = f", and {english.plural(known, 'was', 'were')} already here" if known else ""
    flash(f"{count} imported{there}. Now match them with their entries.", "success")
    return redirects.see(url_for("bank.matching"))


def _preview(found: Carried, form: StatementYesForm, chosen: Chosen | None = None) -> str:
    plan = queries.plan(found.lines, closing_pence=form.closing.data)
    form.lines.data = carried.pack(found, **_owner())
    return render_template(
        "money/bank/preview.html",
        found=found,
        plan=plan,
        form=form,
        chosen=chosen,
        newest=queries.newest_statement(),
        opening=_opening(plan, form.closing.data),
    )


def _opening(plan: ImportPlan, closing_pence: int | None) -> int | None:
    """Return the balance before the very first statement, once it is known."""
    if plan.held_pence is not None or closing_pence is None:
        return None
    return closing_pence - plan.new_pence


def _owner() -> dict[str, Any]:
    return {"secret": current_app.config["SIGNING_KEYS"], "person_id": current_user.person_id}


def _content_owner() -> str:
    return f"bank statement of person {current_user.person_id}"
