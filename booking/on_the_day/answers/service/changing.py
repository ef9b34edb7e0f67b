"""Late changes of what a family told: noted for whoever counts on it, told by mail, and seen.

The adults who travel along have no page of their own: they are mailed if their school gave an
address, and else its coordinators are told to ring them.
"""

from collections.abc import Set
from datetime import datetime

from booking.days.events import states as event_states
from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.domain.needs import ToldPart
from booking.domain.permissions import Actor, Role
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.answers import locks, mail
from booking.on_the_day.answers.models import Audience, LateChange
from booking.on_the_day.answers.refusals import ChangedAgain
from booking.on_the_day.rosters import windows


def follow_change(booking: Booking, *, parts: Set[ToldPart], actor: Actor, now: datetime) -> None:
    """Note a late change for the home school and, once its window is open, for the host; tell both
    and the adults who travel along.
    """
    if event_states.is_over(booking.event, now):
        return
    hosts = _open_to_host(booking, parts, now)
    if hosts and (change := _note(booking, Audience.HOST, hosts, now)):
        mail.changed_for_host(change, booking, now=now)
    on_the_way = parts if windows.days_of(booking.event).needs_are_open(now) else frozenset()
    if on_the_way:
        mail.changed_for_adults(booking, on_the_way, now=now)
    if _is_own_coordinator(actor, booking):
        return
    if change := _note(booking, Audience.SCHOOL, parts, now):
        mail.changed_for_school(change, booking, to_tell=bool(on_the_way), now=now)


def follow_asked(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Note that what the host asks besides was answered otherwise."""
    follow_change(booking, parts=frozenset({ToldPart.ASKED}), actor=actor, now=now)


def see(*, actor: Actor, now: datetime, change: LateChange, read: str) -> LateChange:
    """Record who has seen a change, once; `read` is the state of it that was on the page.

    Raises ChangedAgain.
    """
    place_locks.booking(change.booking_id)
    change = locks.late_change(change.id)
    if change.seen_at is not None:
        return change
    if read != change.version:
        raise ChangedAgain
    change.seen_at, change.seen_by_id = now, actor.person_id
    audit.record(
        actor=actor,
        action="see_late_change",
        subject=change,
        school_id=change.booking.school_id,
        now=now,
        audience=change.audience.value,
    )
    return change


def _note(
    booking: Booking, audience: Audience, parts: Set[ToldPart], now: datetime
) -> LateChange | None:
    """Keep a change; return it if it has parts that nobody was told of yet."""
    change = locks.unseen_change(booking.id, audience)
    known = set(change.parts) if change else set()
    if change is None:
        change = LateChange(booking_id=booking.id, audience=audience, parts=[], changed_at=now)
        db.session.add(change)
    named = {part.value for part in parts}
    change.parts, change.changed_at = sorted(known | named), now
    db.session.flush()
    return change if named - known else None


def _open_to_host(booking: Booking, parts: Set[ToldPart], now: datetime) -> Set[ToldPart]:
    """Return the parts that the host's staff can read by now, and may have read otherwise."""
    days = windows.days_of(booking.event)
    if not days.needs_are_open(now):
        return frozenset()
    closed = {ToldPart.CONTACT} if days.health_is_open(now) else {ToldPart.CONTACT, ToldPart.HEALTH}
    return parts - closed


def _is_own_coordinator(actor: Actor, booking: Booking) -> bool:
    """Return whether the school itself recorded it, so that it need not be told."""
    return booking.school_id in actor.school_ids(Role.COORDINATOR)
