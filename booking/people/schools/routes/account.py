"""A person's own account: name, mobile, password, sessions and roles."""

from flask import flash, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock, contacts
from booking.foundation.audit.routes import histories
from booking.foundation.db import db
from booking.foundation.web import acts, identity, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again, was_asked
from booking.foundation.web.forms import Form, editing
from booking.people.schools import passwords, queries, service, sign_in, words
from booking.people.schools.forms.account import ChangePasswordForm, ProfileForm
from booking.people.schools.models import Invitation, Person
from booking.people.schools.routes import attempts, browsers, known
from booking.people.schools.routes.blueprints import account


@account.get("/account/")
@requires(Action.OWN_ACCOUNT)
def home() -> ResponseReturnValue:
    """Show name, mobile, roles and where the person is signed in."""
    person = yourself()
    here = _session_here()
    return render_template(
        "people/account/home.html",
        person=person,
        posts=[words.post(grant) for grant in queries.grants_of(person.id)],
        offers=[
            (found, [words.post(row) for row in found.roles]) for found in offers_to(person.email)
        ],
        sessions=[
            (row, browsers.name(row.browser), row.public_id == here)
            for row in queries.sessions_of(person.id, clock.now())
        ],
        known=[
            (browsers.name(row.browser), row.used_at)
            for row in queries.known_browsers(person.id, clock.now())
        ],
    )


@account.route("/account/details", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def details() -> ResponseReturnValue:
    """Change the person's name and mobile."""
    person = yourself()
    form = editing(lambda: ProfileForm(obj=person), person, changed_by=("change_person",))
    if form.carry_out(
        lambda: service.change_person(
            actor=current_user.actor,
            now=clock.now(),
            person=yourself(),
            name=form.name.data,
            mobile=form.mobile.data or "",
        ),
        {contacts.NotAPhone: "mobile"},
    ):
        flash("Your details have been saved.", "success")
        return redirects.see(url_for("account.home"))
    return form.page("people/account/details.html")


@account.route("/account/password", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def password() -> ResponseReturnValue:
    """Change the person's password; every other browser is signed out."""
    form = ChangePasswordForm()
    if form.validate_on_submit() and _may_change(form):
        hashed = passwords.hashed(form.password.data)
        acts.run(
            lambda: service.change_password(
                actor=current_user.actor,
                now=clock.now(),
                person=yourself(),
                password=hashed,
                keep_session=_session_here(),
                keep_browser=known.token_here(),
            )
        )
        flash("Your password has been changed. Every other browser has been signed out.", "success")
        return redirects.see(url_for("account.home"))
    return form.page("people/account/password.html")


@account.post("/account/sessions/<public_id>/end")
@requires(Action.OWN_ACCOUNT)
@asks_again
def end_session(public_id: str) -> ResponseReturnValue:
    """Sign out one of the person's browsers."""
    if acts.attempt(
        lambda: service.end_session(
            actor=current_user.actor, now=clock.now(), person=yourself(), session_id=public_id
        ),
        service.PersonRefused,
        level="info",
    ):
        flash("That browser has been signed out.", "success")
    return redirects.see(url_for("account.home"))


@account.post("/account/sessions/end-others")
@requires(Action.OWN_ACCOUNT)
@asks_again
def end_other_sessions() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    acts.run(
        lambda: service.end_other_sessions(
            actor=current_user.actor,
            now=clock.now(),
            person=yourself(),
            keep_session=_session_here(),
            keep_browser=known.token_here(),
        )
    )
    flash("Every other browser has been signed out.", "success")
    return redirects.see(url_for("account.home"))


def offers_to(email: str) -> list[Invitation]:
    """Return what somebody with this address may accept now."""
    return [
        found
        for found in queries.offered_to(email, clock.now())
        if not service.waits_for_lead(found)
    ]


def yourself() -> Person:
    """Return the row of the person signed in."""
    person = db.session.get(Person, current_user.person_id)
    assert person is not None, "who is signed in exists"
    return person


def _session_here() -> str:
    return queries.session_id(session.token)  # type: ignore[attr-defined]


def will_do(form: Form, *about: str) -> bool:
    """Return whether the password chosen in `form` will do; refuse it beside its field if not."""
    try:
        passwords.check(form["password"].data, about=(identity.facts().name, *about))
    except passwords.WeakPassword as error:
        form.refuse(str(error), "password")
        return False
    return True


def known_of(person: Person) -> list[str]:
    """Return what is known of a person, and so must not be their password."""
    return [person.email, person.name, *words.known_of(queries.grants_of(person.id))]


def proves_password(form: Form, field: str, email: str) -> bool:
    """Return whether `field` holds the password of `email`; refuse it beside the field if not.

    Whoever is signed in with that address may have shown otherwise that it is them.
    """
    if was_asked() and current_user.is_authenticated and current_user.email == email:
        return True
    attempts.count(email)
    if sign_in.check(email, form[field].data) is None:
        attempts.failed(email)
        form.refuse("This is not your current password.", field)
        return False
    attempts.forgive(email)
    return True


def _may_change(form: ChangePasswordForm) -> bool:
    email = current_user.email
    if not will_do(form, *known_of(yourself())):
        return False
    return proves_password(form, "current", email)


@account.get("/account/history")
@requires(Action.OWN_ACCOUNT)
def history() -> str:
    """Show somebody what they did themselves, and what was done to their account."""
    person = yourself()
    back = (url_for("account.home"), "Your account")
    return histories.show(table="people", row_id=person.id, of=person.name, back=back)
