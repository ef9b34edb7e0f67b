"""Mail about two-person decisions: to those who may decide, then to the person who asked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.fund.models import Decision
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person


def asked(decision: Decision, deciders: Iterable[Person], *, now: datetime) -> None:
    """Tell everybody who may decide."""
    for person in deciders:
        notifications.queue(
            key=f"decision-asked:{decision.public_id}:{person.id}",
            to=person.email,
            template="decision_asked",
            now=now,
            reply_to=school_queries.mailbox_of([decision.asked_by]),
            person_name=person.name,
            action_label="Look at it",
            **_words(decision),
        )


def decided(decision: Decision, *, now: datetime) -> None:
    """Tell the person who asked."""
    notifications.queue(
        key=f"decision-made:{decision.public_id}",
        to=decision.asked_by.email,
        template="decision_made",
        now=now,
        reply_to=school_queries.treasurer(),
        person_name=decision.asked_by.name,
        action_label="See it",
        **_words(decision),
    )


def tell_undone(
    people: Iterable[Person],
    *,
    key: str,
    what: str,
    reason: str,
    then: str,
    action_url: str,
    action_label: str,
    now: datetime,
) -> None:
    """Tell people that something recorded earlier was a mistake, why, and what follows from it."""
    for person in people:
        notifications.queue(
            key=f"undone:{key}:{person.id}",
            to=person.email,
            template="undone",
            now=now,
            reply_to=school_queries.treasurer(),
            name=person.name,
            what=what,
            reason=reason,
            then=then,
            action_url=action_url,
            action_label=action_label,
        )


def _words(decision: Decision) -> dict[str, Any]:
    page = addresses.FUND_DECISION(public_id=decision.public_id)
    return {"decision": decision, "action_url": absolute_url(page)}
