"""What happens to card money in the demonstration without anybody's doing: a disputed payment."""

from datetime import datetime, timedelta

from sqlalchemy import select

from booking.cli.demo.calendar import Diary, at
from booking.cli.demo.world import World
from booking.foundation.db import db, transaction
from booking.money.clearing import service as clearing
from booking.money.payments.demo_processor import books as demo_books
from booking.money.payments.demo_processor.models import DemoSession

#: Days before today on which a cardholder complains.
COMPLAINED = 2


class CardMoney:
    """The demo card processor's own days."""

    def __init__(self, world: World) -> None:
        self.world = world

    def put_into(self, diary: Diary) -> None:
        """Put into the diary what the processor and its cardholders do."""
        diary.put(at(self.world.today - timedelta(days=COMPLAINED)), self.complain)
        diary.put(at(self.world.today - timedelta(days=1)), self.listen)

    def complain(self, now: datetime) -> None:
        """Dispute a payment, as a cardholder who does not recognise it on the statement."""
        newest = (
            select(DemoSession)
            .where(DemoSession.pays_at <= now)
            .order_by(DemoSession.pays_at.desc(), DemoSession.id)
        )
        row = next((row for row in db.session.scalars(newest) if not row.refunds), None)
        if row is not None:
            with transaction() as unit:
                demo_books.complain(unit.get_one(DemoSession, row.id), now=now)

    def listen(self, now: datetime) -> None:
        """Let the worker hear of it."""
        clearing.hear_missed(now)
