"""What bids add to the task lists: to decide, to pay, to claim."""

from datetime import datetime

from flask import url_for
from flask_login import current_user

from booking.domain import english, money, permissions
from booking.domain.bidding import BidState
from booking.domain.permissions import Action, Actor, Role
from booking.foundation.web.task_lists import Task
from booking.money.bids import queries
from booking.people.schools.details import SchoolLine


def of_deciders(*, now: datetime) -> list[Task]:
    """Return the bids that this lead or treasurer has to decide on."""
    waiting = queries.to_decide(current_user.actor)
    if not waiting or not permissions.may(current_user.actor, Action.DECIDE_BIDS):
        return []
    return [
        Task(
            title=f"Decide on {english.plural(waiting, 'bid')} for CPD money",
            url=url_for("bids.all_bids"),
            hint="Schools are waiting for your answer.",
            tag="To decide",
            tone="info",
        )
    ]


def of_treasurer(*, now: datetime) -> list[Task]:
    """Return the bids to decide on, and the claims to pay."""
    found = of_deciders(now=now)
    if waiting := queries.counts().get(BidState.CLAIMED, 0):
        found.append(
            Task(
                title=f"Pay {english.plural(waiting, 'claim')} for CPD money",
                url=url_for("bids.all_bids", state=BidState.CLAIMED.value),
                hint="The receipts are attached.",
                tag="To pay",
                tone="info",
            )
        )
    return found


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return what a school has been promised and has not claimed, each with its last day."""
    return _claims(now, school_id=school.id)


def of_applicant(*, actor: Actor, now: datetime) -> list[Task]:
    """Return what a host has been promised and has not claimed, unless a coordinator sees it."""
    if actor.has(Role.COORDINATOR):
        return []
    return _claims(now, person_id=actor.person_id)


def _claims(now: datetime, **whose: int | None) -> list[Task]:
    return [
        Task(
            title=f"Claim {money.pounds(pence)} of CPD money",
            url=url_for("bids.bid", public_id=public_id),
            hint=f"With the receipt of “{title}”.",
            due_at=lapses_at,
            tag="To claim",
            tone="info",
        )
        for public_id, title, pence, lapses_at in queries.to_claim(now=now, **whose)
    ]
