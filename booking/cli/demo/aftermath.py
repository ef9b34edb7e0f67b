"""The day itself and what follows: the register, the costs, the closed account."""

import random
from datetime import datetime, timedelta

from flask import current_app

from booking.cli.demo.world import World
from booking.days.events.demonstration import Staged
from booking.days.events.models import Event, EventState
from booking.days.places import queries as place_queries
from booking.domain import ledger, payee
from booking.domain.charging import FeeKind
from booking.domain.registering import Arrival, Aspect
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.money.fund import service as fund
from booking.money.fund.service import closing
from booking.money.invoices import queries as invoice_queries
from booking.money.invoices import service as invoices
from booking.money.invoices.models import Invoice
from booking.on_the_day.closing import demonstration as closing_demonstration
from booking.on_the_day.incidents import demonstration as incident_demonstration
from booking.on_the_day.rosters import service as rosters
from booking.on_the_day.rosters import windows
from booking.on_the_day.walk_ins import demonstration as walk_in_demonstration
from booking.people.schools.scene import Diary, at

#: Days after the last date.
BILLED, PAID, SETTLED, DAY_CLOSED, CLOSED = 1, 4, 5, 8, 9


#: Which of nine pupils is late.
LATE_AT = 4


class Aftermath:
    """What the host and the treasurer do on the day and afterwards."""

    def __init__(self, staged: Staged, world: World, event_id: int, dice: random.Random) -> None:
        self.staged, self.world, self.event_id, self.dice = staged, world, event_id, dice

    def put_into(self, diary: Diary) -> None:
        """Put the day and what follows in the diary."""
        last = self.staged.days[-1]
        diary.put(at(last, self.staged.plan.hours[1]), self.take_register)
        if self.staged.plan.fee.kind is FeeKind.PAID_BY_SCHOOL:
            diary.put(at(last + timedelta(days=BILLED)), self.bill)
            diary.put(at(last + timedelta(days=PAID)), self.receive)
        diary.put(at(last + timedelta(days=SETTLED)), self.pay_costs)
        diary.put(at(last + timedelta(days=DAY_CLOSED)), self.close_day)
        diary.put(at(last + timedelta(days=CLOSED)), self.close)

    def take_register(self, now: datetime) -> None:
        """Mark who came, as the host: some pupils are not here, and one in nine is late."""
        event, actor = self._event, self.world.scene.host_of(self.staged.plan.host)
        day = windows.register_date(event.dates, now)
        with transaction():
            for number, booking in enumerate(place_queries.expected(event.id)):
                is_here = self.dice.random() < 0.95
                mark = Arrival.LATE if is_here else Arrival.NOT_HERE
                if not is_here or number % 9 == LATE_AT:
                    rosters.mark(
                        actor=actor,
                        now=now,
                        day=day,
                        booking=booking,
                        aspect=Aspect.ARRIVAL,
                        mark=mark,
                    )
            rosters.mark_rest_present(actor=actor, now=now, event=event, day=day, school_id=None)
        closing_demonstration.leave_coat(self._event, actor=actor, now=now)
        scene = self.world.scene
        incident_demonstration.graze(self._event, actor=actor, now=now, scene=scene)
        walk_in_demonstration.let_somebody_in(self._event, actor=actor, now=now, scene=scene)

    def close_day(self, now: datetime) -> None:
        """Count everybody out and close the day, as the host."""
        actor = self.world.scene.host_of(self.staged.plan.host)
        incident_demonstration.count_out(self._event, actor=actor, now=now)
        closing_demonstration.close_day(self._event, actor=actor, now=now, dice=self.dice)

    def bill(self, now: datetime) -> None:
        """Bill the schools, if schools pay."""
        with transaction():
            invoices.raise_invoices(
                actor=self.world.treasury.treasurer,
                now=now,
                event=self._event,
                to=payee.of_settings(current_app.config),
            )

    def receive(self, now: datetime) -> None:
        """Record what the schools paid; one has not paid."""
        found = invoice_queries.listed(open_only=True).where(Invoice.event_id == self.event_id)
        for invoice in list(db.session.scalars(found))[1:]:
            with transaction():
                invoices.record_payment(
                    actor=self.world.treasury.treasurer,
                    now=now,
                    invoice=invoice,
                    pence=invoice.amount_pence - invoice.paid_pence,
                    account=ledger.accounts.BANK,
                    paid_on=now.astimezone(LONDON).date(),
                )

    def pay_costs(self, now: datetime) -> None:
        """Pay what the day cost, from money already paid out to the bank."""
        treasury, plan = self.world.treasury, self.staged.plan
        treasury.pay_out(now)
        for label, pence in plan.fee.costs(plan.places):
            affordable = min(pence, treasury.held(ledger.Fund.EVENTS))
            if affordable:
                treasury.enter(
                    now,
                    ledger.EntryKind.EVENT_COST,
                    pence=affordable,
                    event=self._event.slug,
                    description=f"{plan.title}: {label.lower()}",
                )

    def close(self, now: datetime) -> None:
        """Close the event; a surplus goes to the CPD fund, and the lead covers a deficit."""
        with transaction():
            if self._event.state is EventState.PUBLISHED:
                short = closing.surplus_of(self._event) < 0
                lead = self.world.scene.people["lead@fairplace.example"]
                fund.close_event(
                    actor=lead if short else self.world.treasury.treasurer,
                    now=now,
                    event=self._event,
                    reason="Fewer contributions than planned; paid from administration.",
                )

    @property
    def _event(self) -> Event:
        return db.session.get_one(Event, self.event_id)
