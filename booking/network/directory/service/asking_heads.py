"""Ask a head by a mailed link whether a colleague may help others, and take the answer.

The database keeps a hash of each link. A reminder is a link of its own, so that both work; the
first answer closes them all.
"""

from datetime import datetime

from sqlalchemy import select

from booking.domain import helping
from booking.domain.helping import ExpertiseState
from booking.domain.permissions import WORKER, Actor
from booking.foundation.db import db
from booking.foundation.tokens import new_token, token_hash
from booking.network.directory import locks, queries
from booking.network.directory.models import Expertise, Nomination
from booking.network.directory.refusals import HeadUnknown, NominationDecided
from booking.network.directory.service import mail, steps


def ask(offer: Expertise, *, actor: Actor, now: datetime) -> Nomination | None:
    """Ask whoever confirms an offer; earlier askings end. None: the school names no head yet.

    The lead confirms somebody without a school, and a head's own offer.
    """
    close(offer, now=now)
    if queries.is_for_lead(offer):
        return _for_lead(offer, now)
    if not offer.school or not offer.school.head_email:
        return None
    return _mail_head(offer, now)


def ask_again(*, actor: Actor, now: datetime, offer: Expertise) -> None:
    """Ask once more, as when the mail came back; the link before ends. Raises HeadUnknown."""
    offer = locks.offer(offer.id)
    if offer.state is not ExpertiseState.OFFERED:
        raise NominationDecided("This offer does not wait for an answer any more.")
    if ask(offer, actor=actor, now=now) is None:
        raise HeadUnknown(
            "Your school has not said who its head is. Ask your coordinator to give the head’s "
            "address under your school’s details."
        )
    steps.record(actor=actor, action="ask_head_again", subject=offer, now=now)


def decide_by_link(*, now: datetime, hashed: str, said_yes: bool) -> Expertise:
    """Take a head's answer by a link, once. Raises NominationDecided."""
    nomination = queries.nomination_by_hash(hashed)
    if nomination is None:
        raise NominationDecided("This link no longer works.")
    return _decide(nomination.id, nomination.expertise_id, said_yes, WORKER, now)


def decide_as_lead(*, actor: Actor, now: datetime, offer: Expertise, said_yes: bool) -> None:
    """Confirm somebody without a school, or a head. Raises NominationDecided."""
    nomination = queries.open_nomination(offer.id, now)
    if nomination is None or nomination.token_hash is not None:
        raise NominationDecided("This offer does not wait for the lead.")
    _decide(nomination.id, offer.id, said_yes, actor, now)


def close(offer: Expertise, *, now: datetime) -> None:
    """End every open asking about an offer."""
    for row in db.session.scalars(
        select(Nomination)
        .where(Nomination.expertise_id == offer.id, Nomination.closed_at.is_(None))
        .order_by(Nomination.id)
    ):
        row.closed_at = now


def renew(*, now: datetime) -> int:
    """Ask again about offers whose year ends soon; return how many."""
    found = [row for row in locks.to_renew(now) if ask(row, actor=WORKER, now=now)]
    return len(found)


def remind(*, now: datetime) -> int:
    """Remind heads once who have not answered; return how many."""
    found = locks.to_remind(now)
    for row in found:
        _mail_head(row, now, is_reminder=True)
    return len(found)


def lapse(*, now: datetime) -> int:
    """Let offers lapse whose year is over, and tell their people; return how many."""
    found = locks.lapsing(now)
    for row in found:
        steps.move(row, ExpertiseState.LAPSED, now)
        close(row, now=now)
        steps.record(actor=WORKER, action="lapse_expertise", subject=row, now=now)
        mail.tell_person(
            row,
            now=now,
            heading="Your offer is no longer listed",
            lines=[
                "It was listed for a year, and nobody has confirmed it for another.",
                "To be listed again, open it and press “Offer it again”.",
            ],
        )
    return len(found)


def _for_lead(offer: Expertise, now: datetime) -> Nomination:
    row = Nomination(expertise_id=offer.id, asked_at=now, expires_at=now + helping.LISTED_FOR)
    db.session.add(row)
    return row


def _mail_head(offer: Expertise, now: datetime, *, is_reminder: bool = False) -> Nomination:
    assert offer.school is not None, "a head is of a school"
    token = new_token()
    row = Nomination(
        expertise_id=offer.id,
        token_hash=token_hash(token),
        head_name=offer.school.head_name,
        head_email=offer.school.head_email,
        is_reminder=is_reminder,
        asked_at=now,
        expires_at=now + helping.HEADS_LINK,
    )
    db.session.add(row)
    db.session.flush()
    mail.ask_head(offer, row, token, now=now)
    return row


def _decide(
    nomination_id: int, offer_id: int, said_yes: bool, actor: Actor, now: datetime
) -> Expertise:
    offer = locks.offer(offer_id)
    row = db.session.get_one(Nomination, nomination_id, populate_existing=True)
    if row.closed_at is not None or row.expires_at <= now:
        raise NominationDecided("This has been answered already. The first answer counts.")
    row.said_yes, row.decided_by_id = said_yes, actor.person_id
    close(offer, now=now)
    if not said_yes:
        steps.move(offer, ExpertiseState.DECLINED, now)
    elif offer.state is ExpertiseState.LISTED:
        offer.listed_until = now + helping.LISTED_FOR
    else:
        steps.move(offer, ExpertiseState.LISTED, now)
    steps.record(
        actor=actor,
        action="nominate_expertise" if said_yes else "decline_expertise",
        subject=offer,
        now=now,
    )
    mail.tell_person(offer, now=now, **mail.of_decision(offer, said_yes))
    return offer
