"""Pages for day staff, who see the roster and register around the event, and nothing else."""

from typing import Any

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.domain.permissions import Action, Role, Scope
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.on_the_day.rosters.forms import DayStaffForm
from booking.on_the_day.rosters.routes.blueprint import load_event, rosters
from booking.people.schools import queries as school_queries
from booking.people.schools import service as schools
from booking.people.schools.models import Invitation, RoleGrant


def run_by(event: Event) -> Scope:
    """Return the school whose hosts run an event; its day staff may not invite others."""
    return Scope(event.host_school_id)


@rosters.route("/host/events/<slug>/day-staff", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=run_by, name="event")
@asks_again
def day_staff(event: Event) -> ResponseReturnValue:
    """Show the day staff, and invite another."""
    form = DayStaffForm()
    if form.carry_out(
        lambda: schools.invite(
            actor=current_user.actor,
            now=clock.now(),
            email=form.email.data,
            name=form.name.data,
            offers=[schools.RoleOffer(Role.DAY_STAFF, event_id=event.id, event_title=event.title)],
        ),
        {schools.InvitationRefused: "email", schools.RoleRefused: "email"},
    ):
        flash(f"We have e-mailed an invitation to {form.name.data}.", "success")
        return redirects.see(url_for("rosters.day_staff", slug=event.slug))
    return form.page(
        "on_the_day/rosters/day_staff.html",
        event=event,
        staff=school_queries.day_staff(event.id),
        invited=school_queries.open_day_staff_invitations(event.id),
    )


def load_grant(**url: Any) -> tuple[RoleGrant, Event] | None:
    """Return somebody's role at an event, with the event."""
    grant = school_queries.grant(url["public_id"])
    return None if grant is None or grant.event_id is None else (grant, _event(grant.event_id))


def load_invitation(**url: Any) -> tuple[Invitation, Event] | None:
    """Return an unanswered invitation to help at an event, with the event."""
    invitation = school_queries.invitation(url["public_id"])
    ids = {role.event_id for role in invitation.roles} if invitation else set()
    event_id = ids.pop() if len(ids) == 1 else None
    return (invitation, _event(event_id)) if invitation and event_id is not None else None


def scope_of_pair(found: tuple[Any, Event]) -> Scope:
    """Return the school whose hosts run the event in this pair."""
    return run_by(found[1])


def _event(event_id: int) -> Event:
    return db.session.get_one(Event, event_id)


@rosters.post("/host/day-staff/<public_id>/remove")
@requires(Action.EDIT_EVENT, load=load_grant, scope=scope_of_pair, name="found")
@asks_again
def remove_day_staff(found: tuple[RoleGrant, Event]) -> ResponseReturnValue:
    """Remove somebody from the day staff from now on."""
    grant, event = found
    name, slug = grant.person.name, event.slug
    acts.run(lambda: schools.revoke_role(actor=current_user.actor, now=clock.now(), grant=grant))
    flash(f"{name} is no longer day staff for this event.", "success")
    return redirects.see(url_for("rosters.day_staff", slug=slug))


@rosters.post("/host/day-staff/invitations/<public_id>/withdraw")
@requires(Action.EDIT_EVENT, load=load_invitation, scope=scope_of_pair, name="found")
def withdraw_day_staff(found: tuple[Invitation, Event]) -> ResponseReturnValue:
    """Cancel an invitation."""
    invitation, event = found
    name, slug = invitation.name, event.slug
    acts.run(
        lambda: schools.withdraw_invitation(
            actor=current_user.actor, now=clock.now(), invitation=invitation
        )
    )
    flash(f"The invitation to {name} is cancelled.", "success")
    return redirects.see(url_for("rosters.day_staff", slug=slug))
