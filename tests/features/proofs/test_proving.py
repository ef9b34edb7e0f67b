"""Each night every part is proved, once; what is not sound is found, and nothing is left behind."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from booking.days.allocation.models import Round
from booking.domain.proving import ProofOutcome, ProofPart
from booking.foundation import chores, clock
from booking.foundation.audit import service as audit
from booking.foundation.db import db, transaction
from booking.money.fund import service as fund
from booking.proofs import locks, parts, proving, queries, restoring, throwaway
from booking.proofs.details import PROVE, Found, Stopped, WhyNot
from booking.proofs.models import NightlyProof
from booking.upkeep import backup, copies
from booking.upkeep import service as upkeep
from tests.builders import allocation, events, schools
from tests.builders.fund import make_grant
from tests.features.upkeep.test_doctor import drop_triggers

QUICK = [ProofPart.CHECKS, ProofPart.TRAIL, ProofPart.LEDGER, ProofPart.ROUNDS]


@pytest.fixture
def network(db_session, time_machine):
    """A round was run and a grant was given; all of it is sealed."""
    home, away = schools.make_school(), schools.make_school()
    event = events.make_event(places=4)
    allocation.ask_all(event, [home, away], [2, 3])
    time_machine.move_to(allocation.after_deadline(event))
    allocation.run_round(event)
    make_grant(pence=50_000)
    seal()
    return event


def seal():
    with transaction():
        fund.seal(now=clock.now())
        audit.seal(now=clock.now())


def note():
    with transaction():
        audit.note(actor=allocation.COMMAND, action="try", about="trail")
    seal()


def prove(*which, whole=False):
    """Prove these parts; return what was found, by part."""
    done = proving.prove(lambda: which or QUICK, whole=whole, tell=lambda _doing: None)
    return {each.part: each.found for each in done}


def written():
    db.session.rollback()
    return [
        (row.part, row.outcome)
        for row in db.session.scalars(select(NightlyProof).order_by(NightlyProof.id))
    ]


def tamper(statement):
    with transaction():
        drop_triggers()
        db.session.execute(text(statement))


def test_what_is_sound_is_proved_and_counted(network):
    found = prove()

    assert [each.problems for each in found.values()] == [[], [], [], []]
    assert written() == [(part, ProofOutcome.PROVED) for part in QUICK]
    assert found[ProofPart.CHECKS].checks > 20
    assert found[ProofPart.TRAIL].counted == found[ProofPart.TRAIL].reached.rows > 0
    assert found[ProofPart.LEDGER].checks == 2 + len(fund.SUMS)
    assert found[ProofPart.ROUNDS].counted == 1


@pytest.mark.parametrize(
    ("part", "statement", "promise"),
    [
        (
            ProofPart.TRAIL,
            "UPDATE audit_entries SET action = 'x' WHERE id = 1",
            "The audit trail's hash chain holds",
        ),
        (
            ProofPart.LEDGER,
            "UPDATE entries SET description = 'x' WHERE id = 1",
            "The ledger's hash chain holds",
        ),
        (
            ProofPart.LEDGER,
            "UPDATE ledger_totals SET debit_pence = debit_pence + 1",
            "Every running balance is the sum of its lines",
        ),
        (
            ProofPart.ROUNDS,
            "UPDATE place_requests SET places_received = places_received + 1 WHERE id = 1",
            "Every round can be recomputed from its published record",
        ),
        (
            ProofPart.CHECKS,
            "DELETE FROM entry_sizes",
            "Every ledger entry is found by its size",
        ),
    ],
    ids=lambda value: str(value)[:25],
)
def test_what_is_not_sound_fails_and_only_its_promise_is_kept(network, part, statement, promise):
    tamper(statement)

    found = prove(part)[part]

    assert found.broken == [promise]
    assert found.problems[0].startswith(f"{promise}: ")
    row = db.session.scalars(select(NightlyProof)).one()
    assert (row.outcome, row.broken) == (ProofOutcome.FAILED, [promise])
    assert not {text for text in found.problems} & set(row.broken)


def test_a_chain_goes_on_where_it_was_proved(network):
    first = prove(ProofPart.TRAIL)[ProofPart.TRAIL]
    note()

    then = prove(ProofPart.TRAIL)[ProofPart.TRAIL]

    assert (then.counted, then.is_whole) == (1, False)
    assert then.reached.rows == first.reached.rows + 1
    assert prove(ProofPart.TRAIL, whole=True)[ProofPart.TRAIL].counted == then.reached.rows


def test_once_a_week_a_chain_is_verified_from_its_first_row(network, time_machine):
    prove(ProofPart.TRAIL)
    time_machine.move_to(clock.now() + timedelta(days=6))
    assert not prove(ProofPart.TRAIL)[ProofPart.TRAIL].is_whole

    time_machine.move_to(clock.now() + timedelta(days=1))

    assert prove(ProofPart.TRAIL)[ProofPart.TRAIL].is_whole


@pytest.mark.parametrize("whole", [False, True])
def test_a_chain_whose_hashes_were_all_made_anew_is_found(network, whole):
    prove(ProofPart.TRAIL)
    tamper("UPDATE audit_entries SET action = 'x' WHERE id = 1")
    tamper("DELETE FROM audit_seals")
    seal()
    assert audit.first_broken() is None, "the chain agrees with itself"

    found = prove(ProofPart.TRAIL, whole=whole)[ProofPart.TRAIL]

    assert found.outcome is ProofOutcome.FAILED


def test_the_worker_proves_once_a_night_after_its_first_turn(network, monkeypatch, time_machine):
    monkeypatch.setitem(parts.BY_PART, ProofPart.COPY, lambda _after, _tell: Found(checks=1))
    assert proving.turn() == 0, "a new site has more urgent things to do"
    with transaction():
        upkeep.ended(job=PROVE, by=upkeep.this_process(), now=clock.now())

    assert proving.turn() == len(ProofPart)
    assert proving.turn() == 0
    time_machine.move_to(clock.now() + timedelta(days=1))
    assert proving.turn() == len(ProofPart)


def test_a_worker_that_ends_leaves_nothing_half_and_the_next_goes_on(network, monkeypatch):
    def stop(_after, _tell):
        chores.ending.set()
        parts.pause()

    monkeypatch.setitem(parts.BY_PART, ProofPart.LEDGER, stop)
    try:
        with pytest.raises(Stopped):
            prove()
    finally:
        chores.ending.clear()
    assert written() == [(part, ProofOutcome.PROVED) for part in QUICK[:2]]

    monkeypatch.undo()
    monkeypatch.setattr(proving, "TURN_SECONDS", 20)
    assert proving._due() == [ProofPart.LEDGER, ProofPart.ROUNDS, ProofPart.COPY]


def test_a_part_that_breaks_off_does_not_keep_the_others_from_their_turn(network, monkeypatch):
    def break_off(_after, _tell):
        raise OSError("the disk is full")

    monkeypatch.setitem(parts.BY_PART, ProofPart.CHECKS, break_off)

    with pytest.raises(OSError, match="disk is full"):
        prove()

    assert written() == [(part, ProofOutcome.PROVED) for part in QUICK[1:]]


def test_what_takes_long_leaves_the_rest_for_the_next_turn(network):
    done = proving.prove(lambda: QUICK, whole=False, tell=lambda _doing: None, seconds=0)

    assert list(done) == []


def test_nobody_proves_while_somebody_else_does(network):
    with locks.alone() as mine:
        assert mine
        with pytest.raises(proving.Busy):
            prove()
    assert list(prove()) == QUICK


def copy_of(path: Path):
    """Make a copy and write it down, as the command does."""
    backup.record(clock.now(), path=path, digest=backup.backup(path))
    return path


def test_the_newest_copy_is_restored_compared_and_thrown_away(network, tmp_path):
    copy_of(tmp_path / "copy")
    rounds = db.session.scalars(select(Round)).all()

    found = prove(ProofPart.COPY)[ProofPart.COPY]

    assert found.problems == []
    assert found.outcome is ProofOutcome.PROVED
    assert found.checks > 20
    assert found.counted > len(rounds) > 0
    assert throwaway.remove_left() == 0


def test_why_a_copy_cannot_be_tried_out_here_is_said(network, tmp_path):
    def why():
        found = prove(ProofPart.COPY)[ProofPart.COPY]
        assert found.outcome is ProofOutcome.UNPROVED
        return found.reason

    assert why() == WhyNot.NO_COPY
    path = copy_of(tmp_path / "copy")
    path.rename(tmp_path / "moved")
    assert why() == WhyNot.AWAY
    path.write_bytes(b"age-encryption.org/v1\n...")
    assert why() == WhyNot.LOCKED
    backup.record(clock.now())
    assert why() == WhyNot.ELSEWHERE


def test_a_copy_that_was_exchanged_fails(network, tmp_path):
    path = copy_of(tmp_path / "copy")
    path.write_bytes(b"something else")
    copies.beside(path).write_text(backup.checksum(path))

    assert prove(ProofPart.COPY)[ProofPart.COPY].broken == [restoring.WHOLE]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("DELETE FROM entry_sizes", ["Every ledger entry is found by its size"]),
        ("UPDATE audit_entries SET action = 'x' WHERE id = 1", ["The audit trail's hash chain"]),
    ],
)
def test_a_copy_of_what_was_not_sound_fails(network, tmp_path, statement, broken):
    tamper(statement)
    copy_of(tmp_path / "copy")

    found = prove(ProofPart.COPY)[ProofPart.COPY]

    assert [each.startswith(f"{restoring.SOUND}{broken[0]}") for each in found.broken] == [True]


@pytest.mark.slow
def test_a_copy_of_another_network_or_with_other_rows_fails(network, tmp_path):
    path = copy_of(tmp_path / "copy")
    copies.contents_beside(path).write_text("0" * 64)
    tamper("DELETE FROM audit_seals")
    tamper("UPDATE audit_entries SET action = 'x' WHERE id = 1")
    seal()

    found = prove(ProofPart.COPY)[ProofPart.COPY]

    assert found.broken == [restoring.SAME, restoring.OURS]


@pytest.mark.slow
def test_what_a_worker_that_was_killed_has_left_is_removed(network):
    class Killed(BaseException):
        pass

    made = throwaway.made()
    made.__enter__()  # and never left, as after a kill
    assert throwaway.remove_left() == 1
    with pytest.raises(Killed), throwaway.made():
        raise Killed
    assert throwaway.remove_left() == 0


def test_how_far_a_part_was_proved_is_read_at_once(network, count_queries):
    prove(ProofPart.ROUNDS)
    with count_queries() as one:
        queries.parts()
    prove()
    with count_queries() as several:
        known = queries.parts()
    assert len(one) == len(several)
    assert set(known) == set(QUICK)
