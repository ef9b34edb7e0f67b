"""What coordinators do: ask, name, rank, withdraw, answer offers, move up in September."""

from typing import Any

from sqlalchemy import select

from bench.year.world import World, everybody
from booking.days.events.models import Event, EventState, Sharing
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import Booking, Offer, OfferState
from booking.domain.booking_states import BookingState
from booking.foundation import clock
from booking.foundation.db import db
from booking.people.pupils.models import Pupil
from booking.people.pupils.service import years
from booking.people.schools.models import School

#: Chances of one day, for a school at an event.
ASKS, NAMES, CHANGES, WITHDRAWS, SWAPS, GIVES_BACK, ANSWERS = 0.2, 0.5, 0.02, 0.01, 0.005, 0.01, 0.5
SEATED = (BookingState.INVITED, BookingState.CONFIRMED)


class Coordinators:
    """One for each school."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.moved_up: dict[int, object] = {}

    def every_day(self) -> None:
        """Do what coordinators do on a day."""
        world = self.world
        coming = select(Event.id).where(
            Event.state == EventState.PUBLISHED, Event.first_starts_at > clock.now()
        )
        for event_id in world.ids(coming):
            for school_id in world.schools.values():
                self._at(event_id, school_id)
        for offer_id in world.ids(select(Offer.id).where(Offer.state == OfferState.OPEN)):
            if world.happens(ANSWERS):
                self._answer(offer_id)
        if clock.today().month == 9 and clock.today().day > 6:
            self._september()

    def _at(self, event_id: int, school_id: int) -> None:
        world = self.world
        event = db.session.get_one(Event, event_id)
        asked = place_queries.request_of(event_id, school_id) is not None
        by_quota = event.sharing is Sharing.SET_QUOTAS
        vacant = len(place_queries.vacant_places(event_id, school_id))
        db.session.rollback()
        if (not asked and not by_quota and world.happens(ASKS)) or (
            asked and world.happens(CHANGES)
        ):
            wanted = world.dice.randint(1, 5)
            world.act(
                "ask for places",
                lambda: places.request_places(
                    **self._about(event_id, school_id), wanted=wanted, sure=True
                ),
            )
        if vacant and world.happens(NAMES):
            self._name(event_id, school_id, vacant)
        elif vacant and world.happens(GIVES_BACK):
            world.act(
                "give back",
                lambda: places.give_back_places(**self._about(event_id, school_id), count=1),
            )
        if world.happens(WITHDRAWS):
            self._withdraw(event_id, school_id)

    def _about(self, event_id: int, school_id: int) -> dict[str, Any]:
        return {
            "actor": self.world.coordinator_of(school_id),
            "now": clock.now(),
            "event": db.session.get_one(Event, event_id),
            "school": db.session.get_one(School, school_id),
        }

    def _name(self, event_id: int, school_id: int, vacant: int) -> None:
        """Name pupils for some places, and rank one or two as reserves."""
        world = self.world
        known = select(Booking.pupil_id).where(Booking.event_id == event_id)
        free = world.ids(everybody(school_id).where(Pupil.id.not_in(known)))
        chosen = world.dice.sample(free, min(len(free), vacant + world.dice.randint(0, 2)))

        def pupils(ids: list[int]) -> list[Pupil]:
            return [db.session.get_one(Pupil, each) for each in ids]

        for pupil_id in chosen[:vacant]:
            world.act(
                "name a pupil",
                lambda pupil_id=pupil_id: places.name_pupils(  # type: ignore[misc]
                    **self._about(event_id, school_id), pupils=pupils([pupil_id])
                ),
            )
        if chosen[vacant:]:
            world.act(
                "rank reserves",
                lambda: places.add_reserves(
                    **self._about(event_id, school_id), pupils=pupils(chosen[vacant:])
                ),
            )

    def _withdraw(self, event_id: int, school_id: int) -> None:
        """Withdraw one pupil, or put another in the same place."""
        world = self.world
        seated = world.ids(
            select(Booking.id).where(
                Booking.event_id == event_id,
                Booking.school_id == school_id,
                Booking.state.in_(SEATED),
            )
        )
        if not seated:
            return
        booking_id, actor = world.dice.choice(seated), world.coordinator_of(school_id)
        if world.happens(0.3):
            other = world.dice.choice(world.ids(everybody(school_id)))
            world.act(
                "swap",
                lambda: places.swap_pupil(
                    actor=actor,
                    now=clock.now(),
                    booking=db.session.get_one(Booking, booking_id),
                    pupil=db.session.get_one(Pupil, other),
                ),
            )
            return
        world.act(
            "withdraw a pupil",
            lambda: places.withdraw(
                actor=actor, now=clock.now(), booking=db.session.get_one(Booking, booking_id)
            ),
        )

    def _answer(self, offer_id: int) -> None:
        world = self.world
        accept = world.happens(0.8)

        def answer() -> None:
            offer = db.session.get_one(Offer, offer_id)
            says = places.accept_offer if accept else places.decline_offer
            says(actor=world.coordinator_of(offer.school_id), now=clock.now(), offer=offer)

        world.act("accept an offer" if accept else "decline an offer", answer)

    def _september(self) -> None:
        """Move everybody up, once a year; one school in three presses undo, and again."""
        world = self.world
        for school_id in world.schools.values():
            if self.moved_up.get(school_id) == clock.today().year or world.happens(0.7):
                continue
            self._move_up(school_id)
            if world.happens(0.3) and self._undo(school_id):
                self._move_up(school_id)
            self.moved_up[school_id] = clock.today().year

    def _move_up(self, school_id: int) -> None:
        try:
            self.world.act(
                "move up",
                lambda: years.move_up(
                    actor=self.world.coordinator_of(school_id),
                    now=clock.now(),
                    school=db.session.get_one(School, school_id),
                ),
            )
        except (years.AlreadyMovedUp, years.NotTheTime):
            self.world.refused["move up"] += 1

    def _undo(self, school_id: int) -> bool:
        return self.world.act(
            "undo moving up",
            lambda: years.undo(
                actor=self.world.coordinator_of(school_id),
                now=clock.now(),
                school=db.session.get_one(School, school_id),
            ),
        )
