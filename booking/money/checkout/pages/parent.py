"""What the parent's pages show, ready for the templates.

Remission is private. No page reads whether a charge was remitted: the invitation and every page of
answers are the same for all, a place is confirmed by whatever settles the charge, and the page of a
confirmed place says "there is nothing more to pay" to the family that paid, to the one whose charge
was remitted and to the one whose school paid. Only the page that asks for the charge is no longer
shown once nothing is asked. A test compares the bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from booking.days.events import pages as event_pages
from booking.days.events import shelf as event_shelf
from booking.days.events import states as event_states
from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.events.pages import DrawnPart
from booking.days.places.models import Booking
from booking.days.questions import queries as question_queries
from booking.days.questions.models import EventQuestion, QuestionAnswer
from booking.domain import charging, money, terms
from booking.domain.booking_states import SEATED, BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import FundingStatus
from booking.foundation.files import pages as file_pages
from booking.foundation.files.details import FileOwner
from booking.foundation.files.pages import FileLine
from booking.money.checkout import words
from booking.money.checkout.models import ConsentQuestion
from booking.money.checkout.queries import questions, replies
from booking.money.checkout.queries.replies import Reply
from booking.money.payments import service as payments
from booking.money.payments.models import PaymentLine
from booking.people.pupils.models import Parent, ParentLink


class FirstPage(StrEnum):
    """The page that the link shows first."""

    INVITED = "invited"
    #: Everything has been answered, and the place waits for a charge.
    TO_PAY = "to_pay"
    CONFIRMED = "confirmed"
    OVER = "over"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


STANDINGS = {
    BookingState.INVITED: FirstPage.INVITED,
    BookingState.CONFIRMED: FirstPage.CONFIRMED,
    BookingState.ATTENDED: FirstPage.OVER,
    BookingState.ABSENT: FirstPage.OVER,
    BookingState.DECLINED: FirstPage.DECLINED,
    BookingState.LAPSED: FirstPage.LAPSED,
    BookingState.WITHDRAWN: FirstPage.WITHDRAWN,
    BookingState.RESERVE: FirstPage.WITHDRAWN,
    BookingState.CANCELLED: FirstPage.CANCELLED,
}


@dataclass(frozen=True)
class AskedHere:
    """What the host asks about a pupil, and every answer: each parent is shown their own."""

    questions: Sequence[EventQuestion]
    #: By question.
    known: Mapping[int, QuestionAnswer]


@dataclass(frozen=True)
class Visit:
    """One visit to a private link: whose it is, and the state of everything now."""

    token: str
    link: ParentLink
    booking: Booking
    reply: Reply
    standing: FirstPage
    #: Consent that is asked for again, because the event has moved.
    question: ConsentQuestion | None = None

    @cached_property
    def asked(self) -> AskedHere:
        """Return what the host asks about this pupil besides, and what was answered."""
        found = question_queries.of_event(self.booking.event_id, *question_queries.OF_PUPILS)
        known = question_queries.about_booking(self.booking.id) if found else {}
        return AskedHere(found, known)

    @property
    def parent(self) -> Parent:
        """Return the parent whose link it is."""
        return self.link.parent

    @property
    def event(self) -> Event:
        """Return the event."""
        return self.booking.event

    @property
    def when(self) -> list[str]:
        """Return each date in words."""
        return event_words.dates(self.event)

    @property
    def when_short(self) -> str:
        """Return the one date, or the first and last of several, in words."""
        return event_words.when(self.event)

    @property
    def files(self) -> Sequence[FileLine]:
        """Return the event's files that this family may see."""
        return file_pages.shelf(file_owner(self)).lines

    def is_own(self, by_id: int | None) -> bool:
        """Return whether an answer is this parent's own: nobody else's is shown."""
        return by_id == self.parent.id

    @property
    def has_given(self) -> bool:
        """Whether this parent has contributed, so that the page says thank you.

        What was handed in at school is the family's; what the other parent gave is not said.
        """
        funding = self.reply.funding
        voluntary = self.event.fee_kind is FeeKind.VOLUNTARY_CONTRIBUTION
        if not voluntary or funding is None or funding.status is not FundingStatus.RECEIVED:
            return False
        return bool(self.own_lines)

    @property
    def own_lines(self) -> list[PaymentLine]:
        """Return what is held for this place from this parent, or was handed in at school."""
        lines = replies.held_lines(self.booking.id)
        return [line for line in lines if line.payment.parent_id in {None, self.parent.id}]

    @property
    def receipts(self) -> list[list[tuple[str, str]]]:
        """Return, line by line, what this parent has paid for the place, to keep after the day."""
        return [
            [
                (
                    "Received",
                    f"{money.pounds(line.amount_pence)} {words.METHODS[line.payment.method]}",
                ),
                ("On", terms.in_sentence(line.payment.paid_at) if line.payment.paid_at else ""),
                ("For", f"{self.booking.pupil.forename}, {self.event.title}, {self.when_short}"),
                ("School", self.booking.school.name),
                ("Reference", line.payment.public_id),
            ]
            for line in self.own_lines
        ]

    @property
    def wording(self) -> charging.Wording:
        """Return what is said about money, the same for every family."""
        return charging.wording(self.event.fee_kind, self.event.fee_pence)

    @property
    def parts(self) -> list[DrawnPart]:
        """Return where the fee goes."""
        return [event_pages.drawn_part(part) for part in self.event.fee_parts]


def file_owner(visit: Visit) -> FileOwner:
    """Return the event as the owner of its files, as this family meets it."""
    return event_shelf.for_family(visit.event, comes=visit.booking.state in SEATED)


def visit(token: str, link: ParentLink, now: datetime) -> Visit:
    """Return the state of everything for the parent who opened a link."""
    booking = replies.booking_with_event(link.booking_id)
    reply = replies.reply(booking)
    standing = STANDINGS[booking.state]
    if standing is FirstPage.INVITED and reply.complete:
        standing = FirstPage.TO_PAY
    if standing is FirstPage.CONFIRMED and event_states.is_over(booking.event, now):
        standing = FirstPage.OVER
    asked = standing in {FirstPage.TO_PAY, FirstPage.CONFIRMED}
    question = questions.question_of(booking.id) if asked else None
    return Visit(token, link, booking, reply, standing, question)


#: There is nothing more to do before the day.
HELD_FOR_SURE = SEATED - {BookingState.INVITED}


@dataclass(frozen=True)
class PaidFor:
    """One line of a payment, as shown to the family that made it."""

    label: str
    amount_pence: int
    #: How much is kept; 0 if all of it goes back.
    kept_pence: int
    #: Why some of it goes back; empty if none does.
    reason: str
    #: Whether its place is confirmed, whatever else was paid for.
    is_confirmed: bool


def paid_for(lines: Iterable[tuple[PaymentLine, Booking]]) -> list[PaidFor]:
    """Return what a payment was for, and how much of it is kept."""
    found = []
    for line, booking in lines:
        back = [refund for refund in line.refunds if refund.state in payments.SPOKEN_FOR]
        kept = line.amount_pence - sum(refund.amount_pence for refund in back)
        label = f"{booking.pupil.forename}: {booking.event.title}"
        reason = back[-1].reason if back else ""
        found.append(
            PaidFor(label, line.amount_pence, kept, reason, booking.state in HELD_FOR_SURE)
        )
    return found
