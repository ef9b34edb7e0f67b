"""What parents do: answer, late or never; pay by card, in cash or not at all; give places back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bench.year.world import World
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import RefundState
from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message, MessageState
from booking.money.checkout import service as checkout
from booking.money.checkout.details import PaymentWish
from booking.money.checkout.models import Choice, ConsentQuestion
from booking.money.payments.demo_processor import gateway as demo_gateway
from booking.money.payments.models import Method, Refund
from booking.people.pupils.models import ParentLink
from tests.builders import checkout as checkout_builders

#: Whoever is invited answers after so many days; 99: never, 12: too late.
ANSWERS_AFTER = (1, 1, 2, 2, 3, 4, 5, 12, 99)
#: Chances of one day, once a place is confirmed.
GIVES_UP, OBJECTS = 0.004, 0.002


class Families:
    """Every parent; nobody acts on a letter that has not come."""

    def __init__(self, world: World) -> None:
        self.world = world
        #: When each invitation will be answered, by booking and time of asking.
        self.due: dict[tuple[int, datetime | None], datetime] = {}

    def every_day(self) -> None:
        """Do what parents do on a day."""
        invited = select(Booking.id).where(Booking.state == BookingState.INVITED)
        for booking_id in self.world.ids(invited):
            self._consider(booking_id)
        lapsed = select(Booking.id).where(
            Booking.state == BookingState.LAPSED,
            Booking.ended_at > clock.now() - timedelta(days=8),
        )
        for booking_id in self.world.ids(lapsed):
            self._consider(booking_id)

    def _parents(self, booking_id: int) -> list[int]:
        """Return the parents whose invitation has arrived."""
        went_out = select(ParentLink.parent_id, ParentLink.id).where(
            ParentLink.booking_id == booking_id, ParentLink.revoked_at.is_(None)
        )
        keys = {f"invited:{link}": parent for parent, link in db.session.execute(went_out)}
        sent = select(Message.key).where(Message.key.in_(keys), Message.state == MessageState.SENT)
        return sorted({keys[key] for key in db.session.scalars(sent)})

    def _consider(self, booking_id: int) -> None:
        world, now = self.world, clock.now()
        booking = db.session.get_one(Booking, booking_id)
        key = (booking_id, booking.invited_at)
        parents = self._parents(booking_id)
        db.session.rollback()
        if not parents:
            return
        if key not in self.due:
            self.due[key] = now + timedelta(days=world.dice.choice(ANSWERS_AFTER))
        if self.due[key] <= now:
            self.due[key] = now + timedelta(days=world.dice.choice(ANSWERS_AFTER))
            self._answer(booking_id, world.dice.choice(parents))

    def _answer(self, booking_id: int, parent_id: int) -> None:
        world = self.world
        if world.happens(0.1):
            world.act("decline", lambda: checkout.decline(**about(booking_id, parent_id)))
            return
        answers = checkout_builders.answers(
            given_by="A parent", health="Nuts" if world.happens(0.2) else ""
        )
        said = world.act(
            "say yes",
            lambda: checkout.answer(**about(booking_id, parent_id), answers=answers),
        )
        if said:
            self._pay(booking_id, parent_id)

    def _pay(self, booking_id: int, parent_id: int) -> None:
        world = self.world
        kind = db.session.get_one(Booking, booking_id).event.fee_kind
        db.session.rollback()
        luck = world.dice.random()
        if kind is FeeKind.CHARGE:
            if luck < 0.65:
                self._by_card(booking_id, parent_id, None)
            elif luck < 0.8:
                self._by_hand(booking_id, remit=False)
            elif luck < 0.9:
                self._by_hand(booking_id, remit=True)
        elif kind is FeeKind.VOLUNTARY_CONTRIBUTION:
            if luck < 0.6:
                self._by_card(booking_id, parent_id, world.dice.choice((100, 600, 600, 1000)))
            elif luck < 0.7:
                self._by_hand(booking_id, remit=False)
            elif luck < 0.9:
                world.act(
                    "not this time",
                    lambda: checkout.not_this_time(
                        actor=PARENT,
                        now=clock.now(),
                        booking=db.session.get_one(Booking, booking_id),
                    ),
                )

    def _by_card(self, booking_id: int, parent_id: int, pence: int | None) -> None:
        """Go to the card processor; pay at once, slowly, not at all, or pay and never come back."""
        world = self.world
        wishes = [PaymentWish(booking_id, pence)]
        paying = world.without_transaction(
            "go to the card processor", lambda: checkout.begin(parent_id=parent_id, wishes=wishes)
        )
        if paying is None:
            return
        session_id, luck = paying.url.rpartition("/")[2], world.dice.random()
        if luck < 0.08:
            return  # the window is closed
        with transaction():
            row = demo_gateway.found(session_id, locked=True)
            if luck < 0.16:
                demo_gateway.decline(row=row)
            else:
                demo_gateway.pay(row=row, now=clock.now(), slowly=luck < 0.3)
        if luck > 0.45:
            world.without_transaction("come back", lambda: checkout.settle(session_id))

    def _by_hand(self, booking_id: int, *, remit: bool) -> None:
        """Take cash at the school, or remit the charge."""
        world, pence = self.world, self.world.dice.choice((300, 600, 600))

        def take() -> None:
            booking = db.session.get_one(Booking, booking_id)
            actor = world.coordinator_of(booking.school_id)
            if remit:
                checkout.remit(actor=actor, now=clock.now(), booking=booking)
                return
            checkout.receive_money(
                actor=actor,
                now=clock.now(),
                booking=booking,
                method=Method.CASH,
                amount_pence=pence,
            )

        world.act("remit" if remit else "take cash", take)


class SecondThoughts:
    """What parents do afterwards: give back, disagree, agree again, choose where money goes."""

    def __init__(self, world: World) -> None:
        self.world = world

    def every_day(self) -> None:
        """Think again about what was agreed."""
        confirmed = select(Booking.id).where(Booking.state == BookingState.CONFIRMED)
        for booking_id in self.world.ids(confirmed):
            self._think_again(booking_id)
        self._agree_again()
        self._choose()

    def _think_again(self, booking_id: int) -> None:
        world = self.world
        if not (world.happens(GIVES_UP) or world.happens(OBJECTS)):
            return
        parents = [
            parent.id
            for parent in db.session.get_one(Booking, booking_id).pupil.parents
            if parent.email
        ]
        db.session.rollback()
        if not parents:
            return
        parent_id = world.dice.choice(parents)
        if world.happens(0.7):
            world.act(
                "give the place back",
                lambda: checkout.decline(**about(booking_id, parent_id)),
            )
            if world.happens(0.3):
                world.act(
                    "take it again",
                    lambda: checkout.take_again(**about(booking_id, parent_id)),
                )
            return
        world.act("disagree", lambda: checkout.raise_objection(**about(booking_id, parent_id)))

    def _agree_again(self) -> None:
        """Say that a day that has moved is still fine."""
        world = self.world
        for booking_id in world.ids(select(ConsentQuestion.booking_id)):
            if not world.happens(0.3):
                continue
            booking = db.session.get_one(Booking, booking_id)
            parents = [parent.id for parent in booking.pupil.parents if parent.email]
            read = checkout.facts_digest(booking)
            db.session.rollback()
            if parents:
                parent_id = world.dice.choice(parents)
                world.act(
                    "still fine",
                    lambda booking_id=booking_id, parent_id=parent_id, read=read: checkout.renew(  # type: ignore[misc]
                        **about(booking_id, parent_id), given_by="A parent", read=read
                    ),
                )

    def _choose(self) -> None:
        """Choose between the money back and a gift, for a cancelled event."""
        world = self.world
        waiting = select(Refund.id).where(Refund.state == RefundState.REQUESTED)
        for refund_id in world.ids(waiting):
            if world.happens(0.2):
                self._choose_for(refund_id)

    def _choose_for(self, refund_id: int) -> None:
        world = self.world
        parent_id = db.session.get_one(Refund, refund_id).payment.parent_id
        db.session.rollback()
        if parent_id is None:
            return
        choice = Choice.GIFT if world.happens(0.4) else Choice.REFUND
        world.act(
            f"choose a {choice.value}",
            lambda: checkout.choose(
                actor=PARENT,
                now=clock.now(),
                refund=db.session.get_one(Refund, refund_id),
                choice=choice,
                parent_id=parent_id,
            ),
        )


def about(booking_id: int, parent_id: int) -> dict[str, Any]:
    """Return what each act of a parent begins with."""
    return {
        "actor": PARENT,
        "now": clock.now(),
        "booking": db.session.get_one(Booking, booking_id),
        "parent_id": parent_id,
    }
