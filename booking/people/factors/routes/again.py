"""Showing again who one is by a passkey, or a code of one's app, in place of the password."""

from collections.abc import Callable

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import acts, asks_again
from booking.foundation.web.access import requires
from booking.people.factors import codes, passkeys, queries, service
from booking.people.factors.forms import CodeForm, PasskeyAnswerForm
from booking.people.factors.refusals import NotProved
from booking.people.factors.routes import challenges, second_step, tries
from booking.people.factors.routes.blueprints import factors
from booking.people.schools.details import OtherWays
from booking.people.schools.models import Person
from booking.people.schools.routes import asked_again, letting_in


def ways_of(person_id: int) -> OtherWays:
    """Return what a person's passkeys are asked, and the field for a code of their app."""
    found = queries.of(person_id)
    known = [each.credential_id for each in found.passkeys]
    if known:
        asked = passkeys.to_ask(challenges.site(), known=known, challenge=challenges.drawn())
    return OtherWays(
        passkey=asked if known else "",
        code_form=CodeForm(formdata=None) if found.app else None,
    )


@factors.post("/account/again/code")
@requires(Action.OWN_ACCOUNT)
def again_by_code() -> ResponseReturnValue:
    """Take a code of the app. A recovery code is not spent on this."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form)
    typed = form.code.data
    if not codes.is_of_app(typed):
        form.refuse("Type the six digits that your app shows now.", "code")
        return _page(form)
    id_ = current_user.person_id
    return _take(
        form,
        lambda: service.use_code(
            now=clock.now(), person=db.session.get_one(Person, id_), typed=typed
        ),
    )


@factors.post("/account/again/passkey")
@requires(Action.OWN_ACCOUNT)
def again_by_passkey() -> ResponseReturnValue:
    """Take what a passkey of this person answered."""
    form = PasskeyAnswerForm()
    if not form.validate_on_submit():
        return _page(form)
    try:
        found, use = second_step.answered(form.credential.data or "")
        if found.person_id != current_user.person_id:
            raise NotProved("This passkey belongs to somebody else.")
    except NotProved as refusal:
        form.refuse(str(refusal))
        return _page(form)
    return _take(form, use)


def _take(form: CodeForm | PasskeyAnswerForm, use: Callable[[], None]) -> ResponseReturnValue:
    """Use up what was shown, and go on to what was asked for; or say what is wrong."""
    person_id, email = current_user.person_id, current_user.email
    tries.count(person_id)
    try:
        acts.run(use)
    except NotProved as refusal:
        tries.failed(person_id, email)
        form.refuse(str(refusal), "code")
        return _page(form)
    tries.forgive(person_id)
    asks_again.mark_asked()
    return letting_in.go_on(request.form.get("kept", ""), person_id, asked=True)


def _page(form: CodeForm | PasskeyAnswerForm) -> ResponseReturnValue:
    kept, back = request.form.get("kept", ""), request.args.get("next", "")
    return asked_again.page_again(form, kept=kept, back=back)
