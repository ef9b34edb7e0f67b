"""Somebody leaves: what they offered is withdrawn, and open links to them and of theirs go on.

A link to somebody who has left is turned down, and whoever asked is told. What a leaver asked for
their school goes to one of its coordinators, who may take it back.
"""

from collections.abc import Collection
from datetime import datetime

from booking.domain.helping import ExpertiseState, LinkState
from booking.domain.permissions import WORKER, Actor
from booking.network.directory import locks, queries
from booking.network.directory.models import Expertise, HelpLink
from booking.network.directory.service import asking_heads, mail
from booking.network.directory.service.steps import move, move_link, record
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

HAS_LEFT = "Whoever offered this has left."
LINK_WORD = "Whoever you asked for has left. Ask for a link again, to whoever can help."


def of_leaver(
    person: Person, *, school_ids: frozenset[int], is_gone: bool, actor: Actor, now: datetime
) -> None:
    """Withdraw what somebody offered where they have left, and hand on what they asked for."""
    offers = queries.offers_at(person.id, school_ids, without_school=is_gone)
    _withdraw(offers, actor, now)
    for link in locks.open_links(
        HelpLink.asked_by_id == person.id, HelpLink.school_id.in_(school_ids)
    ):
        _hand_on(link, person, actor, now)


def withdraw_of_leavers(*, now: datetime) -> int:
    """Withdraw what was offered by people who leave at the same moment; return how many offers."""
    return _withdraw(queries.offers_of_leavers(), WORKER, now)


def forget(person: Person) -> None:
    """Empty the offers of an account that loses its name: nothing of them is shown again."""
    for row in queries.all_of(person.id):
        if row.state is not ExpertiseState.WITHDRAWN:
            _take_off(row, WORKER, row.moved_at)
        row.about, row.time, row.reason = "", "", ""


def _withdraw(offer_ids: Collection[int], actor: Actor, now: datetime) -> int:
    for link in locks.open_links(HelpLink.expertise_id.in_(offer_ids)):
        _turn_down(link, actor, now)
    found = locks.standing(offer_ids)
    for row in found:
        _take_off(row, actor, now)
    return len(found)


def _take_off(row: Expertise, actor: Actor, now: datetime) -> None:
    move(row, ExpertiseState.WITHDRAWN, now)
    row.reason = HAS_LEFT
    asking_heads.close(row, now=now)
    record(actor=actor, action="withdraw_expertise", subject=row, now=now)


def _turn_down(link: HelpLink, actor: Actor, now: datetime) -> None:
    move_link(link, LinkState.TURNED_DOWN, now)
    link.word = LINK_WORD
    record(actor=actor, action="turn_down_link", subject=link, now=now)
    mail.tell_asker(
        link,
        now=now,
        heading="Somebody you asked for has left",
        lines=[f"You asked about {link.area.name}.", LINK_WORD],
    )


def _hand_on(link: HelpLink, leaver: Person, actor: Actor, now: datetime) -> None:
    others = [one for one in school_queries.coordinators(link.school_id) if one.id != leaver.id]
    if not others or link.school.left_on is not None:
        move_link(link, LinkState.TAKEN_BACK, now)
        record(actor=actor, action="take_link_back", subject=link, now=now)
        return
    link.asked_by = others[0]
    record(actor=actor, action="hand_link_on", subject=link, now=now)
    mail.tell_asker(
        link,
        now=now,
        heading="You now stand for what your school asked",
        lines=[
            f"Your school asked for a link: {link.area.name}.",
            "Whoever asked has left, so you hear what comes of it. If your school no longer wants "
            "it, open it and take it back.",
        ],
    )
