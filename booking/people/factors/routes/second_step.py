"""The second step of signing in, and signing in with a passkey alone."""

from collections.abc import Callable

from flask import flash, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import redirects
from booking.foundation.web.access import public
from booking.people.factors import codes, passkeys, queries, service, words
from booking.people.factors.details import CODE, PASSKEY, RECOVERY
from booking.people.factors.forms import CodeForm, PasskeyAnswerForm
from booking.people.factors.models import Passkey
from booking.people.factors.refusals import NotProved
from booking.people.factors.routes import challenges, tries
from booking.people.factors.routes.blueprints import factors
from booking.people.schools import queries as school_queries
from booking.people.schools.details import Proof
from booking.people.schools.models import Person
from booking.people.schools.routes import letting_in
from booking.people.schools.routes.letting_in import Halfway

UNKNOWN = "This passkey is not known here. Sign in with your password."


def address_of(person_id: int) -> str:
    """Return where a person shows the second factor; "" for somebody who has none."""
    if not queries.has_any(person_id):
        return ""
    return url_for("factors.second", next=request.args.get("next"))


@factors.route("/sign-in/second", methods=["GET", "POST"])
@public
def second() -> ResponseReturnValue:
    """Ask for a code, or a passkey, of somebody whose password was right."""
    halfway = letting_in.halfway()
    if halfway is None:
        return _again()
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form, halfway)
    typed = form.code.data
    by = CODE if codes.is_of_app(typed) else RECOVERY
    return _end(
        form,
        halfway,
        by,
        lambda person: service.use_code(now=clock.now(), person=person, typed=typed),
    )


@factors.post("/sign-in/second/passkey")
@public
def second_by_passkey() -> ResponseReturnValue:
    """Take what a passkey of this person answered."""
    halfway = letting_in.halfway()
    if halfway is None:
        return _again()
    form = PasskeyAnswerForm()
    if not form.validate_on_submit():
        return _page(form, halfway)
    try:
        found, use = answered(form.credential.data or "")
        if found.person_id != halfway.person_id:
            raise NotProved("This passkey belongs to somebody else.")
    except NotProved as refusal:
        form.refuse(str(refusal))
        return _page(form, halfway)
    return _end(form, halfway, PASSKEY, lambda _person: use())


def _end(
    form: CodeForm | PasskeyAnswerForm, halfway: Halfway, by: str, use: Callable[[Person], None]
) -> ResponseReturnValue:
    """Use up what was shown, and let the person in; or say what is wrong."""
    tries.count(halfway.person_id)
    proof = Proof(f"{halfway.by}.{by}", is_both=True)

    def first() -> None:
        use(db.session.get_one(Person, halfway.person_id))

    try:
        answer = letting_in.admit(halfway.person_id, proof, kept=halfway.kept, first=first)
    except NotProved as refusal:
        person = db.session.get_one(Person, halfway.person_id)
        tries.failed(person.id, person.email)
        form.refuse(str(refusal), "code")
        return _page(form, halfway)
    if answer is None:
        return _again()
    tries.forgive(halfway.person_id)
    return answer


def _page(form: CodeForm | PasskeyAnswerForm, halfway: Halfway) -> ResponseReturnValue:
    known = [each.credential_id for each in queries.passkeys_of(halfway.person_id)]
    asking = passkeys.to_ask(challenges.site(), known=known, challenge=challenges.drawn())
    return form.page(
        "people/factors/second.html",
        code_form=form if isinstance(form, CodeForm) else CodeForm(formdata=None),
        asking=asking if known else "",
        has_app=queries.of(halfway.person_id).app is not None,
        who_resets=helpers_of(halfway.person_id)[0],
    )


def helpers_of(person_id: int) -> tuple[str, list[str]]:
    """Return who can reset a person's second factors, in words, and the names of other leads."""
    leads = school_queries.people_with(Role.LEAD)
    others = [each.name for each in leads if each.id != person_id]
    is_lead = len(others) < len(leads)
    return words.who_resets(is_lead=is_lead, others=bool(others)), others


def _again() -> ResponseReturnValue:
    flash("Please sign in again: the second step waits for ten minutes.", "warning")
    return redirects.see(url_for("account.sign_in", next=request.args.get("next")))


@factors.route("/sign-in/passkey", methods=["GET", "POST"])
@public
def passkey() -> ResponseReturnValue:
    """Sign in with a passkey alone: it asks for a finger, face or PIN, and so is two factors."""
    if current_user.is_authenticated:
        return redirects.next_or(letting_in.home_url())
    if not session.token:  # type: ignore[attr-defined]
        tries.count_page()
    form = PasskeyAnswerForm()
    if form.validate_on_submit():
        tries.count(None)
        try:
            found, use = answered(form.credential.data or "")
            proof = Proof(PASSKEY, is_both=True)
            person_id = found.person_id
            answer = letting_in.admit(person_id, proof, first=use)
            if answer is not None:
                tries.forgive(person_id)
                return answer
            form.refuse(UNKNOWN)
        except NotProved as refusal:
            tries.failed(None)
            form.refuse(str(refusal))
    asking = passkeys.to_ask(challenges.site(), known=(), challenge=challenges.drawn())
    return form.page("people/factors/passkey.html", asking=asking)


def answered(said: str) -> tuple[Passkey, Callable[[], None]]:
    """Return the passkey that answered, and what uses its answer up. Raises NotProved."""
    challenge = challenges.standing()
    found = queries.passkey(passkeys.credential_in(said))
    if found is None:
        raise NotProved(UNKNOWN)
    proved = passkeys.answered(
        challenges.site(), said, challenge=challenge, public_key=found.public_key
    )
    id_ = found.id
    return found, lambda: service.use_passkey(now=clock.now(), passkey_id=id_, answered=proved)
