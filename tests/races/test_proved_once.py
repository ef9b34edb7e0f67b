"""Two workers find the same night's proofs due: each part is proved once."""

from collections import Counter
from contextlib import contextmanager
from threading import Barrier

import pytest
from sqlalchemy import select

from booking.domain.proving import ProofPart
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.proofs import locks, parts, proving
from booking.proofs.details import PROVE, Found
from booking.proofs.models import NightlyProof
from booking.upkeep import service as upkeep
from tests.races.together import PATIENCE_SECONDS, errors, together


@pytest.fixture
def due(app, db_session, monkeypatch):
    """Every part is due; each is proved as soon as both workers know that."""
    with transaction():
        upkeep.ended(job=PROVE, by=upkeep.this_process(), now=clock.now())
    db_session.rollback()
    for part in ProofPart:
        monkeypatch.setitem(parts.BY_PART, part, lambda _after, _tell: Found(checks=1))
    both = Barrier(2)
    due_now, asked = proving._due, Counter()

    def once_both_know():
        found = due_now()
        asked["times"] += 1
        if asked["times"] <= 2:
            both.wait(PATIENCE_SECONDS)
        return found

    monkeypatch.setattr(proving, "_due", once_both_know)


def rows_by_part():
    db.session.rollback()
    return Counter(db.session.scalars(select(NightlyProof.part)))


def test_without_the_lock_two_workers_prove_the_same(app, due, monkeypatch):
    gate = Barrier(2)

    @contextmanager
    def nobody_kept_out():
        gate.wait(PATIENCE_SECONDS)
        yield True

    monkeypatch.setattr(locks, "alone", nobody_kept_out)
    asked = proving._due
    begin = Barrier(2)

    def both_at_once():
        found = asked()
        begin.wait(PATIENCE_SECONDS)
        return found

    monkeypatch.setattr(proving, "_due", both_at_once)

    assert errors(together(app, [proving.turn] * 2)) == []
    assert set(rows_by_part().values()) == {2}


def test_workers_that_prove_at_once_prove_each_part_once(app, due):
    results = together(app, [proving.turn] * 2)

    assert errors(results) == []
    assert sum(results) == len(ProofPart)
    assert rows_by_part() == dict.fromkeys(ProofPart, 1)
