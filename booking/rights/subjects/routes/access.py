"""Everything held about one person: the check before it is given out, and the two files."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils.models import Parent, Pupil
from booking.people.pupils.routes.blueprint import known, own_school
from booking.people.schools import acting
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person
from booking.people.schools.routes.people import everywhere
from booking.rights.subjects import files, pages, printing, queries, service
from booking.rights.subjects.details import DataSubject
from booking.rights.subjects.forms import (
    TOGETHER,
    AddressForm,
    LookAgainForm,
    LookOverForm,
    OneParentForm,
)
from booking.rights.subjects.routes.blueprint import (
    asked_kind,
    looked_again,
    open_files,
    opened,
    subjects,
)

NOTHING = "Your school holds nothing under this address or number."


@subjects.route("/school/pupils/<public_id>/everything", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS, load=known, scope=own_school, name="pupil")
def pupil(pupil: Pupil) -> ResponseReturnValue:
    """Ask for everything held about a pupil and the family."""
    here = url_for("subjects.pupil", public_id=pupil.public_id)
    back = (url_for("pupils.history", public_id=pupil.public_id), "History")
    if pupil.left_at is None:
        back = (url_for("pupils.edit", public_id=pupil.public_id), pupil.name)
    file = url_for("subjects.pupil_file", public_id=pupil.public_id)
    erase = url_for("subjects.erase_pupil", public_id=pupil.public_id)
    several = len(pupil.parents) > 1
    form = OneParentForm().offer(pupil.parents) if several else LookOverForm()
    if looked_again(form):
        chosen = getattr(form, "asker", None)
        asked = [] if chosen is None or chosen.data == TOGETHER else [("Parent", int(chosen.data))]
        acts.run(lambda: _note(queries.of_pupil(pupil)))
        open_files(here, asked)
        return redirects.see(here)
    ready = [(pupil.name, file)] if opened(here) is not None else []
    return form.page(
        "rights/subjects/everything.html", back=back, about=pupil.name, ready=ready, erase=erase
    )


@subjects.get("/school/pupils/<public_id>/everything/file")
@requires(Action.KEEP_PUPILS, load=known, scope=own_school, name="pupil")
def pupil_file(pupil: Pupil) -> ResponseReturnValue:
    """Send everything held about a pupil and the family."""
    here = url_for("subjects.pupil", public_id=pupil.public_id)
    if (found := opened(here)) is None:
        return redirects.see(here)
    ids = {row_id for _, row_id in found}
    asker = next((parent for parent in pupil.parents if parent.id in ids), None)
    if ids and asker is None:  # no longer a parent of the pupil
        return redirects.see(here)
    return _sent(queries.of_pupil(pupil, asker))


@subjects.route("/school/adults/everything", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS)
def adults() -> ResponseReturnValue:
    """Ask for everything held about a parent, or an adult who came along: found by address."""
    here, form = url_for("subjects.adults"), AddressForm()
    if looked_again(form):
        rows = queries.at_address(acting.school().id, form.address.data or "")
        open_files(here, [(type(row).__name__, row.id) for row in rows])
        if found := adults_found():
            acts.run(lambda: _note(*found))
            return redirects.see(here)
        form.refuse(NOTHING, "address")
    named = [
        (person.name, url_for("subjects.adult_file", number=number))
        for number, person in enumerate(adults_found())
    ]
    erasing = [
        (person.name, url_for("subjects.erase_adult", number=number))
        for number, person in enumerate(adults_found())
    ]
    back = (url_for("school.home"), "Your school")
    return form.page(
        "rights/subjects/everything.html",
        back=back,
        about="an adult",
        ready=named,
        erasing=erasing,
        asking=[
            (person.name, url_for("data_requests.new", adult=person.row.public_id))
            for person in adults_found()
            if isinstance(person.row, AccompanyingAdult)
        ],
        typed=url_for("subjects.typed"),
    )


@subjects.get("/school/adults/everything/file/<int:number>")
@requires(Action.KEEP_PUPILS)
def adult_file(number: int) -> ResponseReturnValue:
    """Send everything held about one of the adults who were found."""
    found = adults_found()
    if number >= len(found):
        return redirects.see(url_for("subjects.adults"))
    return _sent(found[number])


def adults_found() -> list[DataSubject]:
    """Return the adults whose files may be fetched now, of the school acted for alone."""
    found = []
    for kind, row_id in opened(url_for("subjects.adults")) or []:
        parent = db.session.get(Parent, row_id) if kind == "Parent" else None
        adult = db.session.get(AccompanyingAdult, row_id) if parent is None else None
        if parent is not None:
            found.append(queries.of_parent(parent))
        elif adult is not None:
            found.append(queries.of_adult(adult))
    return [person for person in found if person.school_id == acting.school().id]


@subjects.route("/account/everything", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """Ask for everything held about oneself."""
    here, file = url_for("subjects.own"), url_for("subjects.own_file")
    back = (url_for("account.home"), "Your account")
    erase, form = url_for("subjects.erase_oneself"), LookAgainForm()
    return _page(form, here, file, person=_oneself(), back=back, about="you", erase=erase)


@subjects.get("/account/everything/file")
@requires(Action.OWN_ACCOUNT)
def own_file() -> ResponseReturnValue:
    """Send everything held about oneself."""
    here = url_for("subjects.own")
    return redirects.see(here) if opened(here) is None else _sent(_oneself())


def _oneself() -> DataSubject:
    return queries.of_person(db.session.get_one(Person, current_user.person_id), oneself=True)


@subjects.route("/admin/people/<public_id>/everything", methods=["GET", "POST"])
@requires(
    Action.RUN_NETWORK, load=school_queries.person_by_public_id, scope=everywhere, name="person"
)
def person(person: Person) -> ResponseReturnValue:
    """Ask for everything held about somebody with an account, who asked for it."""
    here = url_for("subjects.person", public_id=person.public_id)
    back = (url_for("admin.person", public_id=person.public_id), person.name)
    file = url_for("subjects.person_file", public_id=person.public_id)
    erase = url_for("subjects.erase_person", public_id=person.public_id)
    found = queries.of_person(person)
    return _page(LookOverForm(), here, file, person=found, back=back, erase=erase)


@subjects.get("/admin/people/<public_id>/everything/file")
@requires(
    Action.RUN_NETWORK, load=school_queries.person_by_public_id, scope=everywhere, name="person"
)
def person_file(person: Person) -> ResponseReturnValue:
    """Send everything held about somebody with an account."""
    here = url_for("subjects.person", public_id=person.public_id)
    return redirects.see(here) if opened(here) is None else _sent(queries.of_person(person))


def _page(
    form: LookAgainForm,
    here: str,
    file: str,
    *,
    person: DataSubject,
    back: tuple[str, str],
    about: str = "",
    erase: str = "",
) -> ResponseReturnValue:
    if looked_again(form):
        acts.run(lambda: _note(person))
        open_files(here)
        return redirects.see(here)
    about = about or person.name
    ready = [(about, file)] if opened(here) is not None else []
    return form.page(
        "rights/subjects/everything.html", back=back, about=about, ready=ready, erase=erase
    )


def _note(*people: DataSubject) -> None:
    for person in people:
        service.note_asked(actor=current_user.actor, now=clock.now(), person=person)


def _sent(person: DataSubject) -> Response:
    """Send the copy as the file that is asked for; that it was taken is recorded."""
    now, kind = clock.now(), asked_kind()
    copy = pages.copy_of(person, actor=current_user.actor, now=now)
    content = printing.as_pdf(copy) if kind == "pdf" else files.as_json(copy)
    acts.run(
        lambda: service.note_copy(
            actor=current_user.actor, now=now, person=person, file_format=kind
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
