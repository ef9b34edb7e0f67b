"""The people of the demonstration and what they do without being told by a plan."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from booking import clock
from booking.audit import service as audit
from booking.checkout import service as checkout
from booking.db import db, transaction
from booking.domain import ledger
from booking.domain.booking_states import State
from booking.domain.charging import FeeKind
from booking.domain.ledger import Fund, accounts
from booking.domain.needs import Collection, Diet, PhotoPermission
from booking.domain.permissions import PARENT, Actor
from booking.domain.terms import SchoolCalendar
from booking.events.models import Event
from booking.fund import queries as money
from booking.fund import service as fund
from booking.notifications import sending
from booking.payments import demo_gateway
from booking.places import queries as held_places
from booking.places import service as places
from booking.places.models import Booking, Offer, OfferState
from booking.pupils import queries as pupils
from booking.schools.models import School

RETURN_URL = "/about"
HEALTH = (
    "Severe nut allergy: two auto-injectors in the green pouch, carried by the teacher.",
    "Asthma: blue inhaler in the front pocket of the bag; can use it alone.",
    "Type 1 diabetes: needs a snack at half past ten; kit with the teacher.",
)
ACCESS = ("Needs a step-free route", "A quiet place to go to at lunch", "Sits near the front")


class World:
    """Who there is, and what they do each day."""

    def __init__(
        self,
        *,
        today: date,
        calendar: SchoolCalendar,
        schools: dict[str, School],
        people: dict[str, Actor],
        dice: random.Random,
    ) -> None:
        self.today, self.calendar, self.schools = today, calendar, schools
        self.people, self.dice = people, dice
        self.treasurer = people["treasurer@fairplace.example"]
        self._days_of_pupil: dict[int, set[date]] = {}
        self._asked: dict[tuple[int, datetime | None], datetime] = {}
        self._entries = 0

    def coordinator_of(self, school: School) -> Actor:
        """Return the coordinator of a school."""
        return self.people[f"coordinator@{school.slug}.example"]

    def host_of(self, slug: str) -> Actor:
        """Return whoever hosts at a school: its host, a coordinator who is one, or the lead."""
        for email in (f"host@{slug}.example", f"coordinator@{slug}.example"):
            actor = self.people.get(email)
            if actor and any(grant.role == "host" for grant in actor.grants):
                return actor
        return self.people["lead@fairplace.example"]

    def name(
        self,
        event: Event,
        school: School,
        days: Sequence[date],
        *,
        reserves: int,
        now: datetime,
        dice: random.Random,
    ) -> None:
        """Name pupils of a school for its places, and rank some as reserves."""
        with transaction():
            vacant = len(held_places.vacant_places(event.id, school.id))
            if not vacant:
                return
            able = [
                pupil
                for pupil in pupils.pupils_of(school.id, event.low_year, event.high_year)
                if not self._days_of_pupil.setdefault(pupil.id, set()) & set(days)
            ]
            chosen = dice.sample(able, min(vacant + reserves, len(able)))
            actor = self.coordinator_of(school)
            if chosen[:vacant]:
                places.name_pupils(
                    actor=actor, now=now, event=event, school=school, pupils=chosen[:vacant]
                )
            if chosen[vacant:]:
                places.add_reserves(
                    actor=actor, now=now, event=event, school=school, pupils=chosen[vacant:]
                )
            for pupil in chosen:
                self._days_of_pupil[pupil.id] |= set(days)

    def every_day(self, now: datetime) -> None:
        """What the clock does, and what parents and coordinators do about it."""
        for sweep in (
            places.lapse_overdue, places.expire_offers, places.return_unnamed,
            places.release_quotas,
        ):  # fmt: skip
            with transaction():
                sweep(now)
        self._answer_offers(now)
        self._answer_invitations(now)
        checkout.execute_refunds(now)
        sending.put_away(now=now)

    def _answer_offers(self, now: datetime) -> None:
        waiting = select(Offer).where(Offer.state == OfferState.OPEN).order_by(Offer.id)
        for offer_id in [offer.id for offer in db.session.scalars(waiting)]:
            if self.dice.random() > 0.6:
                continue
            with transaction():
                offer = db.session.get_one(Offer, offer_id)
                school, event = offer.school, offer.event
                places.accept_offer(actor=self.coordinator_of(school), now=now, offer=offer)
            days = [when.starts_at.date() for when in event.dates]
            self.name(event, school, days, reserves=0, now=now, dice=self.dice)

    def _answer_invitations(self, now: datetime) -> None:
        waiting = select(Booking).where(Booking.state == State.INVITED).order_by(Booking.id)
        due = []
        for booking in db.session.scalars(waiting):
            key = (booking.id, booking.invited_at)
            if key not in self._asked:
                # A few parents never answer; the others take from one to four days.
                wait = 99 if self.dice.random() < 0.07 else self.dice.randint(1, 4)
                self._asked[key] = now + timedelta(days=wait)
            elif self._asked[key] <= now:
                due.append(booking.id)
        for booking_id in due:
            self.answer(booking_id, now)

    def answer(self, booking_id: int, now: datetime) -> None:
        """A parent answers: mostly yes."""
        with transaction():
            booking = db.session.get_one(Booking, booking_id)
            if self.dice.random() < 0.06:
                checkout.decline(actor=PARENT, now=now, booking=booking)
                return
            checkout.answer(actor=PARENT, now=now, booking=booking, answers=self._answers(booking))
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
        )

    def _pay(self, booking_id: int, now: datetime) -> None:
        booking = db.session.get_one(Booking, booking_id)
        kind, fee, luck = booking.event.fee_kind, booking.event.fee_pence, self.dice.random()
        if kind is FeeKind.CHARGE and luck < 0.12:
            with transaction():
                actor = self.coordinator_of(booking.school)
                checkout.remit(actor=actor, now=now, booking=booking)
        elif kind is FeeKind.CHARGE and luck < 0.9:
            self._by_card(booking, None)
        elif kind is FeeKind.VOLUNTARY_CONTRIBUTION and luck < 0.12:
            with transaction():
                checkout.not_this_time(actor=PARENT, now=now, booking=booking)
        elif kind is FeeKind.VOLUNTARY_CONTRIBUTION and luck < 0.85:
            other = self.dice.choice((200, 300, 1000))
            self._by_card(booking, other if luck < 0.22 else fee)

    def _by_card(self, booking: Booking, amount_pence: int | None) -> None:
        parent = booking.pupil.parents[0]
        url = checkout.begin(
            booking_id=booking.id, parent_id=parent.id, amount_pence=amount_pence,
            return_url=RETURN_URL,
        )  # fmt: skip
        session_id = url.rpartition("/")[2]
        with transaction():
            row = demo_gateway.found(session_id, locked=True)
            demo_gateway.pay(row=row, now=clock.now())
        checkout.settle(session_id)

    def held(self, of: Fund) -> int:
        """Return what the bank account holds of a fund, in pence."""
        return money.held_by_fund(accounts.BANK)[of]

    def pay_out(self, now: datetime) -> None:
        """The card processor pays everything out to the bank."""
        waiting = sum(money.held_by_fund(accounts.CARD_CLEARING).values())
        if waiting > 0:
            self.enter(now, ledger.Kind.PAYOUT, pence=waiting)

    def enter(self, now: datetime, kind: ledger.Kind, **facts: Any) -> None:
        """The treasurer makes an entry by hand."""
        self._entries += 1
        entry = fund.HandEntry(
            kind=kind, reference=f"demo-{self._entries}", entered_on=clock.today(), **facts
        )
        with transaction():
            fund.enter(actor=self.treasurer, now=now, entry=entry)

    def seal(self) -> None:
        """The worker seals ledger and trail."""
        for seal in (fund.seal, audit.seal):
            done = 1
            while done:
                with transaction():
                    done = seal(now=clock.now())
