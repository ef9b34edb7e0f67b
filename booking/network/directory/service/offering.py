"""Offer expertise, change it, withdraw it and offer it again."""

from collections.abc import Iterable
from datetime import datetime

from booking.domain import helping
from booking.domain.helping import REASON_MAX, ExpertiseDetails, ExpertiseState
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.domain.reasons import ReasonMissing
from booking.foundation.db import db
from booking.network.directory import locks, queries
from booking.network.directory.details import copy_onto, details_of
from booking.network.directory.models import Expertise, HelpArea
from booking.network.directory.refusals import HelpRefused
from booking.network.directory.service import asking_heads, mail
from booking.network.directory.service.steps import may_speak, move, record


def offer(
    *, actor: Actor, now: datetime, school_id: int | None, details: ExpertiseDetails
) -> Expertise:
    """Offer what one can help with, for one's school; its head is asked at once.

    Somebody without a school is confirmed by the lead. Raises HelpRefused, NotOwnSchool.
    """
    areas = _checked(details)
    may_speak(actor, school_id)
    found = Expertise(
        person_id=actor.person_id,
        school_id=school_id,
        state=ExpertiseState.OFFERED,
        offered_at=now,
        moved_at=now,
    )
    copy_onto(found, details, areas)
    db.session.add(found)
    db.session.flush()
    record(actor=actor, action="offer_expertise", subject=found, now=now)
    asking_heads.ask(found, actor=actor, now=now)
    return found


def change(*, actor: Actor, now: datetime, offer: Expertise, details: ExpertiseDetails) -> bool:
    """Change what one offers; return whether the head is asked again, as for a new area or kind.

    Raises HelpRefused.
    """
    offer = locks.offer(offer.id)
    before = details_of(offer)
    areas = _checked(details, kept=before.areas)
    copy_onto(offer, details, areas)
    record(actor=actor, action="change_expertise", subject=offer, now=now)
    again = helping.needs_another_yes(before, details)
    if again and offer.state is ExpertiseState.LISTED:
        move(offer, ExpertiseState.OFFERED, now)
    if again and offer.state is ExpertiseState.OFFERED:
        asking_heads.ask(offer, actor=actor, now=now)
        return True
    return False


def withdraw(*, actor: Actor, now: datetime, offer: Expertise, reason: str = "") -> None:
    """Withdraw an offer; whoever made it is told if somebody else did, and must say why.

    Raises ReasonMissing, MoveNotAllowed.
    """
    offer = locks.offer(offer.id)
    reason = reason.strip()
    is_own = actor.person_id is not None and actor.person_id == offer.person_id
    if not is_own and not reason:
        raise ReasonMissing("Say why. Whoever offers this will read it.")
    if len(reason) > REASON_MAX:
        raise ReasonMissing(f"Shorten the reason to {REASON_MAX} characters.")
    move(offer, ExpertiseState.WITHDRAWN, now)
    offer.reason = reason
    asking_heads.close(offer, now=now)
    record(actor=actor, action="withdraw_expertise", subject=offer, now=now)
    if not is_own:
        mail.tell_person(
            offer,
            now=now,
            heading="Your offer was taken off the directory",
            lines=[f"The reason: {reason}", "You can offer it again on its page."],
        )


def offer_again(*, actor: Actor, now: datetime, offer: Expertise) -> None:
    """Offer again what was declined, lapsed or withdrawn. Raises MoveNotAllowed, NotOwnSchool."""
    offer = locks.offer(offer.id)
    may_speak(actor, offer.school_id)
    move(offer, ExpertiseState.OFFERED, now)
    offer.reason = ""
    record(actor=actor, action="offer_again", subject=offer, now=now)
    asking_heads.ask(offer, actor=actor, now=now)


def _checked(details: ExpertiseDetails, kept: Iterable[int] = ()) -> list[HelpArea]:
    found = list(helping.problems(details))
    areas = queries.areas_by_id(details.areas)
    retired = [a for a in areas if a.retired_at is not None and a.id not in set(kept)]
    if not found and (retired or len(areas) != len(details.areas)):
        found.append(Problem("areas", "One of these areas is no longer offered. Choose again."))
    if found:
        raise HelpRefused(found)
    return areas
