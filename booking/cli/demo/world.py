"""The demonstration's people, and what they do that no plan tells them."""

import random
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import load_only

from booking.cli.demo.families import Families
from booking.cli.demo.people import FORENAMES, SURNAMES
from booking.cli.demo.treasury import Treasury
from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import Offer, OfferState
from booking.foundation.db import db, transaction
from booking.foundation.notifications import sending
from booking.foundation.notifications.models import WAITING, Message
from booking.money.checkout import service as checkout
from booking.on_the_day.rosters import service as rosters
from booking.people.pupils import queries as pupil_queries
from booking.people.schools.models import School
from booking.people.schools.scene import LEAD, TREASURER, Scene


class World:
    """What people and the clock do each day, and what stories need from them."""

    def __init__(self, scene: Scene, dice: random.Random) -> None:
        self.scene, self.dice = scene, dice
        self.treasury = Treasury(scene.people[TREASURER], scene.people[LEAD])
        self.families = Families(dice)
        self._days_of_pupil: dict[int, set[date]] = {}

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
        """Name a school's pupils for its places, and rank some as reserves."""
        with transaction():
            vacant = len(place_queries.vacant_places(event.id, school.id))
            if not vacant:
                return
            able = [
                pupil
                for pupil in pupil_queries.pupils_of(school.id, event.low_year, event.high_year)
                if not self._days_of_pupil.setdefault(pupil.id, set()) & set(days)
            ]
            chosen = dice.sample(able, min(vacant + reserves, len(able)))
            actor = self.scene.coordinator_of(school)
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
            self._bring_adult(event, school, now=now)

    def _bring_adult(self, event: Event, school: School, *, now: datetime) -> None:
        """Say which adult accompanies the pupils, usually in good time."""
        if self.dice.random() < 0.85:
            forename, surname = self.dice.choice(FORENAMES), self.dice.choice(SURNAMES)
            rosters.add_adult(
                actor=self.scene.coordinator_of(school),
                now=now,
                event=event,
                school=school,
                name=f"{forename} {surname}",
                mobile=f"07700 900{self.dice.randrange(1000):03d}",
            )

    def every_day(self, now: datetime) -> None:
        """Do what the clock does each day, and what parents and coordinators do about it."""
        for sweep in (
            places.remind_parents,
            places.lapse_overdue,
            places.lapse_reserves,
            places.expire_offers,
            places.return_unnamed,
            places.release_quotas,
        ):
            with transaction():
                sweep(now)
        self._answer_offers(now)
        self.families.answer_invitations(now)
        checkout.execute_refunds(now)
        self._receive_mail()
        sending.put_away(now=now)

    def _receive_mail(self) -> None:
        """Let everybody have been told at once what was written today."""
        outside = load_only(Message.key, Message.template, Message.queued_at)
        unread = select(Message).where(Message.state.in_(WAITING)).order_by(Message.id)
        with transaction():
            for message in db.session.scalars(unread.options(outside)).all():
                places.follow_mail(message, now=message.queued_at)

    def _answer_offers(self, now: datetime) -> None:
        waiting = select(Offer).where(Offer.state == OfferState.OPEN).order_by(Offer.id)
        for offer_id in [offer.id for offer in db.session.scalars(waiting)]:
            if self.dice.random() > 0.6:
                continue
            with transaction():
                offer = db.session.get_one(Offer, offer_id)
                school, event = offer.school, offer.event
                places.accept_offer(actor=self.scene.coordinator_of(school), now=now, offer=offer)
            days = [when.starts_at.date() for when in event.dates]
            self.name(event, school, days, reserves=0, now=now, dice=self.dice)
