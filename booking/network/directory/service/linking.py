"""Ask for a link, suggest somebody, introduce, turn down, take back, and what came of it."""

from datetime import datetime

from booking.domain.helping import (
    OPEN_PER_SCHOOL,
    REASON_MAX,
    ExpertiseState,
    HelpOutcome,
    LinkState,
)
from booking.domain.permissions import Actor
from booking.domain.reasons import ReasonMissing
from booking.foundation.db import db
from booking.foundation.tokens import new_token, token_hash
from booking.network.directory import locks, queries
from booking.network.directory.details import AskingDetails
from booking.network.directory.models import Expertise, HelpLink
from booking.network.directory.refusals import AskedBefore, NotListed, NotOwnSchool
from booking.network.directory.service import mail, steps


def ask(
    *,
    actor: Actor,
    now: datetime,
    school_id: int,
    offer: Expertise | None,
    details: AskingDetails,
) -> HelpLink:
    """Ask for a link for one's school: to somebody listed, or (None) to whoever can help.

    The lead is told, or both are introduced at once where the network has chosen that. Raises
    AskedBefore, NotListed, NotOwnSchool.
    """
    if school_id not in actor.schools():
        raise NotOwnSchool("You have no role at this school. Choose one of yours.")
    locks.asking_school(school_id)
    _refuse_again(school_id, offer, details.area_id)
    if offer is not None and offer.school_id == school_id:
        raise AskedBefore("This is a colleague of your own school. Ask them yourselves.")
    if offer is not None:
        _listed(offer)
    link = HelpLink(
        school_id=school_id,
        asked_by_id=actor.person_id,
        area_id=details.area_id,
        expertise=offer,
        state=LinkState.ASKED,
        what=details.what.strip(),
        by_when=details.by_when.strip(),
        asked_at=now,
        moved_at=now,
    )
    db.session.add(link)
    db.session.flush()
    steps.record(actor=actor, action="ask_for_link", subject=link, now=now)
    if offer is not None and queries.at_once():
        _introduce(link, actor, now)
    else:
        mail.tell_leads(link, now=now)
    return link


def suggest(*, actor: Actor, now: datetime, link: HelpLink, offer: Expertise, word: str) -> None:
    """Suggest somebody; the school says whether it wants the link. Raises NotListed."""
    link = locks.link(link.id)
    word = _word(word, "Say in a few words why. The school will read this.")
    _listed(offer)
    steps.move_link(link, LinkState.SUGGESTED, now)
    link.expertise, link.word = offer, word
    steps.record(actor=actor, action="suggest_link", subject=link, now=now)
    mail.tell_asker(
        link,
        now=now,
        heading=f"{offer.person.name} may help you",
        lines=[
            f"The network lead suggests {offer.person.name} for {link.area.name}: {word}",
            "Open the page and say whether you would like to be introduced.",
        ],
    )


def introduce(*, actor: Actor, now: datetime, link: HelpLink) -> None:
    """Introduce both by one mail each, with both addresses, and step back. Raises NotListed."""
    link = locks.link(link.id)
    _introduce(link, actor, now)


def want_somebody_else(*, actor: Actor, now: datetime, link: HelpLink) -> None:
    """Say that the school would rather have somebody else than was suggested."""
    link = locks.link(link.id)
    steps.move_link(link, LinkState.ASKED, now)
    link.expertise, link.word = None, ""
    steps.record(actor=actor, action="want_somebody_else", subject=link, now=now)
    mail.tell_leads(link, now=now)


def turn_down(*, actor: Actor, now: datetime, link: HelpLink, word: str) -> None:
    """Turn a wish down, with a word that the school reads. Raises ReasonMissing."""
    word = _word(word, "Say why. The school will read this.")
    link = locks.link(link.id)
    steps.move_link(link, LinkState.TURNED_DOWN, now)
    link.word = word
    steps.record(actor=actor, action="turn_down_link", subject=link, now=now)
    mail.tell_asker(
        link,
        now=now,
        heading="We could not arrange a link",
        lines=[f"You asked about {link.area.name}.", f"The network lead writes: {word}"],
    )


def take_back(*, actor: Actor, now: datetime, link: HelpLink) -> None:
    """Take back what the school asked, while it is open."""
    link = locks.link(link.id)
    steps.move_link(link, LinkState.TAKEN_BACK, now)
    steps.record(actor=actor, action="take_link_back", subject=link, now=now)


def ask_outcomes(*, now: datetime) -> int:
    """Ask whoever was introduced six weeks ago what came of it; return how many."""
    found = locks.outcomes_due(now)
    for link in found:
        token = new_token()
        link.outcome_hash, link.outcome_asked_at = token_hash(token), now
        mail.ask_outcome(link, token, now=now)
    return len(found)


def answer(*, now: datetime, hashed: str, outcome: HelpOutcome) -> HelpLink:
    """Take what came of a link, once. Raises MoveNotAllowed, NotListed."""
    found = queries.link_by_hash(hashed, now)
    if found is None:
        raise NotListed("This link no longer works.")
    link = locks.link(found.id)
    steps.move_link(link, LinkState.ANSWERED, now)
    link.outcome = outcome
    steps.record(
        actor=Actor(person_id=link.asked_by_id), action="answer_link", subject=link, now=now
    )
    return link


def _introduce(link: HelpLink, actor: Actor, now: datetime) -> None:
    if link.expertise is None:
        raise NotListed("Suggest somebody first.")
    _listed(link.expertise)
    asker = link.asked_by
    if asker is None or asker.disabled_at is not None:
        raise NotListed("Whoever asked can no longer be reached. Turn it down.")
    steps.move_link(link, LinkState.INTRODUCED, now)
    link.introduced_at = now
    steps.record(actor=actor, action="introduce_link", subject=link, now=now)
    mail.introduce(link, now=now)


def _refuse_again(school_id: int, offer: Expertise | None, area_id: int) -> None:
    open_ = queries.open_links(school_id)
    if len(open_) >= OPEN_PER_SCHOOL:
        raise AskedBefore(
            f"Your school has {OPEN_PER_SCHOOL} open wishes already. Wait for an answer, or take "
            "one back."
        )
    offer_id = offer.id if offer is not None else None
    if any(row.expertise_id == offer_id and row.area_id == area_id for row in open_):
        raise AskedBefore("Your school has asked for this already. See what your school asked.")


def _listed(offer: Expertise) -> None:
    if locks.offer(offer.id).state is not ExpertiseState.LISTED:
        raise NotListed("This offer is no longer listed. Choose another.")


def _word(said: str, missing: str) -> str:
    said = said.strip()
    if not said:
        raise ReasonMissing(missing)
    if len(said) > REASON_MAX:
        raise ReasonMissing(f"Shorten this to {REASON_MAX} characters.")
    return said
