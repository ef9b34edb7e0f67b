"""Names that were only typed: at the door, or of pupils who lead. A person recognises them."""

from flask import Response, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms.fields import SelectChoice

from booking.domain import terms
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.holdings import Concerned
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.people.schools import acting
from booking.rights.subjects import files, pages, printing, queries, service
from booking.rights.subjects.details import DataSubject, TypedName
from booking.rights.subjects.forms import EraseTypedForm, TypedNameForm
from booking.rights.subjects.routes.blueprint import (
    asked_kind,
    close_files,
    looked_again,
    open_files,
    opened,
    subjects,
)

NOTHING = "Nobody typed this name for your school, or it leads to a pupil on your list."


@subjects.route("/school/names/everything", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS)
def typed() -> ResponseReturnValue:
    """Look for a name that leads to no pupil on the list."""
    form, here = TypedNameForm(), url_for("subjects.typed")
    if looked_again(form):
        school, name = acting.school(), form.name.data or ""
        if queries.typed(school.id, name):
            acts.run(_note_asked)
            open_files(here, [(name, school.id)])
            return redirects.see(url_for("subjects.typed_found"))
        form.refuse(NOTHING, "name")
    back = (url_for("subjects.adults"), "What is held about an adult")
    return form.page("rights/subjects/typed.html", back=back)


@subjects.route("/school/names/found", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS)
def typed_found() -> ResponseReturnValue:
    """Show where a name was typed, and erase what a person recognises."""
    name, found = _found()
    if not found:
        return redirects.see(url_for("subjects.typed"))
    form = EraseTypedForm()
    form.chosen.choices = [
        SelectChoice(one.key, f"{one.name} {one.what}, {terms.day_text(one.on)}") for one in found
    ]
    if looked_again(form) and form.attempt(
        lambda: service.erase_typed(
            actor=current_user.actor,
            now=clock.now(),
            school=acting.school(),
            name=name,
            keys=form.chosen.data or (),
        ),
        {service.NotErased: ""},
    ):
        close_files()
        flash("The names have been erased.", "success")
        return redirects.see(url_for("subjects.typed"))
    return form.page(
        "rights/subjects/typed_found.html",
        about=name,
        back=(url_for("subjects.typed"), "Another name"),
        file=url_for("subjects.typed_file"),
    )


@subjects.get("/school/names/found/file")
@requires(Action.KEEP_PUPILS)
def typed_file() -> ResponseReturnValue:
    """Send where a name was typed."""
    name, found = _found()
    if not found:
        return redirects.see(url_for("subjects.typed"))
    now, kind = clock.now(), asked_kind()
    copy = pages.copy_of_typed(name, found, now=now)
    content = printing.as_pdf(copy) if kind == "pdf" else files.as_json(copy)
    acts.run(
        lambda: service.note_copy(
            actor=current_user.actor, now=now, person=_school(), file_format=kind
        )
    )
    return Response(
        content,
        mimetype=files.MIMETYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="everything-held.{kind}"',
            "Cache-Control": "no-store",
        },
    )


def _found() -> tuple[str, list[TypedName]]:
    """Return the name that was looked for just now, and where the school's pupils have it."""
    looked = opened(url_for("subjects.typed")) or []
    school = acting.school()
    for name, school_id in looked:
        if school_id == school.id:
            return name, queries.typed(school.id, name)
    return "", []


def _school() -> DataSubject:
    """Return whom the trail names: the school, because a typed name is no row of a person."""
    school = acting.school()
    return DataSubject("typed", school.name, Concerned(), school, school.id)


def _note_asked() -> None:
    service.note_asked(actor=current_user.actor, now=clock.now(), person=_school())
