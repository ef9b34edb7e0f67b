"""What every act here does: move an offer, refuse whoever speaks for others, and write it down."""

from datetime import datetime
from typing import Any

from booking.domain import helping, moves
from booking.domain.helping import LINK_MOVES, OFFER_MOVES, ExpertiseState, LinkState
from booking.domain.permissions import Actor, Role
from booking.foundation.audit import service as audit
from booking.network.directory.models import Expertise, HelpLink
from booking.network.directory.refusals import NotOwnSchool


def move(offer: Expertise, to: ExpertiseState, now: datetime) -> None:
    """Let an offer be in another state; only a listed one has an end. Raises MoveNotAllowed."""
    offer.state = moves.move("offer", OFFER_MOVES, offer.state, to)
    offer.moved_at = now
    offer.listed_until = now + helping.LISTED_FOR if to is ExpertiseState.LISTED else None


def move_link(link: HelpLink, to: LinkState, now: datetime) -> None:
    """Let a link be in another state. Raises MoveNotAllowed."""
    link.state, link.moved_at = moves.move("link", LINK_MOVES, link.state, to), now


def may_speak(actor: Actor, school_id: int | None) -> None:
    """Refuse whoever speaks for a school of others. Raises NotOwnSchool."""
    if school_id is None:
        if actor.schools() and not actor.has(Role.LEAD):
            raise NotOwnSchool("Choose your school: its head confirms what you offer.")
    elif school_id not in actor.schools():
        raise NotOwnSchool("You have no role at this school. Choose one of yours.")


def record(*, actor: Actor, action: str, subject: Any, now: datetime, **facts: Any) -> None:
    """Write down who did what, without anything that was said."""
    audit.record(
        actor=actor,
        action=action,
        subject=subject,
        school_id=getattr(subject, "school_id", None),
        now=now,
        **facts,
    )
