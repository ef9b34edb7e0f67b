"""What is offered to the person signed in, accepted or declined without the mailed link."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm
from booking.people.schools import queries, service
from booking.people.schools.models import Invitation
from booking.people.schools.routes import letting_in
from booking.people.schools.routes.account import yourself
from booking.people.schools.routes.blueprints import account
from booking.people.schools.routes.invitations import facts_of, posts_of, welcome


def _own(public_id: str) -> Invitation | None:
    """Return what is offered to the address of the person signed in, and to nobody else's."""
    found = queries.invitation(public_id)
    return found if found is not None and found.email == current_user.email else None


def _anybodys(_offer: Invitation) -> Scope:
    """Return no scope: whose it is was checked when it was found."""
    return Scope()


@account.route("/account/offers/<public_id>", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT, load=_own, scope=_anybodys, name="offer")
def offer(offer: Invitation) -> ResponseReturnValue:
    """Show the role on offer; accept it."""
    form, person_id, posts = ButtonForm(), current_user.person_id, posts_of(offer)
    try:
        service.still_open(offer, now=clock.now())
        if not form.validate_on_submit():
            page = "people/account/offer.html"
            return form.page(page, declining_url=_declining_url(offer), **facts_of(offer))
        acts.run(
            lambda: service.accept_offered(now=clock.now(), invitation=offer, person=yourself())
        )
    except service.InvitationGone:
        return render_template("people/account/invitation_gone.html"), 404
    return welcome(person_id, posts, letting_in.proved())


@account.post("/account/offers/<public_id>/decline")
@requires(Action.OWN_ACCOUNT, load=_own, scope=_anybodys, name="offer")
def decline_offer(offer: Invitation) -> ResponseReturnValue:
    """Decline what is on offer."""
    if acts.attempt(
        lambda: service.decline(
            actor=current_user.actor,
            now=clock.now(),
            invitation=offer,
            email=current_user.email,
        ),
        service.InvitationRefused,
    ):
        flash("You have said no. We have told the person who invited you by e-mail.", "success")
    return redirects.see(url_for("account.home"))


def _declining_url(offer: Invitation) -> str:
    return url_for("account.decline_offer", public_id=offer.public_id)
