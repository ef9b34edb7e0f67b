"""A person's own account: name, mobile, password, sessions and roles."""

from flask import render_template
from flask.typing import ResponseReturnValue

from booking.domain.permissions import Action
from booking.schools.routes.blueprints import account
from booking.web.access import requires


@account.get("/account/")
@requires(Action.OWN_ACCOUNT)
def home() -> ResponseReturnValue:
    """Show the account."""
    return render_template("account/home.html")
