"""The needs on the day, sent together with consent and changed one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.days.questions import service as questions
from booking.domain import charging, names
from booking.domain.asking import Told
from booking.domain.booking_states import BookingState
from booking.domain.needs import Collection, Diet, PhotoPermission, ToldPart
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.checkout import announcements, locks
from booking.money.checkout.models import Needs
from booking.money.checkout.queries import replies
from booking.money.checkout.service import mail
from booking.money.checkout.service.consent import NAME_MAX, answerable, give_consent, short
from booking.money.checkout.service.mail import PlaceNews

HEALTH_MAX, ACCESS_MAX, DIET_NOTE_MAX = 500, 200, 120


class ToldByAnother(ValueError):
    """Only whoever wrote about a child's health, or the school, takes it out."""


class NothingToNote(ValueError):
    """No family has said that its child eats something else, or no longer."""

    def __init__(self) -> None:
        super().__init__("The family has not ticked “Something else”, so there is nothing to add.")


class Incomplete(ValueError):
    """A question has not been answered."""


@dataclass(frozen=True)
class Answers:
    """Everything that a parent is asked, except about money."""

    given_by: str
    emergency_name: str
    emergency_phone: str
    #: None keeps what somebody else has written.
    health: str | None = ""
    access: str = ""
    diets: Sequence[Diet] = ()
    photo: PhotoPermission = PhotoPermission.NONE
    collection: Collection = Collection.SCHOOL
    collected_by: str = ""
    #: What the host asks besides, by question.
    asked: Mapping[int, Told] = field(default_factory=dict)


def tell_needs(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    health: str | None,
    access: str,
    diets: Sequence[Diet],
    parent_id: int | None = None,
) -> Needs:
    """Save health, access and food. `health` None keeps what was written before; "" deletes it.

    A parent is not shown what somebody else told, so it is added to and never replaced: an allergy
    must not be lost because the other parent did not see it. The school's paper replaces all.
    Raises NotInvited, TooLong, ToldByAnother.
    """
    booking = answerable(booking)
    needs = _needs(booking, now)
    before = _parts(needs)
    adds = told_by_others(needs, parent_id)
    if health is not None:
        health = short(names.tidy(health), HEALTH_MAX, "The health alert")
    access = short(names.tidy(access), ACCESS_MAX, "The adjustment")
    if adds and health == "":
        raise ToldByAnother("Somebody else wrote it, so please ask the school to take it out.")
    if health is not None:
        needs.health = (_joined(needs.health, health, "\n") if adds else health) or None
    needs.access = (_joined(needs.access, access, "; ") if adds else access) or None
    told = {diet.value for diet in diets}
    needs.diets = sorted(told | set(needs.diets if adds else ()))
    if Diet.OTHER not in needs.diets:
        needs.diet_note = None
    needs.told_by_id = None if adds else parent_id
    _record_needs(actor, now, booking, needs, page="needs")
    _announce(booking, needs, before, actor, now)
    return needs


def tell_day(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    photo: PhotoPermission,
    collection: Collection,
    collected_by: str,
    emergency_name: str,
    emergency_phone: str,
    parent_id: int | None = None,
) -> Needs:
    """Save photos, getting home and the emergency contact. Raises Incomplete."""
    booking = answerable(booking)
    collector = names.tidy(collected_by) if collection is Collection.NAMED_ADULT else ""
    if collection is Collection.NAMED_ADULT and not collector:
        raise Incomplete("Enter the name of the adult who will collect your child.")
    if not names.tidy(emergency_name) or not emergency_phone:
        raise Incomplete("Enter a name and a telephone number for an emergency.")
    needs = _needs(booking, now)
    before = _parts(needs)
    needs.photo, needs.collection = photo, collection
    needs.collected_by = short(collector, NAME_MAX, "The name") or None
    needs.emergency_name = short(names.tidy(emergency_name), NAME_MAX, "The name")
    needs.emergency_phone = emergency_phone
    replaces = needs.sent_at is not None and needs.day_by_id != parent_id
    needs.day_by_id = parent_id
    _record_needs(actor, now, booking, needs, page="day")
    if replaces:
        mail.place_news(booking, PlaceNews.DAY_CHANGED, of=now.isoformat(), now=now)
    _announce(booking, needs, before, actor, now)
    return needs


def tell_asked(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    told: Mapping[int, Told],
    parent_id: int | None = None,
) -> bool:
    """Save what the host asks besides; return whether that changes anything.

    Raises NotInvited and what `questions.tell` refuses.
    """
    booking = answerable(booking)
    return questions.tell(actor=actor, now=now, booking=booking, told=told, parent_id=parent_id)


def note_diet(*, actor: Actor, now: datetime, booking: Booking, note: str) -> Needs:
    """Save what the home school learnt about "something else" to eat; "" takes it out.

    The host reads it beside the diet. Raises NotInvited, NothingToNote, TooLong.
    """
    booking = answerable(booking)
    needs = replies.reply(booking).needs
    if needs is None or needs.sent_at is None or Diet.OTHER not in needs.diets:
        raise NothingToNote
    held = locks.needs(booking.id)
    assert held is needs, "one row for each booking"
    before = _parts(needs)
    needs.diet_note = short(names.tidy(note), DIET_NOTE_MAX, "The note") or None
    _record_needs(actor, now, booking, needs, page="diet note")
    _announce(booking, needs, before, actor, now)
    return needs


def told_by_others(needs: Needs, parent_id: int | None) -> bool:
    """Return whether a parent adds to what somebody else has told about health and food."""
    if parent_id is None:
        return False
    if needs.told_by_id is not None:
        return needs.told_by_id != parent_id
    return bool(needs.sent_at or needs.health or needs.access or needs.diets)


def _parts(needs: Needs) -> dict[ToldPart, object]:
    """Return what is told now, part by part, to be compared with what is told afterwards."""
    return {
        ToldPart.HEALTH: needs.health,
        ToldPart.FOOD: (needs.diets, needs.diet_note),
        ToldPart.ACCESS: needs.access,
        ToldPart.PHOTOS: needs.photo,
        ToldPart.WAY_HOME: (needs.collection, needs.collected_by),
        ToldPart.CONTACT: (needs.emergency_name, needs.emergency_phone),
    }


def _announce(
    booking: Booking,
    needs: Needs,
    before: Mapping[ToldPart, object],
    actor: Actor,
    now: datetime,
) -> None:
    """Announce what is told otherwise than before, once people count on it."""
    if booking.state is not BookingState.CONFIRMED or needs.sent_at is None:
        return
    changed = {part for part, told in _parts(needs).items() if told != before[part]}
    if changed:
        announcements.answers_changed(booking, parts=changed, actor=actor, now=now)


def _joined(known: str | None, more: str, between: str) -> str:
    """Return what was told with what is added, each once."""
    return between.join(dict.fromkeys(filter(None, [*(known or "").split(between), more])))


def _needs(booking: Booking, now: datetime) -> Needs:
    needs = locks.needs(booking.id)
    if needs is not None and replies.reply(booking).needs is None:
        # Answers to an earlier invitation no longer count, so none of them is carried over.
        db.session.delete(needs)
        db.session.flush()
        needs = None
    if needs is None:
        needs = Needs(booking_id=booking.id, diets=[])
        db.session.add(needs)
    needs.answered_at, needs.purged_at = now, None
    return needs


def _record_needs(
    actor: Actor, now: datetime, booking: Booking, needs: Needs, *, page: str
) -> None:
    # Which page was answered, but never the answer.
    audit.record(
        actor=actor,
        action="tell_needs",
        subject=needs,
        school_id=booking.school_id,
        now=now,
        page=page,
    )


def send_answers(*, actor: Actor, now: datetime, booking: Booking) -> Booking:
    """Send all the answers; the place is confirmed unless it waits for a charge.

    Sending again changes nothing. Raises NotInvited, Incomplete.
    """
    booking = answerable(booking)
    reply = replies.reply(booking)
    if not reply.consented:
        raise Incomplete("Give consent first.")
    if not reply.complete and not reply.stands:
        raise Incomplete("The event has changed since you gave consent. Please give it again.")
    if reply.needs is None or not reply.told_day:
        raise Incomplete("Answer every page first.")
    is_first = reply.needs.sent_at is None
    if is_first:
        reply.needs.sent_at = now
    db.session.flush()
    booking = confirm_if_settled(actor=actor, now=now, booking=booking)
    if is_first and booking.state is BookingState.INVITED:  # else the confirmation says it
        mail.place_news(booking, PlaceNews.ANSWERED, of=now.isoformat(), now=now)
    return booking


def confirm_if_settled(*, actor: Actor, now: datetime, booking: Booking) -> Booking:
    """Confirm the place once everything is answered and it does not wait for a charge."""
    if booking.state is not BookingState.INVITED or not replies.reply(booking).complete:
        return booking
    if charge_stands_before(booking):
        return booking
    return places.confirm(actor=actor, now=now, booking=booking)


def charge_stands_before(booking: Booking) -> bool:
    """Return whether the place waits for a charge. For any other fee the money is not even read."""
    kind = booking.event.fee_kind
    if not charging.may_block_place(kind):
        return False
    funding = replies.reply(booking).funding
    return funding is not None and charging.blocks_place(kind, funding.status)


def answer(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    answers: Answers,
    channel: str = "link",
    parent_id: int | None = None,
    read: str = "",
) -> Booking:
    """Record all the answers at once, as for a paper slip or the demonstration, and send them."""
    give_consent(
        actor=actor,
        now=now,
        booking=booking,
        given_by=answers.given_by,
        channel=channel,
        parent_id=parent_id,
        read=read,
    )
    tell_needs(
        actor=actor,
        now=now,
        booking=booking,
        health=answers.health,
        access=answers.access,
        diets=answers.diets,
        parent_id=parent_id,
    )
    tell_day(
        actor=actor,
        now=now,
        booking=booking,
        photo=answers.photo,
        collection=answers.collection,
        collected_by=answers.collected_by,
        emergency_name=answers.emergency_name,
        emergency_phone=answers.emergency_phone,
        parent_id=parent_id,
    )
    if answers.asked:
        tell_asked(actor=actor, now=now, booking=booking, told=answers.asked, parent_id=parent_id)
    return send_answers(actor=actor, now=now, booking=booking)
