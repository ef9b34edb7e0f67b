"""Lock an offer, or a link, before anything about it changes."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select

from booking.domain import helping
from booking.domain.helping import ExpertiseState, LinkState
from booking.foundation.db import db
from booking.network.directory.models import Expertise, HelpLink, Nomination
from booking.people.schools.models import School

#: How many a sweep takes in one transaction.
PER_SWEEP = 20


def offer(offer_id: int) -> Expertise:
    """Return an offer as it is now, locked: its head decides once, its link is asked for once."""
    return db.session.scalars(
        select(Expertise)
        .where(Expertise.id == offer_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def link(link_id: int) -> HelpLink:
    """Return a link as it is now, locked."""
    return db.session.scalars(
        select(HelpLink)
        .where(HelpLink.id == link_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def asking_school(school_id: int) -> None:
    """Let only one request at a time ask for a link for a school."""
    found = select(School.id).where(School.id == school_id)
    db.session.execute(found.with_for_update(key_share=True))


def lapsing(now: datetime) -> Sequence[Expertise]:
    """Return some offers whose year is over, locked."""
    return _offers(Expertise.state == ExpertiseState.LISTED, Expertise.listed_until <= now)


def to_renew(now: datetime) -> Sequence[Expertise]:
    """Return some offers that end soon and whose head has not been asked again, locked."""
    return _offers(
        Expertise.state == ExpertiseState.LISTED,
        Expertise.listed_until <= now + helping.ASKED_AGAIN_BEFORE,
        ~_open_nomination(now),
    )


def to_remind(now: datetime) -> Sequence[Expertise]:
    """Return some offers whose head was asked a while ago and not reminded, locked."""
    waits = exists().where(
        Nomination.expertise_id == Expertise.id,
        Nomination.closed_at.is_(None),
        Nomination.token_hash.is_not(None),
        Nomination.asked_at <= now - helping.REMINDED_AFTER,
        Nomination.expires_at > now,
    )
    reminded = exists().where(
        Nomination.expertise_id == Expertise.id,
        Nomination.closed_at.is_(None),
        Nomination.is_reminder,
    )
    return _offers(
        Expertise.state.in_((ExpertiseState.OFFERED, ExpertiseState.LISTED)), waits, ~reminded
    )


def standing(offer_ids: Collection[int]) -> Sequence[Expertise]:
    """Return those of these offers that are not withdrawn, locked."""
    found = select(Expertise).where(
        Expertise.id.in_(offer_ids), Expertise.state != ExpertiseState.WITHDRAWN
    )
    return db.session.scalars(
        found.order_by(Expertise.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def open_links(*conditions: ColumnElement[bool]) -> Sequence[HelpLink]:
    """Return the open links that meet the conditions, locked."""
    found = select(HelpLink).where(HelpLink.state.in_(helping.OPEN), *conditions)
    return db.session.scalars(
        found.order_by(HelpLink.id).with_for_update().execution_options(populate_existing=True)
    ).all()


def outcomes_due(now: datetime) -> Sequence[HelpLink]:
    """Return some links whose school has not been asked what came of them, locked."""
    since = now - helping.OUTCOME_AFTER
    return db.session.scalars(
        select(HelpLink)
        .where(
            HelpLink.state == LinkState.INTRODUCED,
            HelpLink.outcome_asked_at.is_(None),
            HelpLink.introduced_at <= since,
            # Whoever could not be asked for months need not be asked any more.
            HelpLink.introduced_at > since - timedelta(days=180),
        )
        .order_by(HelpLink.id)
        .limit(PER_SWEEP)
        .with_for_update(skip_locked=True)
    ).all()


def _open_nomination(now: datetime) -> ColumnElement[bool]:
    return exists().where(
        Nomination.expertise_id == Expertise.id,
        Nomination.closed_at.is_(None),
        Nomination.expires_at > now,
    )


def _offers(*conditions: ColumnElement[bool]) -> Sequence[Expertise]:
    return db.session.scalars(
        select(Expertise)
        .where(*conditions)
        .order_by(Expertise.id)
        .limit(PER_SWEEP)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()
