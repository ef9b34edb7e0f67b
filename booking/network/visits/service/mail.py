"""Mail about visits: to whoever opened one, and to whoever wants to come.

Each can be answered: the visitor's name stands beside no address on a page, so mail is how two
colleagues find each other.
"""

from datetime import datetime, timedelta
from typing import Any

from booking.domain.permissions import Actor
from booking.domain.visits import VisitState
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.network.visits import words
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

#: For how long such mail is worth sending, after the visit's end.
KEPT = timedelta(days=7)


def tell_opener_of_ask(ask: VisitAsk, *, now: datetime) -> None:
    """Tell whoever opened a visit that a colleague asks; an answer goes to the colleague."""
    _tell_opener(
        ask.visit,
        f"visit_asked:{ask.public_id}:{now.isoformat()}",
        f"{words.visitor(ask)} would like to come",
        ["In their words: " + ask.hope, "Say yes or no on the page of the visit."],
        reply_to=school_queries.person_or_lead(ask.visitor_id),
        now=now,
    )


def tell_opener_of_withdrawal(ask: VisitAsk, *, now: datetime) -> None:
    """Tell whoever opened a visit that a colleague does not come after all."""
    _tell_opener(
        ask.visit,
        f"visit_withdrawn:{ask.public_id}:{now.isoformat()}",
        f"{words.visitor(ask)} will not come",
        ["They have withdrawn. If somebody else would like to come, there is room again."],
        reply_to=school_queries.person_or_lead(ask.visitor_id),
        now=now,
    )


def tell_new_keeper(visit: StaffVisit, *, now: datetime) -> None:
    """Tell a coordinator that they now answer for a visit of their school."""
    _tell_opener(
        visit,
        f"visit_handed_on:{visit.public_id}:{now.isoformat()}",
        "A visit of your school is now yours to answer for",
        [
            "Whoever opened it has left. Colleagues who ask to come now wait for you.",
            "If it cannot take place, open it and cancel it: they are told.",
        ],
        reply_to=school_queries.lead(),
        now=now,
    )


def tell_answer(ask: VisitAsk, *, actor: Actor, now: datetime) -> None:
    """Tell a visitor the answer."""
    if ask.state is VisitState.AGREED:
        heading, lines = (
            f"You are welcome at {ask.visit.school.name}",
            ["If you cannot come after all, withdraw on the page of the visit."],
        )
    else:
        heading, lines = f"You cannot visit {ask.visit.school.name} this time", []
    said = [f"{ask.visit.school.name} writes: {ask.answer}"] if ask.answer else []
    _tell_visitor(ask, heading, [*said, *lines], actor=actor, now=now)


def tell_change(ask: VisitAsk, *, actor: Actor, now: datetime) -> bool:
    """Tell whoever wants to come what a visit says now; return whether they can be told."""
    lines = ["It has changed. Please look whether you can still come; if not, withdraw there."]
    return _tell_visitor(ask, "A visit has changed", lines, actor=actor, now=now)


def tell_cancellation(ask: VisitAsk, *, actor: Actor, now: datetime) -> None:
    """Tell whoever wanted to come that a visit is cancelled, and why."""
    lines = [f"The reason: {ask.visit.cancelled_reason}"]
    _tell_visitor(ask, "A visit is cancelled", lines, actor=actor, now=now)


def _tell_visitor(
    ask: VisitAsk, heading: str, lines: list[str], *, actor: Actor, now: datetime
) -> bool:
    visitor = ask.visitor
    if visitor.disabled_at is not None:
        return False
    keeper = ask.visit.opened_by_id if ask.visit.opened_by_id is not None else actor.person_id
    notifications.queue(
        key=f"visit_news:{ask.public_id}:{now.isoformat()}",
        to=visitor.email,
        template="visit_news",
        now=now,
        keep_until=ask.visit.ends_at + KEPT,
        reply_to=school_queries.person_or_lead(keeper),
        **_facts(ask.visit, visitor, heading, lines),
    )
    return True


def _tell_opener(
    visit: StaffVisit,
    key: str,
    heading: str,
    lines: list[str],
    *,
    reply_to: str,
    now: datetime,
) -> None:
    opener = visit.opened_by
    if opener is None or opener.disabled_at is not None:
        return
    notifications.queue(
        key=key,
        to=opener.email,
        template="visit_asked",
        now=now,
        keep_until=visit.ends_at + KEPT,
        reply_to=reply_to,
        **_facts(visit, opener, heading, lines),
    )


def _facts(visit: StaffVisit, reader: Person, heading: str, lines: list[str]) -> dict[str, Any]:
    return {
        "name": reader.name,
        "heading": heading,
        "title": visit.title,
        "school_name": visit.school.name,
        "when": words.when(visit),
        "lines": lines,
        "action_url": absolute_url(addresses.VISIT(public_id=visit.public_id)),
        "action_label": "Open the visit",
    }
