"""Consent and the needs on the day: answered page by page, then sent together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events import words as event_words
from booking.days.places import locks as place_locks
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain import charging, names
from booking.domain.booking_states import BookingState
from booking.domain.needs import Collection, Diet, PhotoPermission
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.checkout import locks, words
from booking.money.checkout.models import Consent, Needs
from booking.money.checkout.queries import replies

HEALTH_MAX, ACCESS_MAX, NAME_MAX = 500, 200, 80
#: Answers may be given and changed for as long as the pupil has the place.
ANSWERABLE = frozenset({BookingState.INVITED, BookingState.CONFIRMED})


class NotInvited(ValueError):
    """There is no place to reply about."""


class ConsentMissing(ValueError):
    """Nobody has typed a name, so nobody has agreed to anything."""


class TooLong(ValueError):
    """A text is too long for day staff to read in an emergency."""


class Incomplete(ValueError):
    """A page has not been answered."""


@dataclass(frozen=True)
class Answers:
    """Everything that a parent is asked, except about money."""

    given_by: str
    emergency_name: str
    emergency_phone: str
    health: str = ""
    access: str = ""
    diets: Sequence[Diet] = ()
    photo: PhotoPermission = PhotoPermission.NONE
    collection: Collection = Collection.SCHOOL
    collected_by: str = ""


def consent_words(booking: Booking) -> words.ConsentWords:
    """Return the words that a parent of this pupil is asked to agree to."""
    event = booking.event
    return words.consent(
        forename=booking.pupil.forename,
        title=event.title,
        when=event_words.dates(event),
        venue=event.venue,
        led_by=event.led_by,
        host=event.host_school.name,
        school=booking.school.name,
    )


def give_consent(
    *, actor: Actor, now: datetime, booking: Booking, given_by: str, channel: str = "link"
) -> Consent:
    """Record the parent's consent to the current words. NotInvited, ConsentMissing, TooLong."""
    booking = _answerable(booking)
    name = names.tidy(given_by)
    if not name:
        raise ConsentMissing("Type your full name to give consent.")
    return _record_consent(actor, now, booking, given=True, given_by=name, channel=channel)


def _record_consent(
    actor: Actor, now: datetime, booking: Booking, *, given: bool, given_by: str, channel: str
) -> Consent:
    _short(given_by, NAME_MAX, "The name")
    consent = Consent(
        booking_id=booking.id,
        given=given,
        given_by=given_by,
        channel=channel,
        wording_hash=consent_words(booking).hash,
        given_at=now,
        recorded_by_id=actor.person_id,
    )
    db.session.add(consent)
    audit.record(
        actor=actor,
        action="give_consent" if given else "refuse_consent",
        subject=consent,
        school_id=booking.school_id,
        now=now,
        booking=booking.id,
        channel=channel,
    )
    return consent


def tell_needs(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    health: str | None,
    access: str,
    diets: Sequence[Diet],
) -> Needs:
    """Save health, access and food. `health` None keeps what was written before; "" deletes it."""
    booking = _answerable(booking)
    needs = _needs(booking, now)
    if health is not None:
        needs.health = _short(names.tidy(health), HEALTH_MAX, "The health alert") or None
    needs.access = _short(names.tidy(access), ACCESS_MAX, "The adjustment") or None
    needs.diets = [diet.value for diet in sorted(set(diets))]
    _record_needs(actor, now, booking, needs, page="needs")
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
) -> Needs:
    """Save photos, getting home and the emergency contact. Raises Incomplete."""
    booking = _answerable(booking)
    collector = names.tidy(collected_by) if collection is Collection.NAMED_ADULT else ""
    if collection is Collection.NAMED_ADULT and not collector:
        raise Incomplete("Enter the name of the adult who will collect your child.")
    if not names.tidy(emergency_name) or not emergency_phone:
        raise Incomplete("Enter a name and a telephone number for an emergency.")
    needs = _needs(booking, now)
    needs.photo, needs.collection = photo, collection
    needs.collected_by = _short(collector, NAME_MAX, "The name") or None
    needs.emergency_name = _short(names.tidy(emergency_name), NAME_MAX, "The name")
    needs.emergency_phone = emergency_phone
    _record_needs(actor, now, booking, needs, page="day")
    return needs


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
    booking = _answerable(booking)
    reply = replies.reply(booking)
    if not reply.consented:
        raise Incomplete("Give consent first.")
    if reply.needs is None or not reply.told_day:
        raise Incomplete("Answer every page first.")
    if reply.needs.sent_at is None:
        reply.needs.sent_at = now
    db.session.flush()
    return confirm_if_settled(actor=actor, now=now, booking=booking)


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
    *, actor: Actor, now: datetime, booking: Booking, answers: Answers, channel: str = "link"
) -> Booking:
    """Record all the answers at once, as for a paper slip or the demonstration, and send them."""
    give_consent(actor=actor, now=now, booking=booking, given_by=answers.given_by, channel=channel)
    tell_needs(
        actor=actor,
        now=now,
        booking=booking,
        health=answers.health,
        access=answers.access,
        diets=answers.diets,
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
    )
    return send_answers(actor=actor, now=now, booking=booking)


def decline(
    *, actor: Actor, now: datetime, booking: Booking, given_by: str = "", channel: str = "link"
) -> Booking:
    """Record that the parent declined, without a reason; a confirmed place is given back.

    Raises NotInvited.
    """
    booking = _answerable(booking)
    _record_consent(actor, now, booking, given=False, given_by=given_by, channel=channel)
    leave = places.decline if booking.state is BookingState.INVITED else places.withdraw
    return leave(actor=actor, now=now, booking=booking)


def _answerable(booking: Booking) -> Booking:
    locked = place_locks.booking_at_event(booking.id)
    if locked.state not in ANSWERABLE:
        raise NotInvited("You can no longer reply about this place. The page now shows why.")
    return locked


def _short(text: str, most: int, what: str) -> str:
    if len(text) > most:
        raise TooLong(f"{what} has {len(text)} characters. Keep it to {most}.")
    return text
