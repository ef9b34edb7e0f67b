"""The page where somebody who is signed in shows again who they are, by whatever they have."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation.web import asks_again, typed_again
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form
from booking.foundation.web.origins import SAFE
from booking.people.schools import ports
from booking.people.schools.forms.account import AskedAgainForm
from booking.people.schools.routes import letting_in
from booking.people.schools.routes.account import proves_password, yourself
from booking.people.schools.routes.blueprints import account


@account.route("/account/again", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def asked_again() -> ResponseReturnValue:
    """Ask for the password again, then go on to what was asked for."""
    form = AskedAgainForm()
    if form.validate_on_submit() and proves_password(form, "password", current_user.email):
        asks_again.mark_asked()
        return letting_in.go_on(form.kept.data or "", current_user.person_id, asked=True)
    return page_again(form, kept=form.kept.data or "", back=request.args.get("next", ""))


def page_with(kept: str) -> ResponseReturnValue:
    """Return the page for a request that is asked first who it is by."""
    back = (
        request.full_path.rstrip("?") if request.method in SAFE else typed_again.page_of_the_form()
    )
    return page_again(AskedAgainForm(formdata=None), kept=kept, back=back)


def page_again(form: Form, *, kept: str, back: str) -> ResponseReturnValue:
    """Return the page with what is wrong in `form`, which may be that of another way."""
    password = form if isinstance(form, AskedAgainForm) else AskedAgainForm(formdata=None)
    return form.page(
        "people/account/asked_again.html",
        password=password.password,
        has_password=yourself().has_password,
        ways=ports.other_ways(current_user.person_id),
        kept=kept,
        back=back,
    )
