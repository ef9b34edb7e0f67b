"""Import of a file: choose it, see what would happen row by row, confirm."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.tables import remembering
from booking.foundation.tables.records import ReadTable
from booking.foundation.tables.refusals import NotReadable
from booking.foundation.web import acts, redirects, table_forms
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form
from booking.people.pupils import queries, service
from booking.people.pupils.forms import PupilFileForm, PupilYesForm, answers_in, yes_form
from booking.people.pupils.imports import carried, dialect, rows
from booking.people.pupils.imports.carried import CarriedList
from booking.people.pupils.imports.columns import ColumnMissing, PupilColumns
from booking.people.pupils.imports.preview import ImportPreview, PupilFate, compare
from booking.people.pupils.imports.rows import BadRow, PupilRow
from booking.people.pupils.routes.blueprint import pupils
from booking.people.pupils.service.importing import known_pupils, owner_of
from booking.people.schools import acting
from booking.people.schools.models import School


@pupils.route("/import", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS)
def choose_file() -> ResponseReturnValue:
    """Ask for the file; a POST shows its preview and writes nothing.

    The preview sends the file here again, with what the person says about how it is to be read.
    """
    school = acting.school()
    form = PupilFileForm(owner=_content_owner(school))
    if form.validate_on_submit():
        try:
            return _preview(form, school)
        except NotReadable as error:
            form.refuse(str(error), "file")
    return form.page("people/pupils/import.html", school=school)


@pupils.post("/import/yes")
@requires(Action.KEEP_PUPILS)
def confirm() -> ResponseReturnValue:
    """Write what the preview showed."""
    school, form = acting.school(), PupilYesForm()
    try:
        found = carried.unpack(form.rows.data or "", **_owner(school))
        school_year = _chosen_year(form)
        if form.shown_year.data not in {"", None, school_year}:
            # Another year may match other pupils.
            return _show(compared(found.rows, school, school_year), school, found.columns)
        counts = acts.run(
            lambda: service.import_pupils(
                actor=current_user.actor,
                now=clock.now(),
                school=school,
                rows=found.rows,
                answers=answers_in(request.form.items()),
                replaced=frozenset(form.replaced.data or ()),
                columns=found.columns,
                school_year=school_year,
            )
        )
    except (carried.ListPreviewTooOld, service.YearNotTaught) as error:
        flash(str(error), "error")
        return redirects.see(url_for("pupils.choose_file"))
    flash(_said(counts), "success")
    return redirects.see(url_for("pupils.listing"))


def _preview(form: PupilFileForm, school: School) -> ResponseReturnValue:
    """Show what a file would do, or ask which columns are missing. Raises NotReadable."""
    content, choices = form.given(), form.choices(dialect.PUPILS)
    earlier = remembering.known(dialect=dialect.PUPILS.name, owner=owner_of(school))

    def asking(table: ReadTable, meanings: Sequence[str | None]) -> Form:
        return table_forms.how_read(
            table,
            dialect.PUPILS,
            content=content,
            choices=choices,
            owner=form.owner,
            meanings=meanings,
        )

    try:
        reading = rows.read(
            content,
            years=(school.low_year, school.high_year),
            choices=choices,
            remembered=earlier,
        )
    except ColumnMissing as error:
        how = asking(error.table, error.columns.meanings)
        how.refuse(str(error))
        return render_template("people/pupils/columns.html", school=school, form=how), 422
    school_year = service.year_of_lists(clock.now())
    preview = compared(reading.rows, school, school_year, reading.columns)
    said = remembering.said_of(reading.table, earlier)
    return _show(preview, school, said, asking(reading.table, reading.columns.meanings))


def compared(
    found: Sequence[PupilRow | BadRow],
    school: School,
    school_year: str,
    columns: PupilColumns | None = None,
) -> ImportPreview:
    """Compare rows with the school's list as it would be in that school year."""
    known = known_pupils(queries.to_compare(school.id), school_year)
    return ImportPreview(compare(found, known), columns or PupilColumns(), school_year)


def _chosen_year(form: PupilYesForm) -> str:
    """Return the school year that was chosen for the file's year groups, or the usual one."""
    chosen = form.school_year.data
    return chosen if chosen in form.years_offered else service.year_of_lists(clock.now())


def _show(
    preview: ImportPreview, school: School, said: Mapping[str, str], how: Form | None = None
) -> str:
    packed = ""
    if preview.can_be_kept:
        packed = carried.pack(CarriedList(preview.rows, said), **_owner(school))
    return render_template(
        "people/pupils/preview.html",
        preview=preview,
        school=school,
        how=how,
        form=yes_form(preview.of(PupilFate.DOUBT), rows=packed, school_year=preview.school_year),
        packed=packed,
    )


def _content_owner(school: School) -> str:
    """Return whose a file is while a page carries it."""
    return f"pupils of {school.id} by {current_user.person_id}"


def _said(counts: service.ImportCounts) -> str:
    done = (
        f"{english.plural(counts.added, 'pupil')} added, {counts.changed} changed. Nobody else "
        "has changed."
    )
    if not counts.unclear:
        return done
    left = english.plural(counts.unclear, "row was", "rows were")
    return f"{done} {left} left out, because nobody said who it was."


def _owner(school: School) -> dict[str, Any]:
    return {
        "secret": current_app.config["SIGNING_KEYS"],
        "school_id": school.id,
        "person_id": current_user.person_id,
    }
