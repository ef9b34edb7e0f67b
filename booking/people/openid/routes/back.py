"""The way back from Google or Microsoft: an answer is taken in once, and what it proves is done."""

import hmac
from collections.abc import Callable, Mapping

from flask import current_app, flash, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.identity_claims import is_of_organisation
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import acts, asks_again, redirects, sessions
from booking.foundation.web.access import public
from booking.people.openid import providers, queries, refusals, service
from booking.people.openid.details import Attempt, Proven, Provider, Purpose
from booking.people.openid.routes.there import KEY, begun, client, openid
from booking.people.schools import service as schools
from booking.people.schools.details import Proof
from booking.people.schools.models import Person
from booking.people.schools.routes import invitations, letting_in
from booking.people.schools.routes.account import yourself

#: What a provider answers in place of a code if it is ill, or if the person may not or will not.
ILL = {"server_error", "temporarily_unavailable"}
DECLINED = {
    *("access_denied", "consent_required", "interaction_required", "login_required"),
    "account_selection_required",
}


@openid.get("/sign-in/with/<provider>/back")
@public
def back(provider: str) -> ResponseReturnValue:
    """Take in the answer of a provider, once."""
    asked = client(provider)
    attempt, who = _taken(asked.provider), asked.provider
    _refuse_without_code(who)
    code = request.args["code"]
    proven = asked.proven(attempt, code=code, back=providers.address_back(who), now=clock.now())
    if not is_of_organisation(who.kind, proven.claims, who.organisations):
        raise refusals.OtherOrganisation(who.title)
    return _ENDS[attempt.purpose](who, attempt, proven)


def _taken(provider: Provider) -> Attempt:
    """Take what this browser has begun out of its session, if the answer is to that.

    Somebody else's answer takes nothing out, and of several requests with the same answer one gets
    it. Raises AttemptGone, NotProven.
    """
    attempt = begun(provider)
    if not hmac.compare_digest(attempt.state.encode(), request.args.get("state", "").encode()):
        raise refusals.AttemptGone
    # RFC 9207: an answer that names another provider was mixed up, or sent on by it.
    if request.args.get("iss", provider.issuer) != provider.issuer:
        raise refusals.NotProven(provider.title, "issuer")
    if sessions.take(session, KEY) is None:
        raise refusals.AttemptGone
    return attempt


def _refuse_without_code(provider: Provider) -> None:
    error = request.args.get("error", "")
    if error in ILL:
        raise refusals.ProviderSilent(provider.title)
    if error in DECLINED:
        raise refusals.ProviderDeclined(provider.title)
    if error or not request.args.get("code"):
        known = error if error.isidentifier() and len(error) <= 40 else "nothing"
        current_app.logger.error("%s answers %s", provider.title, known)
        raise refusals.NotUnderstood(provider.title)


def _sign_in(provider: Provider, attempt: Attempt, proven: Proven) -> ResponseReturnValue:
    """End the way of somebody who signs in."""
    person_id = service.whose(provider, proven)

    def first() -> None:
        person = db.session.get_one(Person, person_id)
        service.use(now=clock.now(), provider=provider, proven=proven, person=person)

    redirects.aim(attempt.next_page)
    proof = Proof(provider.kind.value, is_both=proven.is_both)
    answer = letting_in.admit(person_id, proof, kept=attempt.kept, first=first)
    if answer is None:
        raise refusals.NobodyKnown(provider.title, str(proven.claims.get("email", "")))
    return answer


def _accept(provider: Provider, attempt: Attempt, proven: Proven) -> ResponseReturnValue:
    """End the way of somebody who accepts an invitation with a new account."""
    try:
        found = schools.find_open(token=attempt.invitation, now=clock.now())
        posts = invitations.posts_of(found)
        person = acts.run(
            lambda: service.accept(
                now=clock.now(),
                provider=provider,
                proven=proven,
                token=attempt.invitation,
                name=attempt.name,
            )
        )
    except (schools.InvitationGone, schools.EmailTaken):
        return render_template("people/account/invitation_gone.html"), 404
    proof = Proof(provider.kind.value, is_both=proven.is_both)
    return invitations.welcome(person.id, posts, proof)


def _link(provider: Provider, _attempt: Attempt, proven: Proven) -> ResponseReturnValue:
    """End the way of somebody who links an account elsewhere to their own."""
    if not current_user.is_authenticated:
        raise refusals.AttemptGone
    email = current_user.email
    try:
        acts.run(
            lambda: service.use(
                now=clock.now(), provider=provider, proven=proven, person=yourself()
            )
        )
    except refusals.NobodyKnown as error:
        raise refusals.OtherPerson(provider.title, email) from error
    flash(f"From now on you can sign in with {provider.title}.", "success")
    return redirects.see(url_for(".home"))


def _prove(provider: Provider, attempt: Attempt, proven: Proven) -> ResponseReturnValue:
    """End the way of somebody who shows again that it is them."""
    identity = queries.identity(proven)
    if identity is None or identity.person_id != current_user.person_id:
        raise refusals.OtherPerson(provider.title, current_user.email)
    asks_again.mark_asked()
    redirects.aim(attempt.next_page or url_for(".home"))
    return letting_in.go_on(attempt.kept, current_user.person_id, asked=True)


_ENDS: Mapping[Purpose, Callable[[Provider, Attempt, Proven], ResponseReturnValue]] = {
    Purpose.SIGN_IN: _sign_in,
    Purpose.ACCEPT: _accept,
    Purpose.LINK: _link,
    Purpose.PROVE: _prove,
}
