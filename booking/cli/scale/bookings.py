"""Pupils named for places, in every state, with their parents' answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from booking.cli.scale.network import Network, SchoolFacts, public_id
from booking.cli.scale.programme import EventFacts, HowFar
from booking.cli.scale.rows import Rows
from booking.cli.scale.sharing import HeldPlaces
from booking.days.events.models import EventState
from booking.days.places.models import Booking
from booking.domain.booking_states import ENDED, EXPECTED, BookingState
from booking.domain.needs import Collection, Diet, PhotoPermission
from booking.foundation.tokens import token_hash
from booking.money.checkout import retention as checkout_retention
from booking.money.checkout.models import Consent, Needs
from booking.people.pupils.models import ParentLink

#: One held place in so many has no pupil yet, or a new one after somebody dropped out.
_UNNAMED_EVERY, _DROPPED_EVERY, _RESERVES = 7, 6, 2
_DROPPED = (BookingState.DECLINED, BookingState.LAPSED, BookingState.WITHDRAWN)
_SEATED = {
    HowFar.PAST: (
        BookingState.ATTENDED,
        BookingState.ATTENDED,
        BookingState.ATTENDED,
        BookingState.ABSENT,
    ),
    HowFar.FILLING: (BookingState.CONFIRMED, BookingState.CONFIRMED, BookingState.INVITED),
    HowFar.OPEN: (BookingState.CONFIRMED, BookingState.INVITED),
}
_DIETS: tuple[list[Diet], ...] = ([], [], [], [Diet.VEGETARIAN], [Diet.HALAL], [Diet.NO_NUTS])
_WORDING_HASH = token_hash("The words that parents agreed to.")


@dataclass(frozen=True)
class BookingFacts:
    """What the money needs to know about a booking."""

    id: int
    event: EventFacts
    school: SchoolFacts
    parent_id: int
    state: BookingState
    invited_at: datetime


@dataclass
class Naming:
    """Names pupils for the places that schools hold."""

    rows: Rows
    rng: Random
    network: Network
    now: datetime

    def name(self, held: HeldPlaces) -> Iterator[BookingFacts]:
        """Add a school's bookings at one event; yield those whose parent was invited."""
        states = _SEATED[held.event.stage]
        for place_id in held.place_ids:
            if self.rng.randrange(_UNNAMED_EVERY) == 0 and held.event.stage is not HowFar.PAST:
                continue
            if self.rng.randrange(_DROPPED_EVERY) == 0:
                yield from self._book(held, place_id, self.rng.choice(_DROPPED))
            yield from self._book(held, place_id, self.rng.choice(states))
        if held.event.stage is HowFar.FILLING:
            for rank in range(1, _RESERVES + 1):
                yield from self._book(held, None, BookingState.RESERVE, rank=rank)

    def _book(
        self,
        held: HeldPlaces,
        place_id: int | None,
        state: BookingState,
        *,
        rank: int | None = None,
    ) -> Iterator[BookingFacts]:
        event, school = held.event, held.school
        pupil_id = self.network.take_pupil(school, event.years, event.days)
        if pupil_id is None:
            return
        if event.state is EventState.CANCELLED:
            state, rank = BookingState.CANCELLED, None
        invited_at = self._invited_at(event)
        booking_id = self._add(held, pupil_id, place_id, state, rank=rank, invited_at=invited_at)
        if state is BookingState.RESERVE:
            return
        facts = BookingFacts(booking_id, event, school, pupil_id, state, invited_at)
        self._answer(facts)
        yield facts

    def _invited_at(self, event: EventFacts) -> datetime:
        if event.stage is HowFar.PAST:
            return event.naming_close_at - timedelta(days=self.rng.randint(1, 12))
        return self.now - timedelta(hours=self.rng.randint(2, 72))

    def _add(
        self,
        held: HeldPlaces,
        pupil_id: int,
        place_id: int | None,
        state: BookingState,
        *,
        rank: int | None,
        invited_at: datetime,
    ) -> int:
        event = held.event
        marked = state in EXPECTED - {BookingState.CONFIRMED}
        seated = None if state is BookingState.RESERVE else invited_at
        return self.rows.add(
            Booking,
            public_id=public_id(self.rng),
            event_id=event.id,
            pupil_id=pupil_id,
            school_id=held.school.id,
            place_id=place_id,
            state=state,
            reserve_rank=rank,
            named_at=invited_at,
            invited_at=seated,
            reply_by_at=seated and min(seated + timedelta(days=7), event.dates[0][0]),
            invitation_sent_at=seated,
            reminded_at=None,
            reminder_sent_at=None,
            confirmed_at=invited_at + timedelta(hours=1) if state in EXPECTED else None,
            ended_at=invited_at + timedelta(hours=2) if state in ENDED else None,
            marked_at=event.dates[-1][1] if marked else None,
            marked_by_id=None,
        )

    def _answer(self, booking: BookingFacts) -> None:
        ends_at = booking.event.dates[-1][1]
        expires_at = ends_at + timedelta(days=14)
        if expires_at > self.now:
            self.rows.add(
                ParentLink,
                token_hash=token_hash(public_id(self.rng)),
                parent_id=booking.parent_id,
                booking_id=booking.id,
                created_at=booking.invited_at,
                expires_at=expires_at,
                revoked_at=None,
            )
        if booking.state not in EXPECTED:
            return
        answered_at = booking.invited_at + timedelta(hours=1)
        self.rows.add(
            Consent,
            booking_id=booking.id,
            given=True,
            given_by="A parent",
            channel="link",
            wording_hash=_WORDING_HASH,
            given_at=answered_at,
            recorded_by_id=None,
        )
        self._add_needs(booking, answered_at, ends_at)

    def _add_needs(self, booking: BookingFacts, answered_at: datetime, ends_at: datetime) -> None:
        purged = ends_at + checkout_retention.NEEDS_KEPT <= self.now
        alert = "Asthma: inhaler in the bag" if booking.id % 12 == 0 else None
        self.rows.add(
            Needs,
            booking_id=booking.id,
            health=None if purged else alert,
            access=None,
            diets=[] if purged else [str(diet) for diet in _DIETS[booking.id % len(_DIETS)]],
            photo=PhotoPermission.SCHOOL_USE,
            collection=Collection.SCHOOL,
            collected_by=None,
            emergency_name=None if purged else "A parent",
            emergency_phone=None if purged else "07700 900997",
            answered_at=answered_at,
            sent_at=answered_at,
            purged_at=ends_at + checkout_retention.NEEDS_KEPT if purged else None,
        )
