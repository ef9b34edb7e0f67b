"""What treasurer and lead do with the books besides entering what was paid."""

from datetime import datetime, timedelta

from booking.cli.demo.calendar import Diary, at
from booking.cli.demo.world import World
from booking.domain import terms
from booking.domain.ledger import Fund, Kind
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.details import FundDetails
from booking.money.fund.models import Decision, Entry
from booking.money.fund.service import HandEntry

LEAD = "lead@fairplace.example"
HARDSHIP = FundDetails(
    "Hardship fund", "Coaches and meals for pupils whose families cannot pay.", restricted=True
)
#: Days before today: the new fund, its first gift, a mistake and its end, one that still waits.
ADDED, GIVEN, MISTAKEN, ASKED, AGREED, WAITING = 200, 190, 61, 60, 58, 2
PARISH = "Parish council: towards running the network"
TOWN = "Town council: towards running the network"
TWICE = "The gift was entered twice; the bank has it once."


class Bookkeeping:
    """A fund of the network's own, mistakes that take two people, and the end of a year."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._keys: dict[str, str] = {}

    def put_into(self, diary: Diary) -> None:
        """Put it all into the diary."""
        for days, act in (
            (ADDED, self.add_fund),
            (GIVEN, self.take_gift),
            (MISTAKEN, lambda now: self._enter_twice(now, PARISH, 14_000)),
            (ASKED, lambda now: self._ask(now, PARISH)),
            (AGREED, self.agree),
            (WAITING + 1, lambda now: self._enter_twice(now, TOWN, 12_000)),
            (WAITING, lambda now: self._ask(now, TOWN)),
        ):
            diary.put(at(self.world.today - timedelta(days=days)), act)

    def add_fund(self, now: datetime) -> None:
        """Add a fund for money that was given for one purpose."""
        with transaction():
            fund.add_fund(actor=self.world.people[LEAD], now=now, details=HARDSHIP)

    def take_gift(self, now: datetime) -> None:
        """Enter a gift for that purpose."""
        self.world.treasury.enter(
            now,
            Kind.GRANT,
            pence=30_000,
            fund=Fund("hardship-fund"),
            description="Aldermere Rotary Club: for families in need",
        )

    def _enter_twice(self, now: datetime, description: str, pence: int) -> None:
        """Enter the same gift twice, by mistake."""
        for number in (1, 2):
            reference = f"demo-{description.split()[0].lower()}-{number}"
            hand = HandEntry(
                Kind.GRANT,
                reference,
                now.astimezone(LONDON).date(),
                pence,
                Fund.ADMIN,
                description=description,
            )
            with transaction():
                fund.enter(actor=self.world.treasury.treasurer, now=now, entry=hand)
            self._keys[description] = hand.key

    def _ask(self, now: datetime, description: str) -> None:
        """Ask a second person to undo one of the two."""
        with transaction():
            entry = fund_queries.by_key(self._keys[description])
            assert isinstance(entry, Entry)
            fund.reverse_or_ask(
                actor=self.world.treasury.treasurer, now=now, entry=entry, reason=TWICE
            )

    def agree(self, now: datetime) -> None:
        """Approve what was asked, as the lead."""
        with transaction():
            waiting = db.session.get_one(Decision, fund_queries.waiting()[0].id)
            fund.approve(actor=self.world.people[LEAD], now=now, decision=waiting)

    def close_year(self, now: datetime) -> None:
        """Close last school year, once it is over."""
        label = fund_queries.year_to_close()
        if label is None or self.world.today <= terms.school_year_bounds(label)[1]:
            return
        with transaction():
            fund.close_year(
                actor=self.world.treasury.treasurer, now=now, label=label, accepted=True
            )
