"""Signing in with a password, and out."""

from flask import session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from booking.foundation import clock
from booking.foundation.web import acts, once, redirects
from booking.foundation.web.access import public
from booking.people.schools import queries, service
from booking.people.schools import sign_in as school_sign_in
from booking.people.schools.forms.account import SignInForm
from booking.people.schools.routes import attempts, letting_in
from booking.people.schools.routes.blueprints import account

#: The same words for an address we do not know, a wrong password and a closed account.
WRONG = "The e-mail address or password is not right."


@account.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password, and let in the person who knows them."""
    if current_user.is_authenticated:
        return redirects.next_or(letting_in.home_url())
    form = SignInForm()
    if not form.validate_on_submit():
        return form.page("people/account/sign_in.html")
    email = service.email_key(form.email.data)
    attempts.count(email)
    answer = _by_password(email, form.password.data, form.kept.data or "")
    if answer is None:
        attempts.failed(email)
        form.refuse(WRONG, "password")
        return form.page("people/account/sign_in.html")
    attempts.forgive(email)
    return answer


def _by_password(email: str, password: str, kept: str) -> ResponseReturnValue | None:
    found = school_sign_in.check(email, password)
    return None if found is None else letting_in.admit(found.person_id, found.proof, kept=kept)


def page_with(kept: str) -> ResponseReturnValue:
    """Return the sign-in page for somebody whose session ended while typing."""
    form = SignInForm(formdata=None)
    form.kept.data = kept
    return form.page("people/account/sign_in.html", back=once.own_page())


@account.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session, here and in the database."""
    if current_user.is_authenticated:
        acts.run(_record_sign_out)
    logout_user()
    session.clear()
    return redirects.see(url_for("account.sign_in"))


def _record_sign_out() -> None:
    person = queries.person_to_sign_in(current_user.person_id)
    if person is not None:
        service.record_sign_out(actor=current_user.actor, now=clock.now(), person=person)
