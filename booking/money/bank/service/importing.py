"""Import a statement whole, so that all lines add up to the bank's own balance."""

from datetime import date, datetime

from booking.domain import english, money, terms
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.tables import remembering
from booking.money.bank.imports import columns
from booking.money.bank.imports.carried import ACCOUNT, Carried
from booking.money.bank.models import BankLine, BankStatement
from booking.money.bank.queries import lines, plans
from booking.money.bank.queries.plans import ImportPlan, LineFate
from booking.money.fund import locks as fund_locks

BROUGHT_FORWARD = "brought forward"


class ImportRefused(ValueError):
    """The statement cannot be imported; the message says why. Nothing was written."""


class SameFile(ImportRefused):
    """This file has been imported before."""


class NothingNew(ImportRefused):
    """Every line in the file is already here."""


class NotTheNewest(ImportRefused):
    """The file ends before the newest statement, or another has been imported since."""


class DoesNotAddUp(ImportRefused):
    """All lines do not add up to the bank's own balance."""


class NotAllRead(ImportRefused):
    """Lines of the first statement could not be read, and nothing else shows what they moved."""


class StatementInUse(ImportRefused):
    """Some of the statement's lines are matched with entries."""


def check_new_file(file_hash: str) -> None:
    """Raise SameFile if this file has been imported."""
    if found := lines.statement_by_hash(file_hash):
        raise SameFile(
            f"This file was imported on {terms.day_text(terms.london(found.imported_at).date())}. "
            "Choose a newer statement."
        )


def import_statement(
    *, actor: Actor, now: datetime, carried: Carried, closing_pence: int
) -> BankStatement:
    """Write the new lines of a statement. Raises an ImportRefused.

    The first statement also writes the balance before it as one line, which is matched with the
    opening balance, or with earlier entries.
    """
    fund_locks.funds()
    check_new_file(carried.file_hash)
    plan = plans.plan(carried.lines, closing_pence=closing_pence)
    new = plan.of(LineFate.NEW)
    days = [line.on for line in carried.lines]
    _check(plan, carried, closing_pence=closing_pence)
    statement = BankStatement(
        file_name=carried.file_name,
        file_hash=carried.file_hash,
        first_on=min(days),
        last_on=max(days),
        closing_pence=closing_pence,
        known_count=len(carried.lines) - len(new),
        imported_at=now,
        imported_by_id=actor.person_id,
    )
    if plan.held_pence is None and (opening := closing_pence - plan.new_pence):
        statement.lines.append(_brought_forward(statement.first_on, opening))
    statement.lines += _new_lines(plan)
    changed = _change_words(plan)
    db.session.add(statement)
    db.session.flush()
    remembering.remember(
        dialect=columns.DIALECT.name, owner=ACCOUNT, said=dict(carried.pointed), now=now
    )
    audit.record(
        actor=actor,
        action="import_bank_statement",
        subject=statement,
        now=now,
        lines=len(new),
        changed=changed,
        first_on=statement.first_on.isoformat(),
        last_on=statement.last_on.isoformat(),
        closing_pence=closing_pence,
    )
    return statement


def not_all_read(count: int) -> str:
    """Return why a first statement with lines that could not be read is refused."""
    return (
        f"{english.plural(count, 'line')} could not be read, so nobody can tell what the account "
        "held before this first statement. Correct what is named below, and choose the file again."
    )


def _new_lines(plan: ImportPlan) -> list[BankLine]:
    return [
        BankLine(
            row=each.line.row,
            moved_on=each.line.on,
            pence=each.line.pence,
            description=each.line.description,
            fingerprint=each.fingerprint,
            number=each.number,
        )
        for each in plan.lines
        if each.fate is LineFate.NEW
    ]


def _change_words(plan: ImportPlan) -> int:
    """Let lines that are there say what the bank calls them now; return how many."""
    changed = [each for each in plan.lines if each.fate is LineFate.CHANGED]
    for each in changed:
        line = db.session.get_one(BankLine, each.known_id)
        line.description = each.line.description
        line.fingerprint, line.number = each.fingerprint, each.number
    return len(changed)


def _check(plan: ImportPlan, carried: Carried, *, closing_pence: int) -> None:
    last_on = max(line.on for line in carried.lines)
    if not plan.of(LineFate.NEW):
        raise NothingNew("Every line in this file is already here. Nothing has been imported.")
    newest = lines.newest_statement()
    if newest is None and (unread := carried.unread):
        raise NotAllRead(not_all_read(len(unread)))
    if newest is not None and last_on < newest.last_on:
        raise NotTheNewest(
            f"This file ends before the newest statement, which goes up to "
            f"{terms.day_text(newest.last_on)}, but has lines that are not in it. "
            "Export one that goes up to today. Nothing has been imported."
        )
    expected = plan.expected_pence
    if expected is not None and expected != closing_pence:
        assert newest is not None, "without a statement there is no expected balance"
        raise DoesNotAddUp(
            f"With these lines the account would hold {money.pounds(expected)}, but the bank says "
            f"{money.pounds(closing_pence)}. {_likely_cause(plan, carried, newest)} Nothing has "
            "been imported."
        )


def _likely_cause(plan: ImportPlan, carried: Carried, newest: BankStatement) -> str:
    """Return why it probably does not add up, with advice that can be followed."""
    if unread := carried.unread:
        count = english.plural(len(unread), "line of the file", "lines of the file")
        return f"{count} could not be read: put right what is named below."
    day = terms.day_text(newest.last_on)
    if min(line.on for line in carried.lines) > newest.last_on:
        return (
            f"A statement in between is probably missing: export one that begins on {day} or "
            "earlier."
        )
    doubled = [line for line in plan.of(LineFate.NEW) if line.on <= newest.last_on]
    if doubled:
        count = english.plural(len(doubled), "new line is", "new lines are")
        return (
            f"{count} from days that are imported already, such as “{doubled[0].description}”. If "
            f"the bank has changed those days since, remove the statement to {day} and import "
            "this file in its place."
        )
    return f"Lines of the file are probably missing: export it again, from {day} or earlier."


def _brought_forward(on: date, pence: int) -> BankLine:
    return BankLine(
        row=0,
        moved_on=on,
        pence=pence,
        description="Balance brought forward",
        fingerprint=BROUGHT_FORWARD,
        brought_forward=True,
    )


def remove_statement(*, actor: Actor, now: datetime, statement: BankStatement) -> None:
    """Remove the newest statement, which belonged to another account or was the wrong file.

    Raises NotTheNewest and StatementInUse.
    """
    fund_locks.funds()
    newest = lines.newest_statement()
    if newest is None or newest.id != statement.id:
        raise NotTheNewest(
            "You can only remove the newest statement, because later ones build on it."
        )
    if lines.has_matches(statement):
        raise StatementInUse("First remove the matches of its lines.")
    audit.record(
        actor=actor,
        action="remove_bank_statement",
        subject=statement,
        now=now,
        first_on=statement.first_on.isoformat(),
        last_on=statement.last_on.isoformat(),
        closing_pence=statement.closing_pence,
    )
    db.session.delete(statement)
