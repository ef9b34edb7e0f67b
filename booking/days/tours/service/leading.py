"""Name the pupils who lead a tour, record that their school agrees, choose who leads a stop."""

from collections.abc import Collection, Sequence
from datetime import datetime

from booking.days.leading import queries as leading_queries
from booking.days.leading import service as leading_service
from booking.days.tours import locks, queries
from booking.days.tours.models import StopState, Tour, TourLeader, TourState, TourStop
from booking.days.tours.refusals import LeaderNotAgreed, StopNotOpen, TourNotOpen, TourRefused
from booking.days.tours.service import timing
from booking.domain import names
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.pupils import locks as pupil_locks
from booking.people.pupils.models import Pupil

NAME_MAX = 120
LEADERS_MAX = 60


def add_leaders(
    *,
    actor: Actor,
    now: datetime,
    tour: Tour,
    pupils: Sequence[Pupil] = (),
    written: Sequence[str] = (),
) -> list[TourLeader]:
    """Add pupils from the leading school's list, or by names as they are written.

    Raises TourRefused, TourNotOpen.
    """
    tour = _going(tour)
    wanted = [*dict.fromkeys(tidied for name in written if (tidied := names.tidy(name)))]
    known = {leader.pupil_id for leader in tour.leaders}
    picked = [pupil for pupil in pupils if pupil.id not in known]
    _refuse_leaders(tour, picked, wanted)
    added = [
        *(TourLeader(pupil_id=pupil.id, added_at=now) for pupil in picked),
        *(TourLeader(written_name=name, added_at=now) for name in wanted),
    ]
    tour.leaders.extend(added)
    for leader in added:
        _record(actor, "add_leader", leader, tour, now)
    return added


def _refuse_leaders(tour: Tour, pupils: Sequence[Pupil], written: Sequence[str]) -> None:
    if not pupils and not written:
        raise TourRefused([Problem("", "Choose a pupil, or write a name.")])
    if any(pupil.school_id != tour.leading_school_id for pupil in pupils):
        raise TourRefused([Problem("pupils", "Choose pupils of the leading school.")])
    if any(len(name) > NAME_MAX for name in written):
        raise TourRefused([Problem("names", f"Shorten each name to {NAME_MAX} characters.")])
    if len(tour.leaders) + len(pupils) + len(written) > LEADERS_MAX:
        raise TourRefused([Problem("", f"A tour has at most {LEADERS_MAX} leaders.")])


def agree(*, actor: Actor, now: datetime, tour: Tour, public_ids: Collection[str]) -> int:
    """Record that the leading school agrees and that parents have been told; return for how many.

    Whoever was agreed to before stays so, with the first name and time.
    """
    tour = _going(tour)
    found = [each for each in queries.agreed(tour, public_ids) if each.agreed_at is None]
    for leader in found:
        leader.agreed_at, leader.agreed_by_id = now, actor.person_id
        _record(actor, "agree_to_leader", leader, tour, now)
    return len(found)


def remove_leader(*, actor: Actor, now: datetime, leader: TourLeader) -> None:
    """Remove a pupil from a tour and from all of its stops."""
    tour = locks.tour(leader.tour_id)
    _record(actor, "remove_leader", leader, tour, now)
    db.session.delete(leader)


def set_leaders(
    *, actor: Actor, now: datetime, stop: TourStop, public_ids: Collection[str]
) -> list[TourLeader]:
    """Say who leads a stop, in place of what was said before.

    After the stop it can be corrected, as certificates follow it. Raises StopNotOpen,
    LeaderNotAgreed, TimeTaken.
    """
    stop = locks.stop_with_event(stop.id)
    if stop.state is not StopState.ACCEPTED or stop.starts_at is None or stop.ends_at is None:
        raise StopNotOpen("Only a stop with a date has leaders.")
    leaders = queries.agreed(stop.tour, public_ids)
    if any(leader.agreed_at is None for leader in leaders):
        raise LeaderNotAgreed(
            "A coordinator of the leading school first says that it agrees and that the parents "
            "have been told."
        )
    before = {leader.id for leader in stop.leaders}
    pupil_locks.pupils([leader.pupil_id for leader in leaders if leader.pupil_id])
    stop.leaders = leaders
    db.session.flush()
    timing.refuse_if_taken(stop.tour, stop.starts_at, stop.ends_at, but=stop)
    if {leader.id for leader in leaders} != before:
        audit.record(
            actor=actor,
            action="set_leaders",
            subject=stop,
            school_id=stop.tour.leading_school_id,
            now=now,
            tour_id=stop.tour_id,
            count=len(leaders),
        )
        if leaders:
            _agree_on_event(actor, now, stop)
    return leaders


def _agree_on_event(actor: Actor, now: datetime, stop: TourStop) -> None:
    """Say on the event that the leading school agrees; the names stay here, for the day alone."""
    assert stop.event is not None, "an accepted stop has its event"
    event, school = stop.event, stop.tour.leading_school
    known = leading_queries.of_event(event.id)
    if known is not None and known.school_id == school.id and known.agreed_at is None:
        leading_service.agree(actor=actor, now=now, event=event, school=school, names=())


def _going(tour: Tour) -> Tour:
    tour = locks.tour(tour.id)
    if tour.state is TourState.ENDED:
        raise TourNotOpen(f"{tour.title} has ended; its leaders stay as they are.")
    return tour


def _record(actor: Actor, action: str, leader: TourLeader, tour: Tour, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=leader,
        school_id=tour.leading_school_id,
        now=now,
        tour_id=tour.id,
    )
