"""A parent's yes or no: to which day and place, in which words, by whom, and who is told."""

from dataclasses import dataclass
from datetime import datetime

from booking.days.places import locks as place_locks
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain import names
from booking.domain.booking_states import BookingState
from booking.domain.needs import ToldPart
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.checkout import announcements, locks, words
from booking.money.checkout.models import Consent
from booking.money.checkout.service import mail
from booking.money.checkout.service.mail import PlaceNews

NAME_MAX = 80
#: Answers may be given and changed for as long as the pupil has the place.
ANSWERABLE = frozenset({BookingState.INVITED, BookingState.CONFIRMED})


class NotInvited(ValueError):
    """There is no place to reply about."""


class ConsentMissing(ValueError):
    """Nobody has typed a name, so nobody has agreed to anything."""


class TooLong(ValueError):
    """A text is too long for day staff to read in an emergency."""


class MovedMeanwhile(ValueError):
    """The event moved after the page was opened: nobody agrees to what they have not read."""

    def __init__(self) -> None:
        super().__init__(
            "The event has changed since this page was opened. Please read again what it says now."
        )


@dataclass(frozen=True)
class Said:
    """Who answered, when and how: a parent by private link, or the school from paper."""

    actor: Actor
    now: datetime
    channel: str
    parent_id: int | None


def consent_words(booking: Booking) -> words.ConsentWords:
    """Return the words that a parent of this pupil is asked to agree to."""
    return words.consent(booking)


def facts_digest(booking: Booking) -> str:
    """Return the digest of what consent is for; a page carries it: see `give_consent`."""
    return words.consent_facts(booking.event).digest


def give_consent(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    given_by: str,
    channel: str = "link",
    parent_id: int | None = None,
    read: str = "",
) -> Consent:
    """Record a parent's consent to the current words.

    `read` is the digest of the facts on the page that was read. Raises NotInvited, ConsentMissing,
    TooLong, MovedMeanwhile.
    """
    booking = answerable(booking)
    if read and read != facts_digest(booking):
        raise MovedMeanwhile
    name = names.tidy(given_by)
    if not name:
        raise ConsentMissing("Type your full name to give consent.")
    said = Said(actor, now, channel, parent_id)
    is_answer = booking.state is BookingState.INVITED or locks.question(booking.id) is not None
    consent = record(said, booking, given=True, given_by=name)
    if not is_answer:  # nobody had asked, so nobody looks for it
        _announce(booking, actor=actor, now=now)
    return consent


def record(said: Said, booking: Booking, *, given: bool, given_by: str) -> Consent:
    """Keep an answer with its words and facts; what was asked again is answered by it."""
    short(given_by, NAME_MAX, "The name")
    consent = Consent(
        booking_id=booking.id,
        given=given,
        given_by=given_by,
        channel=said.channel,
        wording_hash=consent_words(booking).hash,
        facts_digest=facts_digest(booking),
        parent_id=said.parent_id,
        given_at=said.now,
        recorded_by_id=said.actor.person_id,
    )
    db.session.add(consent)
    if question := locks.question(booking.id):
        db.session.delete(question)
    audit.record(
        actor=said.actor,
        action="give_consent" if given else "refuse_consent",
        subject=consent,
        school_id=booking.school_id,
        now=said.now,
        booking=booking.id,
        channel=said.channel,
    )
    return consent


def decline(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    given_by: str = "",
    channel: str = "link",
    parent_id: int | None = None,
) -> Booking:
    """Record that the parent declined, without a reason; a confirmed place is given back.

    All of the pupil's parents are told straight away. Raises NotInvited.
    """
    booking = answerable(booking)
    said = Said(actor, now, channel, parent_id)
    consent = record(said, booking, given=False, given_by=given_by)
    invited = booking.state is BookingState.INVITED
    leave = places.decline if invited else places.withdraw
    booking = leave(actor=actor, now=now, booking=booking)
    if not invited:
        _announce(booking, actor=actor, now=now)
    news = PlaceNews.DECLINED if invited else PlaceNews.GIVEN_BACK
    mail.place_news(booking, news, of=str(consent.id), now=now)
    return booking


def _announce(booking: Booking, *, actor: Actor, now: datetime) -> None:
    parts = frozenset({ToldPart.CONSENT})
    announcements.answers_changed(booking, parts=parts, actor=actor, now=now)


def answerable(booking: Booking) -> Booking:
    """Return the booking, locked, while it can be answered for. Raises NotInvited."""
    locked = place_locks.booking_at_event(booking.id)
    if locked.state not in ANSWERABLE:
        raise NotInvited("You can no longer reply about this place. The page now shows why.")
    return locked


def short(text: str, most: int, what: str) -> str:
    """Return a text that is not too long. Raises TooLong."""
    if len(text) > most:
        raise TooLong(f"{what} has {len(text)} characters. Keep it to {most}.")
    return text
