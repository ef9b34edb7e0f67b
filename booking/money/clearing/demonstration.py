"""What happens to card money in the demonstration without us: a disputed payment."""

from datetime import datetime

from sqlalchemy import select

from booking.foundation.db import db, transaction
from booking.money.clearing import service
from booking.money.payments.demo_processor import books as demo_books
from booking.money.payments.demo_processor.models import DemoSession
from booking.people.schools.scene import Diary, Scene

#: How many days before today a cardholder complains.
COMPLAINED = 2


def put_into(scene: Scene, diary: Diary) -> None:
    """Enter in the diary what the processor and its cardholders do."""
    diary.put(scene.day(COMPLAINED), complain)
    diary.put(scene.day(1), listen)


def complain(now: datetime) -> None:
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


def listen(now: datetime) -> None:
    """Make the worker hear about it."""
    service.hear_missed(now)
