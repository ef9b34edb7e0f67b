"""The words that a parent agrees to, and the words for the status of a fee."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.consenting import ConsentFacts
from booking.domain.payment_states import FundingStatus
from booking.money.payments.models import Method


@dataclass(frozen=True)
class ConsentWords:
    """What a parent agrees to, sentence by sentence."""

    sentences: tuple[str, ...]

    @property
    def hash(self) -> str:
        """Return the SHA-256 that is kept with the answer, to show which words they were."""
        return hashlib.sha256("\n".join(self.sentences).encode()).hexdigest()


#: What a parent agrees to, with room for who, when and where.
SENTENCES = (
    "I agree that {forename} takes part in “{title}” ({when}) at {venue}.",
    "The event is led by {led_by} and hosted by {host}.",
    "In an emergency, staff may give first aid and call for medical help for {forename}.",
    "{school} passes on to the host what I tell in this reply, and nothing else.",
)
#: What answers are compared by. The last sentence once said “on the next pages”: the reply has
#: become one page, which asks nobody to consent again.
COMPARED = (
    *SENTENCES[:-1],
    "{school} passes on to the host what I tell on the next pages, and nothing else.",
)


def consent(booking: Booking, sentences: Sequence[str] = SENTENCES) -> ConsentWords:
    """Return the words for one pupil at one event, as it is now."""
    event = booking.event
    known = {
        "forename": booking.pupil.forename,
        "title": event.title,
        "when": "; ".join(event_words.dates(event)),
        "venue": event.venue,
        "led_by": event.led_by,
        "host": event.host_school.name,
        "school": booking.school.name,
    }
    return ConsentWords(tuple(sentence.format(**known) for sentence in sentences))


def consent_facts(event: Event) -> ConsentFacts:
    """Return what consent to this event is for, as it is now."""
    return ConsentFacts(
        spans=tuple((date.starts_at, date.ends_at) for date in event.dates),
        venue=(event.venue, event.venue_address or "", *_own_places(event)),
        host=str(event.host_school_id),
        wording=COMPARED,
    )


def _own_places(event: Event) -> Iterator[str]:
    """Yield the place of each date that has its own, with its day: two may have changed places."""
    for date in event.dates:
        if date.venue:
            yield f"{date.starts_at:%Y-%m-%d} {date.venue} {date.venue_address}"


#: How a family's money came, in a sentence to the family.
METHODS = {
    Method.CARD: "by card",
    Method.CASH: "in cash",
    Method.CHEQUE: "by cheque",
    Method.BANK_TRANSFER: "by bank transfer",
}

#: The status of a fee, for the pupil's own school only. The same neutral words for every family.
FUNDING = {
    FundingStatus.REQUESTED: "Asked",
    FundingStatus.PROMISED: "Promised",
    FundingStatus.RECEIVED: "Received",
    FundingStatus.PARTLY: "Partly received",
    FundingStatus.DECLINED_NO_REASON_ASKED: "Not this time",
    FundingStatus.REMITTED: "Remitted",
    FundingStatus.SCHOOL_PAID: "School pays",
    FundingStatus.REFUNDED: "Refunded",
}
