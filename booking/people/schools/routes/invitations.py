"""Accepting an invitation by its link."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import by_token
from booking.foundation.web.forms import ButtonForm
from booking.people.schools import passwords, queries, service, sign_in, words
from booking.people.schools.details import INVITATION, Proof
from booking.people.schools.forms.account import AcceptKnownForm, AcceptNewForm
from booking.people.schools.models import Invitation, Person
from booking.people.schools.routes import attempts, known, letting_in
from booking.people.schools.routes.account import will_do
from booking.people.schools.routes.blueprints import account


@account.route("/invitations/<token>", methods=["GET", "POST"])
@by_token("invitation")
def invitation(token: str) -> ResponseReturnValue:
    """Show the roles offered, and accept them. Only looking at the page changes nothing."""
    try:
        found = service.find_open(token=token, now=clock.now())
        known = queries.person_by_email(found.email)
        if known is None:
            return _accept_new(found, token)
        if current_user.person_id == known.id:
            return _accept_signed_in(found, token)
        return _accept_known(found, token)
    except service.WaitsForLead:
        return render_template("people/account/invitation_waits.html"), 404
    except (service.InvitationGone, service.EmailTaken):
        return render_template("people/account/invitation_gone.html"), 404


def _accept_new(found: Invitation, token: str) -> ResponseReturnValue:
    form = AcceptNewForm(obj=found)
    about = (found.email, form.name.data, *words.known_of(found.roles))
    if not (form.validate_on_submit() and will_do(form, *about)):
        return form.page("people/account/invitation_new.html", **facts_of(found))
    hashed, posts = passwords.hashed(form.password.data), posts_of(found)

    def accept() -> Person:
        made = service.accept_invitation(
            now=clock.now(), token=token, name=form.name.data, password=hashed
        )
        known.remember(made.id)
        return made

    person = acts.run(accept)
    return welcome(person.id, posts, Proof(INVITATION))


def _accept_known(found: Invitation, token: str) -> ResponseReturnValue:
    form = AcceptKnownForm()
    facts, email, posts = facts_of(found), found.email, posts_of(found)
    if not form.validate_on_submit():
        return form.page("people/account/invitation_known.html", **facts)
    attempts.count(email)
    let_in = sign_in.check(email, form.password.data)
    answer = None if let_in is None else _accept_by_password(let_in, token)
    if answer is None:
        attempts.failed(email)
        form.refuse("This is not the password of your account.", "password")
        return form.page("people/account/invitation_known.html", **facts)
    attempts.forgive(email)
    _greet(posts)
    return answer


def _accept_by_password(let_in: sign_in.LetIn, token: str) -> ResponseReturnValue | None:
    id_ = let_in.person_id
    return letting_in.admit(id_, let_in.proof, first=lambda: _accept(token, id_))


def _accept_signed_in(found: Invitation, token: str) -> ResponseReturnValue:
    form, person_id, posts = ButtonForm(), current_user.person_id, posts_of(found)
    if not form.validate_on_submit():
        return form.page("people/account/invitation_signed_in.html", **facts_of(found))
    acts.run(lambda: _accept(token, person_id))
    return welcome(person_id, posts, letting_in.proved())


def _accept(token: str, person_id: int) -> None:
    person = db.session.get(Person, person_id)
    service.accept_invitation(now=clock.now(), token=token, person=person)


def welcome(person_id: int, posts: str, proof: Proof) -> ResponseReturnValue:
    """Begin a new session with the new roles, whoever was signed in here before."""
    letting_in.begin(person_id, proof)
    _greet(posts)
    return redirects.see(letting_in.home_url())


def _greet(posts: str) -> None:
    flash(f"Welcome. You are now {posts}.", "success")


def posts_of(found: Invitation) -> str:
    """Return the roles that an invitation offers, as they read within a sentence."""
    offered = [words.post(row) for row in found.roles]
    return english.listed(post[0].lower() + post[1:] for post in offered)


def facts_of(found: Invitation) -> dict[str, Any]:
    """Return what every page of an invitation shows."""
    inviter, post = found.invited_by, service.handed_over(found)
    return {
        "invitation": found,
        "holder": post.person.name if post is not None else "",
        "inviter": inviter.name if inviter else "",
        "posts": [(words.post(row), words.DUTIES[row.role]) for row in found.roles],
    }
