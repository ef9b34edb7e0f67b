"""The reckoning at the end: what was promised is compared with what is there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from bench.chaos import checking, network
from bench.chaos.checking import Found
from bench.chaos.faults import Killer
from bench.chaos.letters import MailServer
from bench.chaos.people import Surroundings
from booking.foundation.db import db
from booking.foundation.notifications.models import Message, MessageState
from tests.features.money.checkout import accounting

UNSENT = (MessageState.QUEUED, MessageState.SENDING)
GIVEN_UP = (MessageState.FAILED, MessageState.REFUSED)
#: What a worker says of a mail that went out under a lease which ran out before its note of it.
RECORDED_TOO_LATE = "was not recorded as sent: its lease ran out before"


@dataclass
class Reckoning:
    """Compares everything once everybody has gone home and all mail has gone out."""

    around: Surroundings
    killer: Killer
    #: Until when what families told has been looked for already; it has been deleted since.
    told_until: float

    def found(self) -> Iterator[Found]:
        """Yield everything that is not as it was promised."""
        journal = self.around.journal
        db.session.rollback()
        facts = [
            fact
            for fact in journal.facts
            if fact.at > self.told_until or fact.kind not in checking.DELETED
        ]
        if not journal.facts:
            yield Found("unsound", "nothing was acknowledged, so nothing was tried")
        yield from checking.lost(facts, journal.unheard, newest=True)
        yield from checking.doubled()
        yield from checking.amounts_wrong(journal.facts)
        yield from checking.oversold()
        yield from checking.unsound()
        yield from self._money()
        yield from self._mail()
        for kind, times in Counter(self.around.tally.wrong).items():
            yield Found("bare 500", f"{kind}, {times} times")

    def _money(self) -> Iterator[Found]:
        processor = self.around.processor
        for problem in accounting.problems(processor):
            yield Found("pence", problem)
        for ours, times in processor.refunds_of_one().items():
            if ours and times > 1:
                yield Found("double", f"refund {ours} was made {times} times at the processor")

    def _mail(self) -> Iterator[Found]:
        sent = _count(Message.state == MessageState.SENT, Message.sent_at >= network.BEGINS)
        unsent = _count(Message.state.in_(UNSENT))
        early = _count(Message.state.in_(GIVEN_UP), Message.failed_at < Message.keep_until)
        arrived = len(delivered(self.around.letters))
        if sent > arrived:
            yield Found("lost", f"{sent} mails count as sent, and {arrived} arrived")
        if unsent or early:
            yield Found("lost", f"{unsent} mails never went out, {early} were given up early")
        # Whoever is killed between the server's yes and our note of it sends once more. So does
        # whoever comes after a worker whose lease ran out in between: when the clock moves, five
        # minutes are a moment.
        twice, killed = came_twice(self.around.letters), self.killer.killed["a background worker"]
        late = self.killer.site.said(RECORDED_TOO_LATE)
        if twice > killed + late:
            why = f"{killed} workers were killed, and {late} leases ran out"
            yield Found("double", f"{twice} mails came twice, {why}")


def delivered(letters: MailServer) -> Counter[str]:
    """Return how often each mail came, by its Message-ID."""
    return Counter(arrival.message_id for arrival in letters.arrivals)


def came_twice(letters: MailServer) -> int:
    """Return how many mails came once too often; mail programs fold them by their Message-ID."""
    return sum(times - 1 for times in delivered(letters).values())


def _count(*conditions: object) -> int:
    counted = select(func.count()).select_from(Message).where(*conditions)  # type: ignore[arg-type]
    return int(db.session.scalar(counted) or 0)
