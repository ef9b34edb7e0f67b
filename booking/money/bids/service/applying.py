"""Apply for CPD money."""

from dataclasses import asdict
from datetime import datetime

from booking.domain import bidding, permissions
from booking.domain.bidding import BidKind
from booking.domain.permissions import Action, Actor, Scope
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.money.bids import queries
from booking.money.bids.details import BidDetails
from booking.money.bids.models import Bid
from booking.money.bids.refusals import BidRefused
from booking.money.bids.service import mail
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School


def apply(*, actor: Actor, now: datetime, school: School, details: BidDetails) -> Bid:
    """Make a bid for a school, and tell those who may decide on it.

    Anybody with a role at the school may bid for a course; a teacher without one asks a
    coordinator, who bids and names the post. Only a coordinator proposes a speaker. BidRefused.
    """
    if found := _problems(actor, now, school, details):
        raise BidRefused(found)
    bid = Bid(school_id=school.id, applicant_id=actor.person_id, applied_at=now, **asdict(details))
    db.session.add(bid)
    audit.record(
        actor=actor,
        action="apply_for_cpd_money",
        subject=bid,
        school_id=school.id,
        now=now,
        kind=details.kind,
        cost_pence=details.cost_pence,
        asked_pence=details.asked_pence,
    )
    mail.to_decide(bid, actor=actor, now=now)
    return bid


def _problems(actor: Actor, now: datetime, school: School, details: BidDetails) -> list[Problem]:
    here = Scope(school_id=school.id)
    if not permissions.may(actor, Action.BID, here) or school.left_on is not None:
        return [Problem("school", "Choose one of your own schools.")]
    if details.kind is BidKind.SPEAKER and not permissions.may(actor, Action.PROPOSE_SPEAKER, here):
        return [
            Problem(
                "kind",
                "Only coordinators can propose speakers. Ask your school’s to make this bid.",
            )
        ]
    span = bidding.term_of(school_queries.calendar(None).terms, details.takes_place_on)
    return bidding.problems(
        details.application,
        queries.rules(),
        term_pence=queries.term_pence(school.id, span),
        today=now.astimezone(LONDON).date(),
    )
