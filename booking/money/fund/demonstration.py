"""What the demonstration's treasurer and lead do with the books."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any

from booking.domain import terms
from booking.domain.ledger import EntryKind, Fund
from booking.domain.ledger.rule_changes import RuleBook
from booking.domain.permissions import Actor
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.money.fund import queries, service
from booking.money.fund.details import FundDetails, HandEntry
from booking.money.fund.models import Decision, Entry, SpendingProposal
from booking.people.schools.scene import LEAD, TREASURER, Diary, Scene

HARDSHIP = FundDetails(
    "Hardship fund", "Coaches and meals for pupils whose families cannot pay.", restricted=True
)
#: Days before today: the new fund, its first gift, a mistake and its end, what still waits.
ADDED, GIVEN, MISTAKEN, ASKED, AGREED, WAITING, PROPOSED = 200, 190, 61, 60, 58, 2, 1
PARISH = "Parish council: towards running the network"
TOWN = "Town council: towards running the network"
TWICE = "The gift was entered twice; the bank only has it once."


#: (days before today, kind, facts): what the treasurer enters apart from the events' costs.
BY_HAND: tuple[tuple[int, EntryKind, dict[str, Any]], ...] = (
    (
        420,
        EntryKind.OPENING_BALANCE,
        {"amounts": {Fund.EVENTS: 18_000, Fund.ADMIN: 9_500, Fund.CPD: 31_250}},
    ),
    (
        300,
        EntryKind.GRANT,
        {
            "pence": 40_000,
            "fund": Fund.CPD,
            "description": "Aldermere Educational Trust: grant for training",
        },
    ),
    (
        215,
        EntryKind.SPEAKER,
        {
            "pence": 22_000,
            "fund": Fund.CPD,
            "description": "Speaker: questioning in mixed-age groups",
        },
    ),
    (
        130,
        EntryKind.SUBSIDY,
        {
            "pence": 12_500,
            "school": "brackenholt",
            "description": "Mathematics mastery course, half of the fee",
        },
    ),
    (90, EntryKind.ADMIN_COST, {"pence": 2_400, "description": "Hosting of the booking site"}),
    (
        58,
        EntryKind.GRANT,
        {
            "pence": 25_000,
            "fund": Fund.CPD,
            "description": "Rotary Club of Netherwick: grant for training",
        },
    ),
    (
        22,
        EntryKind.SUBSIDY,
        {
            "pence": 9_000,
            "school": "sallow-bank",
            "description": "Communication course, half of the fee",
        },
    ),
)


def put_into(scene: Scene, diary: Diary) -> None:
    """Enter in the diary what the treasurer and lead do with the books."""
    Bookkeeping(scene).put_into(diary)


def pay(treasurer: Actor, lead: Actor, *, now: datetime, hand: HandEntry) -> None:
    """Enter something by hand as the treasurer; the lead approves what takes two people."""
    with transaction():
        made = service.enter_or_ask(actor=treasurer, now=now, entry=hand)
    if isinstance(made, SpendingProposal):
        with transaction():
            proposal = db.session.get_one(SpendingProposal, made.id)
            service.approve_spending(actor=lead, now=now, proposal=proposal)


def close(scene: Scene, now: datetime) -> None:
    """Show everybody where fees went, and close last school year if it is over."""
    with transaction():
        service.show_money(actor=scene.people[LEAD], now=now, shown=True)
    label = queries.year_to_close()
    if label is None or scene.today <= terms.school_year_bounds(label)[1]:
        return
    with transaction():
        service.close_year(actor=scene.people[TREASURER], now=now, label=label, accepted=True)


class Bookkeeping:
    """Manual entries, a fund of the network's own, and mistakes that two people put right."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.treasurer = scene, scene.people[TREASURER]
        self._keys: dict[str, str] = {}
        self._numbers = count(1)

    def put_into(self, diary: Diary) -> None:
        """Enter it all in the diary."""
        for days, kind, facts in BY_HAND:
            diary.put(self.scene.day(days), self._entering(kind, facts))
        for days, act in (
            (ADDED, self.add_fund),
            (GIVEN, self.take_gift),
            (MISTAKEN, lambda now: self._enter_twice(now, PARISH, 14_000)),
            (ASKED, lambda now: self._ask(now, PARISH)),
            (AGREED, self.agree),
            (WAITING + 1, lambda now: self._enter_twice(now, TOWN, 12_000)),
            (WAITING, lambda now: self._ask(now, TOWN)),
            (PROPOSED, self.propose_speaker),
            (PROPOSED, self.propose_rules),
        ):
            diary.put(self.scene.day(days), act)

    def add_fund(self, now: datetime) -> None:
        """Add a fund for money that was given for one purpose."""
        with transaction():
            service.add_fund(actor=self.scene.people[LEAD], now=now, details=HARDSHIP)

    def take_gift(self, now: datetime) -> None:
        """Enter a gift for that purpose."""
        self._enter(
            now,
            EntryKind.GRANT,
            pence=30_000,
            fund=Fund("hardship-fund"),
            description="Aldermere Rotary Club: for families in need",
        )

    def propose_speaker(self, now: datetime) -> None:
        """Propose a payment that waits for the lead."""
        hand = HandEntry(
            EntryKind.SPEAKER,
            "demo-speaker",
            now.astimezone(LONDON).date(),
            18_000,
            Fund.CPD,
            description="Speaker: greater depth in writing",
        )
        with transaction():
            service.enter_or_ask(actor=self.treasurer, now=now, entry=hand)

    def propose_rules(self, now: datetime) -> None:
        """Propose a lower limit as the lead, which waits for the treasurer."""
        with transaction():
            service.propose_rules(
                actor=self.scene.people[LEAD],
                now=now,
                book=RuleBook.LEDGER,
                wanted={"alone_up_to_pence": 7_500},
            )

    def _enter_twice(self, now: datetime, description: str, pence: int) -> None:
        """Enter the same gift twice by mistake."""
        for number in (1, 2):
            reference = f"demo-{description.split()[0].lower()}-{number}"
            hand = HandEntry(
                EntryKind.GRANT,
                reference,
                now.astimezone(LONDON).date(),
                pence,
                Fund.ADMIN,
                description=description,
            )
            with transaction():
                service.enter(actor=self.treasurer, now=now, entry=hand)
            self._keys[description] = hand.key

    def _ask(self, now: datetime, description: str) -> None:
        """Ask a second person to reverse one of the two."""
        with transaction():
            entry = queries.by_key(self._keys[description])
            assert isinstance(entry, Entry)
            service.reverse_or_ask(actor=self.treasurer, now=now, entry=entry, reason=TWICE)

    def agree(self, now: datetime) -> None:
        """Approve the request, as the lead."""
        with transaction():
            waiting = db.session.get_one(Decision, queries.waiting()[0].id)
            service.approve(actor=self.scene.people[LEAD], now=now, decision=waiting)

    def _entering(self, kind: EntryKind, facts: dict[str, Any]) -> Callable[[datetime], None]:
        return lambda now: self._enter(now, kind, **facts)

    def _enter(self, now: datetime, kind: EntryKind, **facts: Any) -> None:
        entry = HandEntry(
            kind=kind,
            reference=f"demo-books-{next(self._numbers)}",
            entered_on=now.astimezone(LONDON).date(),
            **facts,
        )
        pay(self.treasurer, self.scene.people[LEAD], now=now, hand=entry)
