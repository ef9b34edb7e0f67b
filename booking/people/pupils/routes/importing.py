"""Import of a file: choose it, see what would happen row by row, confirm."""

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from flask import current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.people.pupils import queries, service
from booking.people.pupils.forms import PupilFileForm, PupilYesForm, answers_in, yes_form
from booking.people.pupils.imports import carried, rows, sheet
from booking.people.pupils.imports.columns import PupilColumns
from booking.people.pupils.imports.preview import ImportPreview, PupilFate, compare
from booking.people.pupils.imports.rows import BadRow, PupilRow
from booking.people.pupils.routes.blueprint import pupils
from booking.people.pupils.service.importing import known_pupils
from booking.people.schools import acting
from booking.people.schools.models import School


@pupils.route("/import", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS)
def choose_file() -> ResponseReturnValue:
    """Ask for the file; a POST shows its preview and writes nothing."""
    school, form = acting.school(), PupilFileForm()
    if form.validate_on_submit():
        # One byte more than allowed is enough to know.
        with closing(form.file.data) as file:
            content = file.read(sheet.BYTES_MAX + 1)
        try:
            school_year = service.year_of_lists(clock.now())
            preview = preview_of(content, school, school_year)
        except sheet.NotReadable as error:
            form.refuse(str(error), "file")
        else:
            return _show(preview, school, school_year)
    return form.page("people/pupils/import.html", school=school)


@pupils.post("/import/yes")
@requires(Action.KEEP_PUPILS)
def confirm() -> ResponseReturnValue:
    """Write what the preview showed."""
    school, form = acting.school(), PupilYesForm()
    try:
        found = carried.unpack(form.rows.data or "", **_owner(school))
        school_year = _chosen_year(form)
        if form.shown_year.data not in {
            "",
            None,
            school_year,
        }:  # another year may match other pupils
            return _show(compared(found, school, school_year), school, school_year)
        counts = acts.run(
            lambda: service.import_pupils(
                actor=current_user.actor,
                now=clock.now(),
                school=school,
                rows=found,
                answers=answers_in(request.form.items()),
                replaced=frozenset(form.replaced.data or ()),
                school_year=school_year,
            )
        )
    except (carried.ListPreviewTooOld, service.YearNotTaught) as error:
        flash(str(error), "error")
        return redirects.see(url_for("pupils.choose_file"))
    flash(_said(counts), "success")
    return redirects.see(url_for("pupils.listing"))


def preview_of(content: bytes, school: School, school_year: str) -> ImportPreview:
    """Read a file and compare it with the school's list. Raises sheet.NotReadable."""
    reading = rows.read(content, years=(school.low_year, school.high_year))
    return compared(reading.rows, school, school_year, reading.columns)


def compared(
    found: Sequence[PupilRow | BadRow],
    school: School,
    school_year: str,
    columns: PupilColumns | None = None,
) -> ImportPreview:
    """Compare rows with the school's list as it would be in that school year."""
    known = known_pupils(queries.to_compare(school.id), school_year)
    return ImportPreview(compare(found, known), columns or PupilColumns())


def _chosen_year(form: PupilYesForm) -> str:
    """Return the school year that was chosen for the file's year groups, or the usual one."""
    chosen = form.school_year.data
    return chosen if chosen in form.years_offered else service.year_of_lists(clock.now())


def _show(preview: ImportPreview, school: School, school_year: str) -> str:
    packed = carried.pack(preview.rows, **_owner(school)) if preview.can_be_kept else ""
    return render_template(
        "people/pupils/preview.html",
        preview=preview,
        school=school,
        form=yes_form(preview.of(PupilFate.DOUBT), rows=packed, school_year=school_year),
        packed=packed,
        school_year=school_year,
    )


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
        "secret": current_app.config["SECRET_KEY"],
        "school_id": school.id,
        "person_id": current_user.person_id,
    }
