"""Erasure on request: what goes, what stays and why, and the one press."""

from typing import Any

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english, keeping
from booking.domain.keeping import Whose
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.people.pupils.models import Parent, Pupil
from booking.people.pupils.routes.blueprint import known, own_school
from booking.people.schools import queries as school_queries
from booking.people.schools import service as schools
from booking.people.schools.models import Person
from booking.people.schools.routes.people import everywhere
from booking.rights.subjects import queries, service
from booking.rights.subjects.details import DataSubject
from booking.rights.subjects.forms import EraseForm
from booking.rights.subjects.routes.access import adults_found
from booking.rights.subjects.routes.blueprint import looked_again, subjects


@subjects.route("/school/pupils/<public_id>/erase", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS, load=known, scope=own_school, name="pupil")
def erase_pupil(pupil: Pupil) -> ResponseReturnValue:
    """Say what goes and what stays when a pupil and the family are erased, and do it."""
    form, now, name = EraseForm(), clock.now(), pupil.name
    if looked_again(form):
        done = form.attempt(
            lambda: service.erase_pupil(actor=current_user.actor, now=clock.now(), pupil=pupil),
            {service.NotErased: ""},
        )
        if done:
            flash(_told(done.result.kept), "success")
            return redirects.see(url_for("pupils.listing"))
    return form.page(
        "rights/subjects/erase.html",
        about=name,
        back=(url_for("subjects.pupil", public_id=pupil.public_id), f"Everything about {name}"),
        in_the_way=queries.in_the_way(pupil, now),
        coming=[booking.event.title for booking in queries.coming(pupil, now)],
        brothers=queries.other_children(pupil),
        table=_table(Whose.FAMILIES),
    )


@subjects.route("/admin/people/<public_id>/erase", methods=["GET", "POST"])
@requires(
    Action.RUN_NETWORK, load=school_queries.person_by_public_id, scope=everywhere, name="person"
)
def erase_person(person: Person) -> ResponseReturnValue:
    """Say what goes and what stays when somebody with an account is erased, and do it."""
    form, name = EraseForm(), person.name
    if looked_again(form) and form.attempt(
        lambda: service.erase_person(actor=current_user.actor, now=clock.now(), person=person),
        {service.NotErased: "", schools.RoleRefused: ""},
    ):
        flash("The person has been erased, and is signed out everywhere.", "success")
        return redirects.see(url_for("admin.people"))
    return form.page(
        "rights/subjects/erase.html",
        about=name,
        back=(url_for("admin.person", public_id=person.public_id), name),
        in_the_way=(),
        coming=(),
        brothers=(),
        table=_table(Whose.STAFF),
    )


@subjects.route("/school/adults/erase/<int:number>", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS)
def erase_adult(number: int) -> ResponseReturnValue:
    """Erase one parent, or an adult who came along: one of those just found by address."""
    here, found = url_for("subjects.adults"), adults_found()
    if number >= len(found):
        return redirects.see(here)
    person, form = found[number], EraseForm()
    parent = person.row if isinstance(person.row, Parent) else None
    if looked_again(form) and form.attempt(lambda: _erase(person), {service.NotErased: ""}):
        flash("The person has been erased.", "success")
        return redirects.see(here)
    return form.page(
        "rights/subjects/erase.html",
        about=person.name,
        back=(here, "What is held about an adult"),
        in_the_way=queries.money_of(parent)
        if parent is not None
        else queries.still_travels(person.row, clock.now()),
        coming=(),
        brothers=(),
        on_paper=queries.only_parent_of(parent) if parent is not None else (),
        table=_table(Whose.FAMILIES if parent is not None else Whose.ADULTS),
    )


def _erase(person: DataSubject) -> object:
    facts = {"actor": current_user.actor, "now": clock.now()}
    if isinstance(person.row, Parent):
        service.erase_parent(parent=person.row, **facts)
        return None
    return service.erase_adult(adult=person.row, **facts)


@subjects.route("/account/erase", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def erase_oneself() -> ResponseReturnValue:
    """Say what stays when somebody without a role erases their own account, and do it."""
    form, person = EraseForm(), db.session.get_one(Person, current_user.person_id)
    if looked_again(form) and form.attempt(
        lambda: service.erase_oneself(actor=current_user.actor, now=clock.now(), person=person),
        {service.NotErased: ""},
    ):
        return redirects.see(url_for("events.listing"))
    return form.page(
        "rights/subjects/erase.html",
        about="your account",
        back=(url_for("account.home"), "Your account"),
        in_the_way=(service.RolesFirst(),) if queries.has_role(current_user.person_id) else (),
        coming=(),
        brothers=(),
        table=_table(Whose.STAFF),
    )


def _table(whose: Whose) -> list[Any]:
    """Return what is kept of such people: what, what keeps it longer, and what remains."""
    rows = [row for row in keeping.TABLE if row.whose is whose]
    return [(row.what, row.unless, row.remains) for row in rows]


def _told(kept: int) -> str:
    """Return what has been done, without a name: the message itself is kept for a day."""
    if not kept:
        return "The pupil has been erased."
    places = english.plural(kept, "place")
    return f"Erased, but the name stays with {places}: the record of an incident is kept."
