"""Bids for CPD money, from the school that applies to the treasurer who pays."""

from datetime import date, timedelta

from sqlalchemy import select

from bench.year.office import LEAD, TREASURER
from bench.year.world import World
from booking.domain import ledger
from booking.domain.bidding import BidState
from booking.foundation import clock
from booking.foundation.db import db
from booking.money.bids import service as bids
from booking.money.bids.details import ClaimDetails
from booking.money.bids.models import Bid
from booking.people.schools.models import School
from tests.builders import bids as bid_builders

#: Chances of one day.
BIDS, APPROVES, CLAIMS, PAYS, WITHDRAWS = 0.06, 0.4, 0.08, 0.4, 0.01


class Bidders:
    """Schools that bid, and the two people who decide."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.treasurer, self.lead = world.actors[TREASURER], world.actors[LEAD]

    def every_day(self) -> None:
        """Bid, decide, claim and pay."""
        world = self.world
        if world.happens(BIDS):
            school_id = world.dice.choice(list(world.schools.values()))
            takes_place_on = clock.today() + timedelta(days=world.dice.randint(5, 40))
            world.act("bid", lambda: self._apply(school_id, takes_place_on))
        for state, chance, name, work in (
            (BidState.APPLIED, APPROVES, "approve a bid", self._approve),
            (BidState.APPROVED_ONCE, APPROVES, "approve a bid again", self._approve),
            (BidState.APPROVED, CLAIMS, "claim", self._claim),
            (BidState.CLAIMED, PAYS, "pay a bid", self._pay),
            (BidState.APPROVED, WITHDRAWS, "withdraw a bid", self._withdraw),
        ):
            bid_id = world.some(select(Bid.id).where(Bid.state == state), chance)
            if bid_id is not None:
                world.act(
                    name,
                    lambda work=work, bid_id=bid_id: work(db.session.get_one(Bid, bid_id)),  # type: ignore[misc]
                )

    def _apply(self, school_id: int, takes_place_on: date) -> None:
        bids.apply(
            actor=self.world.coordinator_of(school_id),
            now=clock.now(),
            school=db.session.get_one(School, school_id),
            details=bid_builders.details(
                takes_place_on=takes_place_on,
                cost_pence=self.world.dice.choice((4_000, 12_000, 30_000)),
                asked_pence=self.world.dice.choice((2_000, 4_000)),
            ),
        )

    def _approve(self, bid: Bid) -> None:
        actor = self.world.dice.choice((self.lead, self.treasurer))
        bids.approve(actor=actor, now=clock.now(), bid=bid, pence=bid.asked_pence)

    def _claim(self, bid: Bid) -> None:
        pence = bid.approved_pence or 0
        paid = ClaimDetails(bid.cost_pence, pence, bid_builders.PDF)
        actor = self.world.coordinator_of(bid.school_id)
        bids.claim(actor=actor, now=clock.now(), bid=bid, claim=paid)

    def _pay(self, bid: Bid) -> None:
        bids.pay(
            actor=self.treasurer,
            now=clock.now(),
            bid=bid,
            account=ledger.accounts.BANK,
            paid_on=clock.today(),
        )

    def _withdraw(self, bid: Bid) -> None:
        bids.withdraw(
            actor=self.world.coordinator_of(bid.school_id), now=clock.now(), bid=bid, reason="Ill"
        )
