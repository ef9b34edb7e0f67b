"""What is done to prove each part. It only reads, in many short transactions.

After each piece the reading so far ends, and a worker that is to stop does so there.
"""

from collections.abc import Callable, Iterable
from itertools import count

from booking.days.allocation import queries as allocation_queries
from booking.days.allocation import service as allocation
from booking.days.seasons import queries as season_queries
from booking.days.seasons import service as seasons
from booking.domain.proving import ProofPart
from booking.foundation import chores
from booking.foundation.audit import sealing
from booking.foundation.audit import service as audit
from booking.foundation.audit.sealing import Chain, Reached
from booking.foundation.db import db
from booking.money.fund import service as fund
from booking.proofs import restoring
from booking.proofs.details import Found, Stopped, Teller
from booking.upkeep import doctor

#: How many rounds are recomputed before the reading so far ends; queries read as many at once.
ROUNDS = allocation_queries.BATCH
CHAIN_HOLDS = {
    ProofPart.TRAIL: "The audit trail's hash chain holds",
    ProofPart.LEDGER: "The ledger's hash chain holds",
}
GOES_ON = {
    ProofPart.TRAIL: "The audit trail's chain goes on from where it was proved before",
    ProofPart.LEDGER: "The ledger's chain goes on from where it was proved before",
}
CHAINS = {ProofPart.TRAIL: audit.CHAIN, ProofPart.LEDGER: fund.CHAIN}
#: Given how far a chain was proved before, and told what is done.
Prover = Callable[[Reached, Teller], Found]


def checks(_after: Reached, tell: Teller) -> Found:
    """Run the doctor's checks, but those that are a part of their own."""
    found = Found()
    for check in doctor.checks():
        if check.proved_apart or not doctor.can_be_asked(check):
            continue
        tell(check.promise)
        problems = list(check.problems())
        pause()
        if problems:  # once more: a check of several reads may have met a change half-way
            problems = list(check.problems())
            pause()
        found.check(check.promise, problems)
    return found


def trail(after: Reached, tell: Teller) -> Found:
    """Verify the audit trail's chain from where it was proved before."""
    return _chain(audit.CHAIN, ProofPart.TRAIL, after, tell)


def ledger(after: Reached, tell: Teller) -> Found:
    """Verify the ledger's chain in the same way, and all of its sums."""
    found = _chain(fund.CHAIN, ProofPart.LEDGER, after, tell)
    for promise, first_problem in fund.SUMS:
        tell(promise)
        problem = first_problem()
        found.check(promise, [problem] if problem else [])
        pause()
    return found


def _chain(of: Chain, part: ProofPart, after: Reached, tell: Teller) -> Found:
    found = Found(is_whole=not after.last_id, reached=after)
    while True:
        reached, broken = sealing.verify_next(of, found.reached)
        pause()
        if broken:
            found.check(CHAIN_HOLDS[part], [f"row {broken.row_id}: {broken.reason}"])
            found.counted = reached.rows - after.rows
            return found
        if reached == found.reached:
            break
        found.reached = reached
        tell(f"{CHAIN_HOLDS[part]}: {reached.rows:,} rows")
    found.check(CHAIN_HOLDS[part], [])
    found.counted = found.reached.rows - after.rows
    return found


def left_behind(part: ProofPart, before: Reached) -> str:
    """Return what is wrong if a chain no longer goes through where it was proved, or ""."""
    if not before.last_id or sealing.goes_through(CHAINS[part], before):
        return ""
    return f"row {before.last_id}: its hash is no longer what it was then"


def rounds(_after: Reached, tell: Teller) -> Found:
    """Recompute every published round and accepted plan from its recorded inputs."""
    found = Found()
    numbers = count(1)
    _each(
        (
            (row.event.slug, allocation.verify(row, row.event))
            for row in allocation_queries.all_rounds()
        ),
        "Every round can be recomputed from its published record",
        found,
        lambda: tell(f"Recomputing rounds: {next(numbers)}"),
    )
    _each(
        ((row.plan.slug, seasons.verify(row)) for row in season_queries.all_records()),
        "Every accepted season plan agrees with its record and its places",
        found,
        lambda: tell("Checking season plans"),
    )
    return found


def _each(
    verified: Iterable[tuple[str, list[str]]],
    promise: str,
    found: Found,
    tell: Callable[[], object],
) -> None:
    problems = []
    for number, (slug, wrong) in enumerate(verified, start=1):
        tell()
        problems += [f"{slug}: {each}" for each in wrong]
        found.counted += 1
        if number % ROUNDS == 0:
            pause()
    pause()
    found.check(promise, problems)


def copy(_after: Reached, tell: Teller) -> Found:
    """Restore the newest copy into a database to be thrown away, and compare."""
    return restoring.try_out(tell)


def pause() -> None:
    """End the reading so far. Raises Stopped if the worker is to end."""
    db.session.rollback()
    if chores.ending.is_set():
        raise Stopped


BY_PART: dict[ProofPart, Prover] = {
    ProofPart.CHECKS: checks,
    ProofPart.TRAIL: trail,
    ProofPart.LEDGER: ledger,
    ProofPart.ROUNDS: rounds,
    ProofPart.COPY: copy,
}
