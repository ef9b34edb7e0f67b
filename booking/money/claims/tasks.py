"""What claims add to the task lists: to decide, to pay, to add to."""

from datetime import datetime

from flask import url_for
from flask_login import current_user

from booking.domain import english, permissions
from booking.domain.permissions import Action, Actor
from booking.foundation.web.task_lists import Task
from booking.money.claims import queries


def of_deciders(*, now: datetime) -> list[Task]:
    """Return the claims that this lead has to decide on."""
    actor = current_user.actor
    if not permissions.may(actor, Action.DECIDE_CLAIMS):
        return []
    return _to_decide(queries.waiting(actor)[0])


def of_treasurer(*, now: datetime) -> list[Task]:
    """Return the claims to decide on, and those to pay."""
    actor = current_user.actor
    to_decide, to_pay = queries.waiting(actor)
    found = _to_decide(to_decide) if permissions.may(actor, Action.DECIDE_CLAIMS) else []
    if to_pay:
        found.append(
            Task(
                title=f"Pay {english.plural(to_pay, 'claim')} of events’ costs",
                url=url_for("claims.all_claims"),
                hint="They are approved; the receipts are attached.",
                tag="To pay",
                tone="info",
            )
        )
    return found


def _to_decide(waiting: int) -> list[Task]:
    if not waiting:
        return []
    return [
        Task(
            title=f"Decide on {english.plural(waiting, 'claim')} of events’ costs",
            url=url_for("claims.all_claims"),
            hint="Hosts are waiting for your answer.",
            tag="To decide",
            tone="info",
        )
    ]


def of_claimant(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the claims for which more is asked of this host."""
    return [
        Task(
            title=f"Add to your claim: {claim.title}",
            url=url_for("claims.show", public_id=claim.public_id),
            hint=claim.reason,
            tag="More is asked for",
            tone="warn",
        )
        for claim in queries.sent_back_to(actor.person_id)
    ]
