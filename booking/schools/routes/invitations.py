"""Taking up an invitation by its link."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking import clock
from booking.db import db, transaction
from booking.schools import attempts, passwords, queries, service, words
from booking.schools import sign_in as signing_in
from booking.schools.forms.account import AcceptKnownForm, AcceptNewForm, EmptyForm
from booking.schools.models import Invitation, Person
from booking.schools.routes import signing_in as sign_in_pages
from booking.schools.routes.account import page, will_do
from booking.schools.routes.blueprints import account
from booking.web import redirects
from booking.web.access import by_token


@account.route("/invitations/<token>", methods=["GET", "POST"])
@by_token("invitation")
def invitation(token: str) -> ResponseReturnValue:
    """Show the roles offered; take them up. Looking at the page changes nothing."""
    try:
        found = service.find_open(token=token, now=clock.now())
        known = queries.person_by_email(found.email)
        if known is None:
            return _accept_new(found, token)
        if current_user.person_id == known.id:
            return _accept_signed_in(found, token)
        return _accept_known(found, token)
    except (service.InvitationGone, service.EmailTaken):
        return render_template("account/invitation_gone.html"), 404


def _accept_new(found: Invitation, token: str) -> ResponseReturnValue:
    form = AcceptNewForm(obj=found)
    if not (form.validate_on_submit() and will_do(form, found.email, form.name.data)):
        return page("account/invitation_new.html", form, **_offer(found))
    hashed = passwords.hashed(form.password.data)
    with transaction():
        person = service.accept_invitation(
            now=clock.now(), token=token, name=form.name.data, password=hashed
        )
        person_id = person.id
    return _welcome(person_id)


def _accept_known(found: Invitation, token: str) -> ResponseReturnValue:
    form = AcceptKnownForm()
    facts, email = _offer(found), found.email
    if not form.validate_on_submit():
        return page("account/invitation_known.html", form, **facts)
    attempts.count(email)
    let_in = signing_in.check(email, form.password.data)
    if let_in is None:
        form.refuse("This is not the password of your account.", "password")
        return page("account/invitation_known.html", form, **facts)
    attempts.forgive(email)
    with transaction():
        person = db.session.get(Person, let_in.person_id)
        service.accept_invitation(now=clock.now(), token=token, person=person)
    return _welcome(let_in.person_id)


def _accept_signed_in(found: Invitation, token: str) -> ResponseReturnValue:
    form = EmptyForm()
    if not form.validate_on_submit():
        return page("account/invitation_signed_in.html", form, **_offer(found))
    person_id = current_user.person_id
    with transaction():
        person = db.session.get(Person, person_id)
        service.accept_invitation(now=clock.now(), token=token, person=person)
    return _welcome(person_id)


def _welcome(person_id: int) -> ResponseReturnValue:
    """Begin a fresh session with the new roles, whoever was signed in here before."""
    sign_in_pages.begin(person_id)
    flash("Welcome. Your new role is yours from now on.", "success")
    return redirects.see(sign_in_pages.home_url())


def _offer(found: Invitation) -> dict[str, Any]:
    inviter = found.invited_by
    return {
        "invitation": found,
        "inviter": inviter.name if inviter else "",
        "posts": [(words.post(row), words.DUTIES[row.role]) for row in found.roles],
    }
