"""Import of a file: choose it, see what would happen row by row, confirm."""

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
from booking.people.pupils.imports.preview import ImportPreview, PupilFate, compare
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
            preview = preview_of(content, school)
        except sheet.NotReadable as error:
            form.refuse(str(error), "file")
        else:
            return _show(preview, school)
    return form.page("people/pupils/import.html", school=school)


@pupils.post("/import/yes")
@requires(Action.KEEP_PUPILS)
def confirm() -> ResponseReturnValue:
    """Write what the preview showed."""
    school, form = acting.school(), PupilYesForm()
    try:
        found = carried.unpack(form.rows.data or "", **_owner(school))
        counts = acts.run(
            lambda: service.import_pupils(
                actor=current_user.actor,
                now=clock.now(),
                school=school,
                rows=found,
                answers=answers_in(request.form.items()),
                replaced=frozenset(form.replaced.data or ()),
            )
        )
    except (carried.ListPreviewTooOld, service.YearNotTaught) as error:
        flash(str(error), "error")
        return redirects.see(url_for("pupils.choose_file"))
    flash(_said(counts), "success")
    return redirects.see(url_for("pupils.listing"))


def preview_of(content: bytes, school: School) -> ImportPreview:
    """Read a file and compare it with the school's list. Raises sheet.NotReadable."""
    reading = rows.read(content, years=(school.low_year, school.high_year))
    known = known_pupils(queries.to_compare(school.id))
    return ImportPreview(compare(reading.rows, known), reading.columns)


def _show(preview: ImportPreview, school: School) -> str:
    packed = carried.pack(preview.rows, **_owner(school)) if preview.can_be_kept else ""
    return render_template(
        "people/pupils/preview.html",
        preview=preview,
        school=school,
        form=yes_form(preview.of(PupilFate.DOUBT), rows=packed),
        packed=packed,
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
