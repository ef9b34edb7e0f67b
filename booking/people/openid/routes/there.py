"""The way to Google or Microsoft, the page that shows who is linked, and why somebody was refused.

The way begins with a form of ours and leads to a page of ours, which goes on by itself. A form
whose answer were a redirect to the provider would need the provider, and every school's own sign-in
page behind it, in the policy of where our forms may lead; so that policy stays as it is.
"""

from flask import (
    Blueprint,
    Response,
    abort,
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

from booking.domain import limits
from booking.domain.identity_claims import ProviderKind
from booking.domain.permissions import Action
from booking.foundation import clock, security
from booking.foundation.db import db
from booking.foundation.security import events
from booking.foundation.web import acts, redirects, throttle
from booking.foundation.web.access import by_token, public, requires
from booking.foundation.web.asks_again import asks_again
from booking.people.openid import details, providers, queries, refusals, service
from booking.people.openid.details import Attempt, Provider, Purpose
from booking.people.openid.fetching import ProviderClient
from booking.people.openid.models import Identity
from booking.people.schools import service as schools
from booking.people.schools.forms.account import AcceptNewForm
from booking.people.schools.routes import invitations
from booking.people.schools.routes.account import yourself

openid = Blueprint("openid", __name__)
#: What this browser has begun, sealed, in its session: one attempt at a time.
KEY = "openid"
#: Where somebody signed in sets out.
_OF_ACCOUNT = {
    Purpose.LINK: "openid.set_out_to_link",
    Purpose.PROVE: "openid.set_out_to_prove",
}


@openid.before_request
def keep_off() -> None:
    """Answer 404 if no provider is set up.

    The addresses stand either way: what is off is then checked by the same tests as what is on.
    """
    if not providers.clients():
        abort(404)


@openid.post("/sign-in/with/<provider>")
@public
def set_out(provider: str) -> ResponseReturnValue:
    """Set out to sign in."""
    return _lead_on(
        client(provider),
        Purpose.SIGN_IN,
        next_page=request.form.get("next", ""),
        kept=request.form.get("kept", ""),
    )


@openid.post("/invitations/<token>/with/<provider>")
@by_token("invitation")
def set_out_to_accept(token: str, provider: str) -> ResponseReturnValue:
    """Set out to accept an invitation with a new account. Only coming back accepts it."""
    asked, form = client(provider), AcceptNewForm()
    try:
        found = schools.find_open(token=token, now=clock.now())
    except schools.InvitationGone:
        return render_template("people/account/invitation_gone.html"), 404
    if not form.name.data:
        form.refuse("Enter a name.", "name")
    elif form.name.validate(form):
        return _lead_on(asked, Purpose.ACCEPT, invitation=token, name=form.name.data)
    return form.page("people/account/invitation_new.html", **invitations.facts_of(found))


@openid.post("/account/identities/<provider>")
@requires(Action.OWN_ACCOUNT)
@asks_again
def set_out_to_link(provider: str) -> ResponseReturnValue:
    """Set out to link an account elsewhere to one's own."""
    return _lead_on(client(provider), Purpose.LINK)


@openid.post("/account/identities/<provider>/prove")
@requires(Action.OWN_ACCOUNT)
def set_out_to_prove(provider: str) -> ResponseReturnValue:
    """Set out to show again that it is oneself, in place of a password."""
    return _lead_on(
        client(provider),
        Purpose.PROVE,
        next_page=request.form.get("next", ""),
        kept=request.form.get("kept", ""),
    )


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
@asks_again
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
    asked = client(provider)
    attempt = begun(asked.provider)
    db.session.rollback()  # nobody waits for our reading while we wait for the provider
    url = asked.way_there(attempt, back=providers.address_back(asked.provider))
    page = render_template("people/openid/onwards.html", provider=asked.provider, url=url)
    response = private(page)
    response.headers["Refresh"] = f"0; url={url}"
    return response


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
    response = private(page)
    response.status_code = error.status
    return response


def _address_to_begin(kind: ProviderKind, attempt: Attempt | None) -> str:
    if attempt is not None and attempt.purpose is Purpose.ACCEPT:
        return url_for("openid.set_out_to_accept", token=attempt.invitation, provider=kind.value)
    if attempt is not None and attempt.purpose in _OF_ACCOUNT:
        return url_for(_OF_ACCOUNT[attempt.purpose], provider=kind.value)
    return url_for("openid.set_out", provider=kind.value)


def client(name: str) -> ProviderClient:
    """Return what asks a provider; 404 for one that is not set up."""
    found = {kind.value: client for kind, client in providers.clients().items()}.get(name)
    return found or abort(404)


def _lead_on(asked: ProviderClient, purpose: Purpose, **more: str) -> ResponseReturnValue:
    throttle.count(limits.PROVIDERS, throttle.here())
    kind = asked.provider.kind
    session[KEY] = details.begun(kind, purpose, now=clock.now(), **more).sealed()
    return redirects.see(url_for("openid.onwards", provider=kind.value))


def begun(provider: Provider) -> Attempt:
    """Return what this browser has begun with a provider. Raises AttemptGone."""
    attempt = details.opened(session.get(KEY, ""))
    if attempt is None or attempt.kind is not provider.kind or attempt.is_over(clock.now()):
        raise refusals.AttemptGone
    g.openid_attempt = attempt
    return attempt


def ways_in(person_id: int) -> int:
    """Return how many accounts elsewhere sign a person in, at the providers that are set up."""
    return len(queries.identities_of(person_id, _by_issuer().keys()))


def _by_issuer() -> dict[str, Provider]:
    return {each.issuer: each for each in providers.choices()}


def _identities() -> tuple[list[Identity], dict[str, Provider]]:
    by_issuer = _by_issuer()
    return queries.identities_of(current_user.person_id, by_issuer.keys()), by_issuer


def private(page: str) -> Response:
    """Return a page whose address has a secret in it: no browser keeps it, or tells of it."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
