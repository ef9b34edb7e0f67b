"""The page on which members of staff and associates leave: what stays, and the one press."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english
from booking.domain.permissions import LIFE_ROLES, Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import public, requires
from booking.foundation.web.asks_again import asks_again
from booking.foundation.web.forms import ButtonForm
from booking.people.schools import ports, queries, service, words
from booking.people.schools.routes.account import yourself
from booking.people.schools.routes.blueprints import account


@account.route("/account/leave", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
@asks_again
def leave() -> ResponseReturnValue:
    """Say what becomes of what somebody did here, and close their account."""
    form, person = ButtonForm(), yourself()
    if form.carry_out(
        lambda: service.leave(actor=current_user.actor, now=clock.now(), person=yourself()),
        {service.PersonRefused: ""},
    ):
        return redirects.see(url_for("account.left"))
    held = [(grant, words.post(grant)) for grant in queries.grants_of(person.id)]
    others = [
        f"{post[0].lower()}{post[1:]}" for grant, post in held if grant.role not in LIFE_ROLES
    ]
    return form.page(
        "people/account/leave.html",
        posts=[post for _, post in held],
        to_hand_over=english.listed(others) if others else "",
        becomes=[each for said in ports.what_becomes(person_id=person.id) for each in said],
    )


@account.get("/account/left")
@public
def left() -> str:
    """Say that the account is closed."""
    return render_template("people/account/left.html")
