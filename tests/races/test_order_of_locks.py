"""One transaction holds an event and waits for the funds; another holds the funds and the event.

The usual lock on an event lets others refer to it, so both continue. The whole lock does not.
"""

from threading import Barrier

import pytest

from booking.days.events import locks as event_locks
from booking.domain import ledger
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import locks as fund_locks
from booking.money.fund import service as fund
from booking.money.fund.models import Entry
from tests.builders.events import make_event
from tests.races.together import errors, together

pytestmark = pytest.mark.postgres


@pytest.fixture
def event(app, db_session):
    """An event, as its key and its address."""
    made = make_event()
    found = made.id, made.slug
    db_session.rollback()
    return found


def closing(event_id, lock, gate):
    """Hold the event, then ask for the funds, as whoever closes an event does."""

    def work():
        with transaction():
            lock(event_id)
            gate.wait(30)
            fund_locks.funds()

    return work


def entering(slug, gate):
    """Hold the funds, then post an entry that names the event, as the treasurer does."""

    def work():
        with transaction():
            fund_locks.funds()
            gate.wait(30)
            draft = ledger.event_cost(key="cost:1", pence=500, description="Glue", event=slug)
            fund.post(actor=COMMAND, now=clock.now(), draft=draft)

    return work


def both(app, event, lock):
    """Run the two at once; return the names of their errors."""
    event_id, slug = event
    gate = Barrier(2)
    return errors(together(app, [closing(event_id, lock, gate), entering(slug, gate)]))


def test_with_the_whole_lock_the_two_wait_for_each_other(app, event):
    assert both(app, event, event_locks.whole) == ["OperationalError"]


def test_with_the_usual_lock_both_go_on(app, event):
    assert both(app, event, event_locks.event) == []
    assert db.session.query(Entry).count() == 1
