"""Signing in and out."""

from flask import current_app, flash, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from booking.domain import permissions
from booking.domain.permissions import Action, Role
from booking.foundation import clock
from booking.foundation.web import acts, once, redirects, sessions, typed_again
from booking.foundation.web.access import public
from booking.people.schools import queries, service
from booking.people.schools import sign_in as school_sign_in
from booking.people.schools.forms.account import SignInForm
from booking.people.schools.routes import attempts
from booking.people.schools.routes.blueprints import account

#: The same words for an address we do not know, a wrong password and a closed account.
WRONG = "The e-mail address or password is not right."
#: Roles that see every school, or money, and so have short sessions.
SHORT_SESSIONS = (Role.LEAD, Role.TREASURER)
#: Where each role starts; the first match counts.
HOMES = (
    (Action.SEE_NETWORK, "admin.home"),
    (Action.REQUEST_PLACES, "school.home"),
    (Action.KEEP_FUND, "fund.home"),
    (Action.SEE_EVENT_WORK, "host.home"),
)


@account.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password, and let in the person who knows them."""
    if current_user.is_authenticated:
        return redirects.next_or(home_url())
    form = SignInForm()
    if not form.validate_on_submit():
        return form.page("people/account/sign_in.html")
    email = service.email_key(form.email.data)
    attempts.count(email)
    person_id = let_in(email, form.password.data)
    if person_id is None:
        attempts.failed(email)
        form.refuse(WRONG, "password")
        return form.page("people/account/sign_in.html")
    return _go_on(form.kept.data or "", person_id)


def _go_on(kept: str, person_id: int) -> ResponseReturnValue:
    """Lead on, or to the form that was sent too late; what was typed travels in the page."""
    if not kept:
        return redirects.next_or(home_url())
    try:
        typed = typed_again.opened(kept, person_id=person_id, now=clock.now())
    except typed_again.NotKept as refusal:
        flash(str(refusal), "warning")
        return redirects.next_or(home_url())
    return render_template("people/account/typed_again.html", typed=typed)


def page_with(kept: str) -> ResponseReturnValue:
    """Return the sign-in page for somebody whose session ended while typing."""
    form = SignInForm(formdata=None)
    form.kept.data = kept
    return form.page("people/account/sign_in.html", back=once.own_page())


def let_in(email: str, password: str) -> int | None:
    """Sign in the person with this address and password; return who, or None if nobody."""
    found = school_sign_in.check(email, password)
    if found is None or not acts.run(lambda: _record_sign_in(found)):
        return None
    attempts.forgive(email)
    begin(found.person_id)
    return found.person_id


def _record_sign_in(found: school_sign_in.LetIn) -> bool:
    """Record it, unless the account has just been closed; return whether it may go ahead."""
    person = queries.person_to_sign_in(found.person_id)
    if person is None:
        return False
    actor = school_sign_in.actor_of(person.id, person.grants)
    service.record_sign_in(actor=actor, now=clock.now(), person=person, rehashed=found.rehashed)
    return True


def begin(person_id: int) -> None:
    """Begin a session of this person, with nothing of the visitor's session in it."""
    user = school_sign_in.load(str(person_id))
    assert user is not None, "a person who has just been let in can be loaded"
    session.clear()
    login_user(user)
    if any(user.actor.has(role) for role in SHORT_SESSIONS):
        session[sessions.SHORT_KEY] = True
    sessions.renew(session)


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


def home_url() -> str:
    """Return the home page of the person signed in."""
    for action, endpoint in HOMES:
        if endpoint in current_app.view_functions and permissions.may(current_user.actor, action):
            return url_for(endpoint)
    return url_for("account.home")
