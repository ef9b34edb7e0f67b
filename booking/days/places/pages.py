"""What a school's pages show, ready for the templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from booking.days.events import states as event_states
from booking.days.events import words as event_words
from booking.days.events.models import Event, Sharing
from booking.days.places import ports, queries
from booking.days.places.models import Booking, Offer, PlaceRequest
from booking.days.places.queries import EventLine, SchoolStanding
from booking.domain import booking_states, english, terms, year_groups
from booking.domain.booking_states import ENDED, BookingState, Tone
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

TONES = {Tone.WAITING: "info", Tone.GOOD: "good", Tone.QUIET: "neutral", Tone.WARNING: "warn"}


def tag_of(booking: Booking) -> tuple[str, str]:
    """Return the words and the tone of a booking's status tag."""
    shown = booking_states.words(booking.state)
    return shown.label, TONES[shown.tone]


@dataclass(frozen=True)
class EventRow:
    """An event in a table of events that concern a school."""

    line: EventLine
    when: str
    status: event_words.Status


def rows(lines: list[EventLine], *, now: datetime) -> list[EventRow]:
    """Return the rows of a school's events."""
    return [
        EventRow(
            line=line,
            when=event_words.when_text(
                line.dates, line.first_starts_at, line.last_starts_at, line.last_ends_at
            ),
            status=event_words.status(line, now=now, left=line.left),
        )
        for line in lines
    ]


@dataclass(frozen=True)
class BookingRow:
    """One of the school's pupils at the event, and how far the parents' answer has got."""

    booking: Booking
    name: str
    year: str
    tag: tuple[str, str]
    note: str
    is_open: bool
    #: Whether a parent has an e-mail address, so that a lost link can be replaced.
    has_link: bool
    #: Whether consent is asked for again, because the event has moved.
    is_asked_again: bool = False
    #: What mail did not reach the family.
    mail: ports.MailNote | None = None
    #: Whether the school can say that it gave the family a letter, or take that back.
    may_ask_on_paper: bool = False
    is_asked_on_paper: bool = False


@dataclass
class SchoolPupils:
    """One school's pupils at one event: those with a place, and those who wait for one."""

    event: Event
    school: School
    now: datetime

    @cached_property
    def named(self) -> list[BookingRow]:
        """Return the school's pupils at the event, with those who have dropped out at the end."""
        bookings = queries.bookings_of(self.event.id, self.school.id)
        coming = [booking for booking in bookings if booking.state in _COMING]
        here = [booking.pupil_id for booking in coming]
        busy = queries.elsewhere(self.event, here) if here else {}
        invited = [booking.id for booking in bookings if booking.state is BookingState.INVITED]
        replied = queries.answered(invited)
        asked = queries.asked_again([booking.id for booking in coming])
        mail = ports.mail_notes(self.event, school_id=self.school.id, now=self.now)
        found = [
            _booking_row(
                b, busy, replied=b.id in replied, asked_again=b.id in asked, mail=mail.get(b.id)
            )
            for b in bookings
        ]
        return sorted(found, key=lambda row: row.booking.state in ENDED)

    @cached_property
    def reserves(self) -> list[Booking]:
        """Return the school's reserves, first to last."""
        return queries.reserves(self.event.id, self.school.id)

    @cached_property
    def name_by(self) -> datetime | None:
        """Return when the school's places without a name go back."""
        late = [
            place.name_by_at
            for place in queries.vacant_places(self.event.id, self.school.id)
            if place.name_by_at
        ]
        return queries.name_by(self.event, min(late, default=None), now=self.now)


@dataclass
class SchoolEvent:
    """One event as one school sees it."""

    event: Event
    school: School
    now: datetime
    standing: SchoolStanding = field(init=False)
    request: PlaceRequest | None = field(init=False)
    offers: list[Offer] = field(init=False)
    pupils: SchoolPupils = field(init=False)

    def __post_init__(self) -> None:
        self.pupils = SchoolPupils(self.event, self.school, self.now)
        self.standing = queries.standings(self.school.id, [self.event.id])[self.event.id]
        self.request = queries.request_of(self.event.id, self.school.id)
        self.offers = [
            offer
            for offer in queries.open_offers(school_id=self.school.id, event_id=self.event.id)
            if offer.expires_at > self.now
        ]

    @cached_property
    def is_live(self) -> bool:
        """Return whether places can still change hands."""
        return event_states.is_live(self.event, self.now)

    @cached_property
    def is_shared(self) -> bool:
        """Return whether places have been handed out, so that a request is served at once."""
        return queries.is_line_open(self.event, self.now)

    @cached_property
    def is_planned(self) -> bool:
        """Return whether the places are shared with other events', so none are asked for."""
        return self.is_live and queries.is_planned(self.event.id)

    @cached_property
    def may_ask(self) -> bool:
        """Return whether the school has pupils in the right years and the event has not begun."""
        years = (self.school.low_year, self.school.high_year)
        return self.is_live and (
            year_groups.overlap(years, (self.event.low_year, self.event.high_year)) is not None
        )

    @property
    def shows_names(self) -> bool:
        """Return whether the page has the forms that give pupils places and give places back."""
        return self.is_live and bool(self.request or self.standing.held or self.pupils.reserves)

    @cached_property
    def is_late(self) -> bool:
        """Return whether a request made now would come after the others."""
        closes_at = self.event.requests_close_at
        return (
            self.event.sharing is not Sharing.FIRST_COME
            and closes_at is not None
            and self.now > closes_at
        )

    @cached_property
    def place_in_line(self) -> int | None:
        """Return how many places must come back before this school is offered one."""
        waits = self.request is not None and self.request.wants_now > self.standing.held
        if not (waits and self.is_live and self.is_shared):
            return None
        return queries.place_in_line(self.event, self.school.id)

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Return the school's numbers."""
        return [
            ("Asked for", str(self.request.wanted) if self.request else "Nothing yet"),
            ("Held", str(self.standing.held)),
            ("Named", str(self.standing.named)),
            ("Confirmed", str(self.standing.confirmed)),
            *([("To ask on paper", str(to_ask))] if (to_ask := self._to_ask_on_paper) else []),
        ]

    @property
    def _to_ask_on_paper(self) -> int:
        return sum(row.may_ask_on_paper and not row.has_link for row in self.pupils.named)

    @property
    def when(self) -> str:
        """Return when the event is, in words."""
        return event_words.when(self.event)


#: Named, and the day is still to come.
_COMING = frozenset({BookingState.INVITED, BookingState.CONFIRMED})


def _booking_row(
    booking: Booking,
    busy: Mapping[int, Event],
    *,
    replied: bool,
    asked_again: bool,
    mail: ports.MailNote | None,
) -> BookingRow:
    on_paper = not any(parent.email for parent in booking.pupil.parents)
    note = ""
    if booking.state in _COMING and booking.pupil_id in busy:
        other = busy[booking.pupil_id].title
        note = f"Also has a place at “{other}” at the same time, so withdraw the pupil from one"
    elif asked_again:
        note = "The event has moved, so consent is asked again: not answered yet"
    elif replied:
        note = "Confirmed once the charge is paid"
    elif booking.state is BookingState.INVITED and booking.asked_on_paper_at:
        note = _asked_when(booking, booking.asked_on_paper_at)
    elif booking.state is BookingState.INVITED and on_paper:
        note = "No e-mail address: give them the letter"
    waits = booking.state is BookingState.INVITED and not replied
    asked_on_paper = waits and booking.asked_on_paper_at is not None
    to_ask = waits and not asked_on_paper and booking.invitation_sent_at is None
    return BookingRow(
        booking=booking,
        name=booking.pupil.name,
        year=year_groups.name(booking.pupil.year_group),
        tag=_tag(booking, replied=replied, asked_again=asked_again, on_paper=on_paper),
        note=note,
        is_open=booking.state in _COMING,
        has_link=not on_paper,
        is_asked_again=asked_again,
        mail=mail,
        may_ask_on_paper=to_ask and (on_paper or mail is not None),
        is_asked_on_paper=asked_on_paper,
    )


def _tag(booking: Booking, *, replied: bool, asked_again: bool, on_paper: bool) -> tuple[str, str]:
    if asked_again:
        return "Asked again", "warn"
    if replied:
        return "Reply received", "info"
    if booking.state is BookingState.INVITED and booking.asked_on_paper_at:
        return "Asked on paper", "info"
    if booking.state is BookingState.INVITED and on_paper and booking.invitation_sent_at is None:
        return "To ask on paper", "warn"
    return tag_of(booking)


def _asked_when(booking: Booking, at: datetime) -> str:
    by = f" by {booking.asked_on_paper_by.name}" if booking.asked_on_paper_by else ""
    return f"on {terms.deadline_text(at)}{by}"


def asked_words(pupils: Sequence[Pupil]) -> str:
    """Return that the parents of pupils with a new place were asked, or whom nobody could ask."""
    unasked = [p.name for p in pupils if not any(parent.email for parent in p.parents)]
    if not unasked:
        return "The parents have been asked."
    some = "The other parents have been asked. " if len(unasked) < len(pupils) else ""
    return (
        f"{some}No e-mail for the parents of {english.listed(unasked)}: give them the letter, and "
        "say here when you have. Their days to answer begin then."
    )


def hints(event: Event, pupils: list[Pupil]) -> dict[str, str]:
    """Return the hint under each pupil to choose from."""
    busy = queries.elsewhere(event, [pupil.id for pupil in pupils])
    found = {}
    for pupil in pupils:
        parts = [year_groups.name(pupil.year_group)]
        if pupil.id in busy:
            parts.append(f"has a place at “{busy[pupil.id].title}” at the same time")
        if not any(parent.email for parent in pupil.parents):
            parts.append("no parent’s e-mail address, so ask on paper")
        found[pupil.public_id] = " · ".join(parts)
    return found
