"""Changing the address a person signs in with, by a link mailed to the new one."""

from flask import flash, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import by_token, requires
from booking.foundation.web.asks_again import asks_again
from booking.people.schools import queries, service
from booking.people.schools.forms.account import AskNewAddressForm, NewAddressForm
from booking.people.schools.models import Person
from booking.people.schools.routes import attempts
from booking.people.schools.routes.account import proves_password, yourself
from booking.people.schools.routes.blueprints import account


@account.route("/account/e-mail", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
@asks_again
def ask_new_address() -> ResponseReturnValue:
    """Send a link to the address that the person would like to sign in with."""
    form = AskNewAddressForm()
    if form.validate_on_submit():
        attempts.asked_link(current_user.email)
        if form.attempt(lambda: _ask(form), {service.PersonRefused: "email"}):
            flash(
                f"We have sent a link to {form.email.data}. Until you open it, keep signing in "
                f"with {current_user.email}.",
                "info",
            )
            return redirects.see(url_for("account.home"))
    return form.page("people/account/e_mail.html")


def _ask(form: AskNewAddressForm) -> None:
    service.ask_new_address(
        actor=current_user.actor, now=clock.now(), person=yourself(), email=form.email.data
    )


@account.route("/new-address/<token>", methods=["GET", "POST"])
@by_token("new address")
def new_address(token: str) -> ResponseReturnValue:
    """Let the person confirm a new address, with the password. Looking changes nothing."""
    try:
        found = service.find_new_address(token=token, now=clock.now())
        form, old, keep = NewAddressForm(), found.person.email, _session_of(found.person)
        if not (form.validate_on_submit() and proves_password(form, "password", old)):
            return form.page("people/account/new_address.html", old=old, new=found.email)
        acts.run(lambda: service.change_address(now=clock.now(), token=token, keep_session=keep))
    except (service.AddressGone, service.EmailTaken) as error:
        return render_template("people/account/new_address_gone.html", why=str(error)), 404
    flash(f"From now on, sign in with {found.email}.", "success")
    return redirects.see(url_for("account.home" if keep else "account.sign_in"))


def _session_of(person: Person) -> str:
    """Return this browser's session if it is this person's own; otherwise ""."""
    if current_user.person_id != person.id:
        return ""
    return queries.session_id(session.token)  # type: ignore[attr-defined]
