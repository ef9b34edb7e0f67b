"""To Google or Microsoft and back: signing in, accepting an invitation, linking, proving again.

The way there begins with a form of ours and leads to a page of ours, which goes on by itself. A
form whose answer were a redirect to the provider would need the provider, and every school's own
sign-in page behind it, in the policy of where our forms may lead; so that policy stays as it is.
"""

import hmac
from collections.abc import Callable, Mapping

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    make_response,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from limits import parse

from booking.domain.identity_claims import ProviderKind, is_of_organisation
from booking.domain.permissions import Action
from booking.foundation import clock, security
from booking.foundation.db import db
from booking.foundation.security import events
from booking.foundation.web import acts, redirects, sessions, throttle
from booking.foundation.web.access import by_token, public, requires
from booking.people.openid import details, providers, queries, refusals, service
from booking.people.openid.details import Attempt, Proven, Provider, Purpose
from booking.people.openid.fetching import ProviderClient
from booking.people.openid.models import Identity
from booking.people.schools import service as schools
from booking.people.schools.details import Proof
from booking.people.schools.forms.account import AcceptNewForm
from booking.people.schools.models import Person
from booking.people.schools.routes import invitations, letting_in
from booking.people.schools.routes.account import yourself

openid = Blueprint("openid", __name__)
#: What this browser has begun, sealed, in its session: one attempt at a time.
KEY = "openid"
#: How often one address may set out; a school's staff room is one address.
STARTS = parse("60 per 5 minutes")
#: What a provider answers in place of a code if it is ill, or if the person may not or will not.
ILL = {"server_error", "temporarily_unavailable"}
DECLINED = {
    *("access_denied", "consent_required", "interaction_required", "login_required"),
    "account_selection_required",
}


@openid.post("/sign-in/with/<provider>")
@public
def set_out(provider: str) -> ResponseReturnValue:
    """Set out to sign in."""
    return _lead_on(
        _client(provider),
        Purpose.SIGN_IN,
        next_page=request.form.get("next", ""),
        kept=request.form.get("kept", ""),
    )


@openid.post("/invitations/<token>/with/<provider>")
@by_token("invitation")
def set_out_to_accept(token: str, provider: str) -> ResponseReturnValue:
    """Set out to accept an invitation with a new account. Only coming back accepts it."""
    client, form = _client(provider), AcceptNewForm()
    try:
        found = schools.find_open(token=token, now=clock.now())
    except schools.InvitationGone:
        return render_template("people/account/invitation_gone.html"), 404
    if not form.name.data:
        form.refuse("Enter a name.", "name")
    elif form.name.validate(form):
        return _lead_on(client, Purpose.ACCEPT, invitation=token, name=form.name.data)
    return form.page("people/account/invitation_new.html", **invitations.facts_of(found))


@openid.post("/account/identities/<provider>")
@requires(Action.OWN_ACCOUNT)
def set_out_to_link(provider: str) -> ResponseReturnValue:
    """Set out to link an account elsewhere to one's own."""
    return _lead_on(_client(provider), Purpose.LINK)


@openid.get("/account/identities")
@requires(Action.OWN_ACCOUNT)
def home() -> str:
    """Show which accounts elsewhere sign somebody in."""
    rows, by_issuer = _identities()
    linked = [(row, by_issuer[row.issuer]) for row in rows]
    free = [each for each in by_issuer.values() if each not in {who for _, who in linked}]
    return render_template("people/openid/home.html", linked=linked, free=free, person=yourself())


@openid.post("/account/identities/<public_id>/remove")
@requires(Action.OWN_ACCOUNT)
def remove(public_id: str) -> ResponseReturnValue:
    """Let an account elsewhere no longer sign somebody in."""
    done = acts.attempt(
        lambda: service.remove(
            actor=current_user.actor,
            now=clock.now(),
            person=yourself(),
            public_id=public_id,
            issuers=_by_issuer().keys(),
        ),
        refusals.LinkRefused,
    )
    if done:
        flash("That account no longer signs you in here.", "success")
    return redirects.see(url_for(".home"))


@openid.get("/sign-in/with/<provider>/onwards")
@public
def onwards(provider: str) -> ResponseReturnValue:
    """Lead on to the provider, by itself or by a link."""
    client = _client(provider)
    attempt = _begun(client.provider)
    db.session.rollback()  # nobody waits for our reading while we wait for the provider
    url = client.way_there(attempt, back=providers.address_back(client.provider))
    page = render_template("people/openid/onwards.html", provider=client.provider, url=url)
    response = _private(page)
    response.headers["Refresh"] = f"0; url={url}"
    return response


@openid.get("/sign-in/with/<provider>/back")
@public
def back(provider: str) -> ResponseReturnValue:
    """Take in the answer of a provider, once."""
    client = _client(provider)
    attempt, who = _taken(client.provider), client.provider
    _refuse_without_code(who)
    code = request.args["code"]
    proven = client.proven(attempt, code=code, back=providers.address_back(who), now=clock.now())
    if not is_of_organisation(who.kind, proven.claims, who.organisations):
        raise refusals.OtherOrganisation(who.title)
    return _ENDS[attempt.purpose](who, attempt, proven)


@openid.errorhandler(refusals.OpenidRefused)
def refused(error: refusals.OpenidRefused) -> ResponseReturnValue:
    """Say why nobody was signed in, and what to do; what was typed goes on with the next try."""
    kind = ProviderKind((request.view_args or {})["provider"])
    security.note(events.SIGN_IN, "failed", by=kind.value, why=error.why)
    attempt: Attempt | None = g.get("openid_attempt")
    page = render_template(
        "people/openid/refused.html",
        error=error,
        provider=providers.clients()[kind].provider,
        attempt=attempt,
        again=_address_to_begin(kind, attempt),
    )
    response = _private(page)
    response.status_code = error.status
    return response


def _address_to_begin(kind: ProviderKind, attempt: Attempt | None) -> str:
    if attempt is not None and attempt.purpose is Purpose.ACCEPT:
        return url_for("openid.set_out_to_accept", token=attempt.invitation, provider=kind.value)
    if attempt is not None and attempt.purpose is Purpose.LINK:
        return url_for("openid.set_out_to_link", provider=kind.value)
    return url_for("openid.set_out", provider=kind.value)


def _client(name: str) -> ProviderClient:
    """Return what asks a provider; 404 for one that is not set up."""
    found = {kind.value: client for kind, client in providers.clients().items()}.get(name)
    return found or abort(404)


def _lead_on(client: ProviderClient, purpose: Purpose, **more: str) -> ResponseReturnValue:
    throttle.count(STARTS, "openid", request.remote_addr or "127.0.0.1")
    kind = client.provider.kind
    session[KEY] = details.begun(kind, purpose, now=clock.now(), **more).sealed()
    return redirects.see(url_for("openid.onwards", provider=kind.value))


def _begun(provider: Provider) -> Attempt:
    """Return what this browser has begun with a provider. Raises AttemptGone."""
    attempt = details.opened(session.get(KEY, ""))
    if attempt is None or attempt.kind is not provider.kind or attempt.is_over(clock.now()):
        raise refusals.AttemptGone
    g.openid_attempt = attempt
    return attempt


def _taken(provider: Provider) -> Attempt:
    """Take what this browser has begun out of its session, if the answer is to that.

    Somebody else's answer takes nothing out, and of several requests with the same answer one gets
    it. Raises AttemptGone, NotProven.
    """
    attempt = _begun(provider)
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


_ENDS: Mapping[Purpose, Callable[[Provider, Attempt, Proven], ResponseReturnValue]] = {
    Purpose.SIGN_IN: _sign_in,
    Purpose.ACCEPT: _accept,
    Purpose.LINK: _link,
}


def _by_issuer() -> dict[str, Provider]:
    return {each.issuer: each for each in providers.choices()}


def _identities() -> tuple[list[Identity], dict[str, Provider]]:
    by_issuer = _by_issuer()
    return queries.identities_of(current_user.person_id, by_issuer.keys()), by_issuer


def _private(page: str) -> Response:
    """Return a page whose address has a secret in it: no browser keeps it, or tells of it."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
