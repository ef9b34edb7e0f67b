"""Choosing a new password by a link in an e-mail."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import by_token, public
from booking.people.schools import passwords, service
from booking.people.schools.forms.account import AskResetForm, ResetForm
from booking.people.schools.routes import attempts, known
from booking.people.schools.routes.account import known_of, will_do
from booking.people.schools.routes.blueprints import account


@account.route("/reset", methods=["GET", "POST"])
@public
def ask_reset() -> ResponseReturnValue:
    """Send a link; the answer is the same whether or not the address has an account."""
    form = AskResetForm()
    if not form.validate_on_submit():
        return form.page("people/account/ask_reset.html")
    attempts.asked_link(form.email.data)
    acts.run(lambda: service.ask_reset(now=clock.now(), email=form.email.data))
    return redirects.see(url_for("account.reset_sent"))


@account.get("/reset-sent")
@public
def reset_sent() -> ResponseReturnValue:
    """Say what happens next, the same for everybody."""
    return render_template("people/account/reset_sent.html")


@account.route("/reset/<token>", methods=["GET", "POST"])
@by_token("password reset")
def reset(token: str) -> ResponseReturnValue:
    """Let the link's owner choose a new password. Only looking at the page changes nothing."""
    try:
        person = service.find_reset(token=token, now=clock.now())
        form = ResetForm()
        if not (form.validate_on_submit() and will_do(form, *known_of(person))):
            return form.page("people/account/reset.html", email=person.email)
        hashed = passwords.hashed(form.password.data)
        acts.run(lambda: _reset(token, hashed))
    except service.ResetGone:
        return render_template("people/account/reset_gone.html"), 404
    flash("Your new password has been saved. Sign in with it.", "success")
    return redirects.see(url_for("account.sign_in"))


def _reset(token: str, password: passwords.HashedPassword) -> None:
    """Store it, and know the browser: its person need not wait for whoever guesses passwords."""
    person = service.reset_password(now=clock.now(), token=token, password=password)
    known.remember(person.id)
