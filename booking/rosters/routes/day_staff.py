"""The host says who helps on the day: they see roster and register around the event, no more."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking import clock
from booking.db import db, transaction
from booking.domain.permissions import Action, Role, Scope
from booking.events.models import Event
from booking.rosters.forms import DayStaffForm
from booking.rosters.routes.blueprint import load_event, rosters
from booking.schools import queries as schools
from booking.schools import service
from booking.schools.models import Invitation, RoleGrant
from booking.web import redirects
from booking.web.access import requires


def run_by(event: Event) -> Scope:
    """Return the school whose hosts run an event: its day staff may not invite others."""
    return Scope(event.host_school_id)


@rosters.route("/host/events/<slug>/day-staff", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=run_by, name="event")
def day_staff(event: Event) -> ResponseReturnValue:
    """Show who helps on the day, and invite one more."""
    form = DayStaffForm()
    if form.validate_on_submit():
        offer = service.RoleOffer(Role.DAY_STAFF, event_id=event.id, event_title=event.title)
        try:
            with transaction():
                service.invite(
                    actor=current_user.actor,
                    now=clock.now(),
                    email=form.email.data,
                    name=form.name.data,
                    offers=[offer],
                )
        except (service.InvitationRefused, service.RoleRefused) as error:
            form.refuse(str(error), "email")
        else:
            flash(f"An invitation is on its way to {form.name.data}.", "success")
            return redirects.see(url_for("rosters.day_staff", slug=event.slug))
    page = render_template(
        "rosters/day_staff.html",
        event=event,
        form=form,
        staff=schools.day_staff(event.id),
        invited=schools.open_day_staff_invitations(event.id),
    )
    return page, 422 if form.errors else 200


def load_grant(**url: Any) -> tuple[RoleGrant, Event] | None:
    """Return somebody's role for an event, with the event."""
    grant = schools.grant(url["public_id"])
    return None if grant is None or grant.event_id is None else (grant, _event(grant.event_id))


def load_invitation(**url: Any) -> tuple[Invitation, Event] | None:
    """Return an unanswered invitation to help at an event, with the event."""
    invitation = schools.invitation(url["public_id"])
    ids = {role.event_id for role in invitation.roles} if invitation else set()
    event_id = ids.pop() if len(ids) == 1 else None
    return (invitation, _event(event_id)) if invitation and event_id is not None else None


def scope_of_pair(found: tuple[Any, Event]) -> Scope:
    """Return the school whose hosts run the event of a pair."""
    return run_by(found[1])


def _event(event_id: int) -> Event:
    return db.session.get_one(Event, event_id)


@rosters.post("/host/day-staff/<public_id>/remove")
@requires(Action.EDIT_EVENT, load=load_grant, scope=scope_of_pair, name="found")
def remove_day_staff(found: tuple[RoleGrant, Event]) -> ResponseReturnValue:
    """Take a helper's role away, from now on."""
    grant, event = found
    name, slug = grant.person.name, event.slug
    with transaction():
        service.revoke_role(actor=current_user.actor, now=clock.now(), grant=grant)
    flash(f"{name} no longer helps at this event.", "success")
    return redirects.see(url_for("rosters.day_staff", slug=slug))


@rosters.post("/host/day-staff/invitations/<public_id>/withdraw")
@requires(Action.EDIT_EVENT, load=load_invitation, scope=scope_of_pair, name="found")
def withdraw_day_staff(found: tuple[Invitation, Event]) -> ResponseReturnValue:
    """Take an invitation back."""
    invitation, event = found
    name, slug = invitation.name, event.slug
    with transaction():
        service.withdraw_invitation(
            actor=current_user.actor, now=clock.now(), invitation=invitation
        )
    flash(f"The invitation to {name} is taken back.", "success")
    return redirects.see(url_for("rosters.day_staff", slug=slug))
