"""Somebody leaves: what they asked is withdrawn, and the visits they opened go to a coordinator."""

from datetime import datetime

from booking.domain.permissions import Actor
from booking.network.visits import locks, queries
from booking.network.visits.models import StaffVisit
from booking.network.visits.service import mail, opening, steps
from booking.network.visits.service.asking import withdraw
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

HAS_LEFT = "Whoever opened this visit has left the school."


def of_leaver(
    person: Person, *, school_ids: frozenset[int], is_gone: bool, actor: Actor, now: datetime
) -> None:
    """Withdraw what somebody asked from where they have left, and hand on what they opened."""
    for ask_id in queries.coming_of(person.id, school_ids, is_gone=is_gone, now=now):
        withdraw(actor=actor, now=now, ask=locks.ask(ask_id))
    for visit_id in queries.to_hand_on(person.id, school_ids, now):
        _hand_on(locks.visit(visit_id), person, actor, now)


def forget(person: Person) -> None:
    """Empty what an account that loses its name asked and noted."""
    for one in queries.asked_by(person.id, most=None):
        one.hope, one.note, one.note_shared, one.noted_at = "", "", False, None


def _hand_on(visit: StaffVisit, leaver: Person, actor: Actor, now: datetime) -> None:
    others = [one for one in school_queries.coordinators(visit.school_id) if one.id != leaver.id]
    if not others or visit.school.left_on is not None:
        opening.cancel(actor=actor, now=now, visit=visit, reason=HAS_LEFT)
        return
    visit.opened_by, visit.modified_at = others[0], now
    steps.record(actor=actor, action="hand_visit_on", visit=visit, now=now)
    mail.tell_new_keeper(visit, now=now)
