"""The demonstration's families: most accept and give, some decline, and some never reply."""

import random
from datetime import datetime, timedelta

from sqlalchemy import select

from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.days.questions import queries as question_queries
from booking.domain import transferring
from booking.domain.asking import Told
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.needs import Collection, Diet, PhotoPermission
from booking.domain.permissions import COMMAND, PARENT
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout
from booking.money.checkout.details import PaymentWish
from booking.money.payments import gateway
from booking.money.payments.demo_processor import gateway as demo_gateway
from booking.money.transfers import service as transfers

HEALTH = (
    "Severe nut allergy: two auto-injectors in the green pouch, carried by the teacher.",
    "Asthma: blue inhaler in the front pocket of the bag; can use it alone.",
    "Type 1 diabetes: needs a snack at half past ten; kit with the teacher.",
)
ACCESS = ("Needs a step-free route", "A quiet place to go at lunchtime", "Sits near the front")


class Families:
    """What parents do with an invitation."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self._asked: dict[tuple[int, datetime | None], datetime] = {}

    def answer_invitations(self, now: datetime) -> None:
        """Answer for the parents whose time has come."""
        waiting = (
            select(Booking)
            .where(Booking.state == BookingState.INVITED, place_queries.is_reachable())
            .order_by(Booking.id)
        )
        due = []
        for booking in db.session.scalars(waiting):
            key = (booking.id, booking.invited_at)
            if key not in self._asked:
                # A few parents never answer; the others take one to four days.
                wait = 99 if self.dice.random() < 0.07 else self.dice.randint(1, 4)
                self._asked[key] = now + timedelta(days=wait)
            elif self._asked[key] <= now:
                due.append(booking.id)
        for booking_id in due:
            self.answer(booking_id, now)

    def answer(self, booking_id: int, now: datetime) -> None:
        """Answer as a parent, mostly yes."""
        with transaction():
            booking = db.session.get_one(Booking, booking_id)
            if self.dice.random() < 0.06:
                checkout.decline(
                    actor=PARENT, now=now, booking=booking, parent_id=booking.pupil.parents[0].id
                )
                return
            checkout.answer(
                actor=PARENT,
                now=now,
                booking=booking,
                answers=self._answers(booking),
                parent_id=booking.pupil.parents[0].id,
            )
        self._pay(booking_id, now)

    def _answers(self, booking: Booking) -> checkout.Answers:
        dice, parent = self.dice, booking.pupil.parents[0]
        photos = (PhotoPermission.NONE, PhotoPermission.SCHOOL_USE, PhotoPermission.PUBLIC)
        return checkout.Answers(
            given_by=parent.name,
            emergency_name=parent.name,
            emergency_phone=parent.phone,
            health=dice.choice(HEALTH) if dice.random() < 0.1 else "",
            access=dice.choice(ACCESS) if dice.random() < 0.08 else "",
            diets=[dice.choice(list(Diet))] if dice.random() < 0.25 else [],
            photo=dice.choices(photos, (2, 5, 3))[0],
            collection=Collection.ALONE if dice.random() < 0.1 else Collection.SCHOOL,
            asked=self._besides(booking),
        )

    def _besides(self, booking: Booking) -> dict[int, Told]:
        """Choose from what the host asks, by dice of its own so that nothing else changes."""
        dice = random.Random(f"asked {booking.id}")
        asked = question_queries.of_event(booking.event_id, *question_queries.OF_PUPILS)
        return {q.id: Told(chosen=(dice.randrange(len(q.options)),)) for q in asked if q.options}

    def _pay(self, booking_id: int, now: datetime) -> None:
        booking = db.session.get_one(Booking, booking_id)
        kind, fee, luck = booking.event.fee_kind, booking.event.fee_pence, self.dice.random()
        if kind is FeeKind.CHARGE and luck < 0.12:
            with transaction():
                checkout.remit(actor=COMMAND, now=now, booking=booking)
        elif kind is FeeKind.CHARGE and luck < 0.9:
            self._send(booking, fee, None, now)
        elif kind is FeeKind.VOLUNTARY_CONTRIBUTION and luck < 0.12:
            with transaction():
                checkout.not_this_time(actor=PARENT, now=now, booking=booking)
        elif kind is FeeKind.VOLUNTARY_CONTRIBUTION and luck < 0.85:
            other = self.dice.choice((200, 300, 1000))
            amount = other if luck < 0.22 else fee
            self._send(booking, amount, amount, now)

    def _send(self, booking: Booking, pence: int, asked_pence: int | None, now: datetime) -> None:
        """Pay by card, or by bank transfer in a network that takes no cards."""
        if gateway.takes_cards():
            self._by_card(booking, asked_pence)
        else:
            self._by_transfer(booking, pence, now)

    def _by_transfer(self, booking: Booking, pence: int, now: datetime) -> None:
        """Quote a reference; the bank has nearly all of it, and some is on the way."""
        parent = booking.pupil.parents[0]
        with transaction():
            given = transfers.give_reference(
                now=now, booking=booking, parent_id=parent.id, offered=True
            )
            transfers.say_sent(now=now, reference=given)
            number = given.number
        if number % 8 == 0:
            return
        with transaction():
            checkout.receive_transfer(
                actor=COMMAND,
                now=now,
                booking=booking,
                parent_id=parent.id,
                amount_pence=pence,
                reference=transferring.reference(number),
                arrived_on=clock.today(),
            )

    def _by_card(self, booking: Booking, amount_pence: int | None) -> None:
        parent = booking.pupil.parents[0]
        wishes = [PaymentWish(booking.id, amount_pence)]
        paying = checkout.begin(parent_id=parent.id, wishes=wishes)
        session_id = paying.url.rpartition("/")[2]
        with transaction():
            row = demo_gateway.found(session_id, locked=True)
            demo_gateway.pay(row=row, now=clock.now())
        checkout.settle(session_id)
