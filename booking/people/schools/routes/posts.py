"""Roles change hands: removed, handed over, offered again; by the lead or the person's school."""

from flask import flash, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import permissions
from booking.domain.permissions import Action, Role, Scope
from booking.foundation import clock
from booking.foundation.audit import pages as audit_pages
from booking.foundation.audit.details import HistoryFilter, HistoryLine
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.foundation.web.forms import Refusals, editing
from booking.people.schools import queries, service, words
from booking.people.schools.forms.network import InvitedAddressForm, SuccessorForm
from booking.people.schools.models import Invitation, RoleGrant
from booking.people.schools.routes.blueprints import posts
from booking.people.schools.routes.network import show
from booking.people.schools.routes.people import everywhere, invitation_scope

#: So many of somebody's acts are listed beside a new role; their history has them all.
DONE_MAX = 25


def grant_scope(grant: RoleGrant) -> Scope:
    """Return what a role belongs to."""
    return Scope(grant.school_id, grant.event_id)


@posts.route("/<public_id>/hand-over", methods=["GET", "POST"])
@requires(Action.KEEP_SCHOOL, load=queries.grant, scope=grant_scope, name="grant")
@asks_again
def hand_over(grant: RoleGrant) -> ResponseReturnValue:
    """Ask who takes over a role, show who that is, and offer it."""
    form = SuccessorForm()
    refusals: Refusals = {service.RoleRefused: "email", service.InvitationRefused: "email"}
    facts = {"post": words.post(grant), "person": grant.person, "back_url": _back_url(grant)}
    if form.validate_on_submit() and not form.is_checked():
        if to := form.attempt(lambda: _ask_whom(grant, form), refusals):
            form.checked.data = form.email.data
            page = "people/posts/hand_over_check.html"
            return render_template(page, form=form, to=to.result, school=grant.school, **facts)
    elif done := form.carry_out(lambda: _offer(grant, form), refusals):
        flash(done.result, "success")
        return redirects.see(url_for("posts.hand_over", public_id=grant.public_id))
    offered = queries.hand_over(grant.id, clock.now())
    return show(
        "people/posts/hand_over.html",
        form,
        offered=offered,
        waits=offered is not None and service.waits_for_lead(offered),
        **facts,
    )


def _ask_whom(grant: RoleGrant, form: SuccessorForm) -> service.Successor:
    return service.ask_whom(actor=current_user.actor, grant=grant, email=form.email.data)


def _offer(grant: RoleGrant, form: SuccessorForm) -> str:
    """Offer the role; return the message to show."""
    offered = service.offer_post(
        actor=current_user.actor,
        now=clock.now(),
        grant=grant,
        email=form.email.data,
        name=form.name.data,
    )
    if service.waits_for_lead(offered):
        return "We have asked the network lead. Nothing is sent to your successor until they agree."
    return f"{offered.name} has been invited. The handover happens when they accept."


@posts.get("/<public_id>/")
@requires(Action.SEE_COLLEAGUES, load=queries.grant, scope=grant_scope, name="grant")
def post(grant: RoleGrant) -> ResponseReturnValue:
    """Show who got a role and what they have done with it, to whoever was told of it."""
    return render_template(
        "people/posts/post.html",
        grant=grant,
        post=words.post(grant),
        lines=_done_since(grant) if _may_stop(grant) else None,
        leads=[lead.name for lead in queries.people_with(Role.LEAD)],
        told=", ".join(person.name for person in queries.posts.told_of(grant)),
        alone=grant.school_id is not None and queries.posts.is_alone(grant),
    )


def _may_stop(grant: RoleGrant) -> bool:
    return grant.person_id != current_user.person_id and permissions.may(
        current_user.actor, Action.KEEP_SCHOOL, grant_scope(grant)
    )


def _done_since(grant: RoleGrant) -> list[HistoryLine]:
    """Return what somebody has done since they got a role, as far as the reader may know."""
    actor = current_user.actor
    whose = ("people", grant.person_id)
    if not permissions.may(actor, Action.SEE_NETWORK) and grant.school_id is not None:
        whose = ("schools", grant.school_id)
    wanted = HistoryFilter(who=str(grant.person_id), since=grant.granted_at)
    return audit_pages.latest(audit_pages.reader(actor, *whose), most=DONE_MAX, wanted=wanted)


@posts.post("/<public_id>/stop")
@requires(Action.KEEP_SCHOOL, load=queries.grant, scope=grant_scope, name="grant")
@asks_again
def stop(grant: RoleGrant) -> ResponseReturnValue:
    """Take back a role that is wrong, and show what was done with it."""
    person, name, title = grant.person, grant.person.name, words.post(grant)
    back, here = _back_url(grant), queries.session_id(session.token)  # type: ignore[attr-defined]
    if not acts.attempt(
        lambda: service.stop_role(
            actor=current_user.actor, now=clock.now(), grant=grant, keep_session=here
        ),
        service.RoleRefused,
    ):
        return redirects.see(back)
    flash(f"{name} is no longer {title}, and is signed out. Check below what was done.", "success")
    if permissions.may(current_user.actor, Action.SEE_NETWORK):
        return redirects.see(
            url_for("admin.person_history", public_id=person.public_id, period="month")
        )
    return redirects.see(url_for("own_school.history", who=person.id, period="month"))


@posts.post("/<public_id>/revoke")
@requires(Action.KEEP_SCHOOL, load=queries.grant, scope=grant_scope, name="grant")
@asks_again
def revoke(grant: RoleGrant) -> ResponseReturnValue:
    """Remove a role."""
    post, name, back = words.post(grant), grant.person.name, _back_url(grant)
    here = queries.session_id(session.token)  # type: ignore[attr-defined]
    if acts.attempt(
        lambda: service.revoke_role(
            actor=current_user.actor, now=clock.now(), grant=grant, keep_session=here
        ),
        service.RoleRefused,
    ):
        flash(f"{name} is no longer {post}.", "success")
    return redirects.see(back)


@posts.post("/invitations/<public_id>/send-again")
@requires(Action.KEEP_SCHOOL, load=queries.invitation, scope=invitation_scope, name="invitation")
@asks_again
def send_again(invitation: Invitation) -> ResponseReturnValue:
    """Send a new link; the old one ends."""
    if acts.attempt(
        lambda: service.send_again(
            actor=current_user.actor, now=clock.now(), invitation=invitation
        ),
        service.InvitationRefused,
        service.RoleRefused,
    ):
        flash(f"We have sent a new link to {invitation.name}.", "success")
    return redirects.see(invitations_url())


@posts.route("/invitations/<public_id>/address", methods=["GET", "POST"])
@requires(Action.KEEP_SCHOOL, load=queries.invitation, scope=invitation_scope, name="invitation")
@asks_again
def change_address(invitation: Invitation) -> ResponseReturnValue:
    """Send an invitation to a corrected address."""
    form = editing(
        lambda: InvitedAddressForm(obj=invitation),
        invitation,
        changed_by=("change_invited_address",),
    )
    if form.carry_out(
        lambda: service.change_invited_address(
            actor=current_user.actor, now=clock.now(), invitation=invitation, email=form.email.data
        ),
        {service.InvitationRefused: "email", service.RoleRefused: ""},
    ):
        flash(
            f"We have sent a new link to {form.email.data}. The old link no longer works.",
            "success",
        )
        return redirects.see(invitations_url())
    return show(
        "people/posts/address.html", form, invitation=invitation, back_url=invitations_url()
    )


@posts.post("/invitations/<public_id>/allow")
@requires(Action.RUN_NETWORK, load=queries.invitation, scope=everywhere, name="invitation")
@asks_again
def allow(invitation: Invitation) -> ResponseReturnValue:
    """Allow a role to go to somebody at another school."""
    if acts.attempt(
        lambda: service.allow(actor=current_user.actor, now=clock.now(), invitation=invitation),
        service.InvitationRefused,
        service.RoleRefused,
    ):
        flash(f"We have sent the link to {invitation.name}.", "success")
    return redirects.see(url_for("admin.invitations"))


@posts.post("/invitations/<public_id>/withdraw")
@requires(Action.KEEP_SCHOOL, load=queries.invitation, scope=invitation_scope, name="invitation")
def withdraw(invitation: Invitation) -> ResponseReturnValue:
    """Cancel an invitation."""
    if acts.attempt(
        lambda: service.withdraw_invitation(
            actor=current_user.actor, now=clock.now(), invitation=invitation
        ),
        service.InvitationRefused,
        service.RoleRefused,
    ):
        flash(f"The invitation to {invitation.name} has been cancelled.", "success")
    return redirects.see(invitations_url())


def invitations_url() -> str:
    """Return the address of the list of invitations that the person signed in sees."""
    if permissions.may(current_user.actor, Action.SEE_NETWORK):
        return url_for("admin.invitations")
    return url_for("own_school.colleagues")


def _back_url(grant: RoleGrant) -> str:
    """Return where to go next: people who give up a role may not see the previous page any more."""
    if grant.person_id == current_user.person_id:
        return url_for("account.home")
    if permissions.may(current_user.actor, Action.SEE_NETWORK):
        return url_for("admin.person", public_id=grant.person.public_id)
    return url_for("own_school.colleagues")
