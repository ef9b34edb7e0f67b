"""The demonstration's bids for CPD money: one at each stage."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import typst

from booking.domain import money, terms
from booking.domain.bidding import BidKind
from booking.domain.ledger import accounts
from booking.domain.permissions import Actor
from booking.foundation.db import db, transaction
from booking.money.bids import service
from booking.money.bids.details import BidDetails, ClaimDetails
from booking.money.bids.models import Bid
from booking.people.schools.scene import LEAD, TREASURER, Diary, Scene, fitting_day

SUBSIDY, SPEAKER = BidKind.SUBSIDY, BidKind.SPEAKER


@dataclass(frozen=True)
class BidScript:
    """A bid, and what happens to it when: days before today, below zero if still to come."""

    school: str
    details: BidDetails
    applied: int
    held: int
    #: Who approves, and when; two people above the limit.
    approved: tuple[tuple[int, str], ...] = ()
    claimed: int | None = None
    #: What it cost in the end (pence); the planned cost unless given.
    cost: int = 0
    paid: int | None = None
    refused: tuple[int, str] | None = None


def _bid(
    kind: BidKind, title: str, provider: str, for_whom: str, pounds: tuple[int, int], benefit: str
) -> BidDetails:
    return BidDetails(
        kind, title, provider, for_whom, benefit, date.min, pounds[0] * 100, pounds[1] * 100
    )


PLANS = (
    BidScript(
        "millrace",
        _bid(
            SUBSIDY,
            "Early mathematics for able children",
            "Thistleford Teaching Hub",
            "Our Reception teacher",
            (160, 80),
            "A twilight session on open-ended problems for all first schools.",
        ),
        150,
        132,
        ((146, LEAD),),
        128,
        14_000,
        124,
    ),
    BidScript(
        "tindlebrook",
        _bid(
            SPEAKER,
            "Philosophy with children",
            "Dr Ottoline Marsh",
            "Teachers of Years 3 to 8",
            (180, 180),
            "An evening for every school, and a recording for those who cannot come.",
        ),
        100,
        74,
        ((95, TREASURER),),
        70,
        0,
        66,
    ),
    BidScript(
        "kestrelmere",
        _bid(
            SUBSIDY,
            "Coding clubs that last",
            "Netherwick Computing Centre",
            "Our computing lead",
            (90, 45),
            "The club’s plans, shared with all junior and primary schools.",
        ),
        122,
        118,
        ((120, LEAD),),
    ),
    BidScript(
        "brackenholt",
        _bid(
            SUBSIDY,
            "Chess in the classroom",
            "County Chess Association",
            "Two class teachers",
            (120, 60),
            "A network tournament in the summer.",
        ),
        64,
        30,
        refused=(
            60,
            "Three schools went on this course last year: please ask them first, "
            "and bid again if you still need it.",
        ),
    ),
    BidScript(
        "quillbury-middle",
        _bid(
            SUBSIDY,
            "Writing history with sources",
            "The county record office",
            "Our history lead",
            (110, 55),
            "A box of copied sources that schools may borrow.",
        ),
        41,
        8,
        ((37, TREASURER),),
        2,
        10_400,
    ),
    BidScript(
        "beacon-ridge",
        _bid(
            SUBSIDY,
            "Greater depth in reading",
            "Beacon Literacy Partners",
            "Our Year 6 teachers",
            (150, 75),
            "Book lists and questions for every primary school.",
        ),
        20,
        -24,
        ((16, TREASURER),),
    ),
    BidScript(
        "aldermere-upper",
        _bid(
            SPEAKER,
            "Able and under-achieving",
            "Professor Idris Calloway",
            "Coordinators of all schools",
            (260, 260),
            "The spring meeting is about the pupils whom we miss: the talk opens it.",
        ),
        9,
        -45,
        ((4, LEAD),),
    ),
    BidScript(
        "sallow-bank",
        _bid(
            SUBSIDY,
            "Music technology for pupils who cannot hold an instrument",
            "Quillbury Music Service",
            "Our music teacher",
            (130, 65),
            "A lending shelf of switches and sensors, with an hour of help.",
        ),
        2,
        -33,
    ),
)
#: Days on which the worker looks for unclaimed promises.
SWEEPS = (80, 60, 40, 20, 1)


def put_into(scene: Scene, diary: Diary) -> None:
    """Enter all the bids in the diary."""
    Bidding(scene).put_into(diary)


class Bidding:
    """The bids, played through until today."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._ids: dict[str, int] = {}

    def put_into(self, diary: Diary) -> None:
        """Enter everything that happens to the bids in the diary."""
        for plan in PLANS:
            self._put(diary, plan.applied, self._on(plan, self.apply))
            for days, who in plan.approved:
                self._put(diary, days, self._on(plan, self._approve_as(who)))
            if plan.refused is not None:
                self._put(diary, plan.refused[0], self._on(plan, self.refuse))
            if plan.claimed is not None:
                self._put(diary, plan.claimed, self._on(plan, self.claim))
            if plan.paid is not None:
                self._put(diary, plan.paid, self._on(plan, self.pay))
        for days in SWEEPS:
            self._put(diary, days, self.let_lapse)

    def apply(self, plan: BidScript, now: datetime) -> None:
        """Make a bid, as a coordinator."""
        school = self.scene.schools[plan.school]
        with transaction():
            bid = service.apply(
                actor=self._applicant(plan),
                now=now,
                school=school,
                details=replace(plan.details, takes_place_on=held_on(plan, self.scene)),
            )
            db.session.flush()
            self._ids[plan.details.title] = bid.id

    def refuse(self, plan: BidScript, now: datetime) -> None:
        """Refuse the bid as the lead, with a reason."""
        assert plan.refused is not None
        with transaction():
            service.refuse(
                actor=self.scene.people[LEAD], now=now, bid=self._row(plan), reason=plan.refused[1]
            )

    def claim(self, plan: BidScript, now: datetime) -> None:
        """Claim half of what it cost as the coordinator, with the receipt."""
        cost = plan.cost or plan.details.cost_pence
        share = plan.details.asked_pence * cost // plan.details.cost_pence
        wanted = ClaimDetails(cost, share, receipt(plan, now))
        with transaction():
            service.claim(actor=self._applicant(plan), now=now, bid=self._row(plan), claim=wanted)

    def pay(self, plan: BidScript, now: datetime) -> None:
        """Pay the claim as the treasurer, and record it."""
        with transaction():
            service.pay(
                actor=self.scene.people[TREASURER],
                now=now,
                bid=self._row(plan),
                account=accounts.BANK,
                paid_on=terms.london(now).date(),
            )

    def let_lapse(self, now: datetime) -> None:
        """Make the worker end the promises that nobody claimed."""
        for sweep in (service.warn, service.let_lapse):
            with transaction():
                sweep(now=now)

    def _approve_as(self, who: str) -> Callable[[BidScript, datetime], None]:
        def approve(plan: BidScript, now: datetime) -> None:
            with transaction():
                service.approve(
                    actor=self.scene.people[who],
                    now=now,
                    bid=self._row(plan),
                    pence=plan.details.asked_pence,
                )

        return approve

    def _applicant(self, plan: BidScript) -> Actor:
        return self.scene.coordinator_of(self.scene.schools[plan.school])

    def _row(self, plan: BidScript) -> Bid:
        return db.session.get_one(Bid, self._ids[plan.details.title])

    def _put(self, diary: Diary, days: int, act: Callable[[datetime], None]) -> None:
        diary.put(self.scene.day(days), act)

    def _on(
        self, plan: BidScript, act: Callable[[BidScript, datetime], None]
    ) -> Callable[[datetime], None]:
        return lambda now: act(plan, now)


def held_on(plan: BidScript, scene: Scene) -> date:
    """Return a school day on which a course takes place, after the bid and before the claim."""
    applied, nominal = (scene.today - timedelta(days=days) for days in (plan.applied, plan.held))
    later = fitting_day(scene.calendar, nominal)
    earlier = fitting_day(scene.calendar, nominal, back=True)
    claimed = later if plan.claimed is None else scene.today - timedelta(days=plan.claimed)
    return earlier if later > claimed and earlier > applied else later


def receipt(plan: BidScript, now: datetime) -> bytes:
    """Return a receipt as the course provider would print it; its words are invented."""
    cost = money.pounds(plan.cost or plan.details.cost_pence)
    lines = (plan.details.provider, "Receipt", plan.details.title, f"Paid with thanks: {cost}")
    source = "\n\n".join(f'#text("{line}")' for line in lines)
    made = typst.compile(source.encode(), timestamp=int(now.timestamp()))
    assert isinstance(made, bytes), "a PDF is one file"
    return made
