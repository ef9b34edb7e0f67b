"""Statements and their lines, and what a file would add to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from booking.domain import reconciling
from booking.foundation.db import db
from booking.foundation.web.paging import Page, page_of
from booking.money.bank.imports.statement import StatementLine
from booking.money.bank.models import BankLine, BankMatch, BankStatement, MatchedEntry

#: How many fingerprints go into one query.
ASKED_AT_ONCE = 400


class LineFate(StrEnum):
    """What an import would do with a line."""

    NEW = "new"
    #: It is already here from an earlier statement.
    KNOWN = "known"
    #: It is part of the balance brought forward.
    BEFORE = "before"


@dataclass(frozen=True)
class PlannedLine:
    """A line in a file, its fingerprint, and what an import would do with it."""

    line: StatementLine
    fingerprint: str
    number: int
    fate: LineFate


@dataclass(frozen=True)
class ImportPlan:
    """What importing a file would do."""

    lines: tuple[PlannedLine, ...]
    #: The balance according to all lines imported so far; None before the first statement.
    held_pence: int | None

    def of(self, fate: LineFate) -> list[StatementLine]:
        """Return the lines with one fate."""
        return [each.line for each in self.lines if each.fate == fate]

    @property
    def new_pence(self) -> int:
        """The sum of the new lines."""
        return sum(line.pence for line in self.of(LineFate.NEW))

    @property
    def expected_pence(self) -> int | None:
        """What the account should hold afterwards; None if only the bank can say."""
        return None if self.held_pence is None else self.held_pence + self.new_pence


def plan(lines: Sequence[StatementLine]) -> ImportPlan:
    """Say whether each line is new; only read."""
    marks = [reconciling.fingerprint(line.on, line.pence, line.description) for line in lines]
    numbers = reconciling.numbered(marks)
    start = first_day()
    known = _known(list(zip(marks, numbers, strict=True)))
    planned = [
        PlannedLine(line, mark, number, _fate(line, (mark, number) in known, start))
        for line, mark, number in zip(lines, marks, numbers, strict=True)
    ]
    return ImportPlan(tuple(planned), None if start is None else held_pence())


def _fate(line: StatementLine, known: bool, start: date | None) -> LineFate:
    if start is not None and line.on < start:
        return LineFate.BEFORE
    return LineFate.KNOWN if known else LineFate.NEW


def _known(asked: Sequence[tuple[str, int]]) -> set[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    for begin in range(0, len(asked), ASKED_AT_ONCE):
        some = asked[begin : begin + ASKED_AT_ONCE]
        key = tuple_(BankLine.fingerprint, BankLine.number)
        rows = db.session.execute(
            select(BankLine.fingerprint, BankLine.number).where(key.in_(some))
        )
        found |= {(mark, number) for mark, number in rows}
    return found


def first_day() -> date | None:
    """Return the first day of the first statement, or None before it."""
    return db.session.scalar(select(func.min(BankStatement.first_on)))


def held_pence() -> int:
    """Return the sum of all lines, which is the bank account's balance."""
    return int(db.session.scalar(select(func.sum(BankLine.pence))) or 0)


def newest_statement() -> BankStatement | None:
    """Return the newest statement, or None before the first."""
    return db.session.scalar(select(BankStatement).order_by(BankStatement.id.desc()).limit(1))


def statement_by_hash(file_hash: str) -> BankStatement | None:
    """Return the statement that was imported from the same file."""
    return db.session.scalar(select(BankStatement).where(BankStatement.file_hash == file_hash))


def statement_by_public_id(public_id: str) -> BankStatement | None:
    """Return a statement with the person who imported it."""
    return db.session.scalar(
        select(BankStatement)
        .where(BankStatement.public_id == public_id)
        .options(joinedload(BankStatement.imported_by))
    )


def statements_page(*, number: int) -> Page[BankStatement]:
    """Return one page of statements, newest first."""
    return page_of(select(BankStatement).order_by(BankStatement.id.desc()), number=number)


def lines_of(statement: BankStatement, *, number: int) -> Page[BankLine]:
    """Return one page of a statement's lines, in the bank's order."""
    return page_of(
        select(BankLine)
        .where(BankLine.statement_id == statement.id)
        .options(joinedload(BankLine.match))
        .order_by(BankLine.id),
        number=number,
    )


def has_matches(statement: BankStatement) -> bool:
    """Return whether any of a statement's lines is matched."""
    found = select(BankLine.id).where(
        BankLine.statement_id == statement.id, BankLine.match_id.is_not(None)
    )
    return db.session.scalar(select(found.exists())) or False


def line_by_public_id(public_id: str) -> BankLine | None:
    """Return a line with its statement, its match and everything in the match."""
    return (
        db.session.scalars(
            select(BankLine)
            .where(BankLine.public_id == public_id)
            .options(
                joinedload(BankLine.statement),
                joinedload(BankLine.match).selectinload(BankMatch.lines),
                joinedload(BankLine.match)
                .selectinload(BankMatch.entries)
                .joinedload(MatchedEntry.entry),
                joinedload(BankLine.match).joinedload(BankMatch.made_by),
            )
        )
        .unique()
        .one_or_none()
    )


def match_by_public_id(public_id: str) -> BankMatch | None:
    """Return a match with everything in it."""
    return db.session.scalar(
        select(BankMatch)
        .where(BankMatch.public_id == public_id)
        .options(selectinload(BankMatch.lines), selectinload(BankMatch.entries))
    )


def unmatched_lines(*, limit: int) -> list[BankLine]:
    """Return the oldest lines without entries."""
    return list(
        db.session.scalars(
            select(BankLine)
            .where(BankLine.match_id.is_(None))
            .order_by(BankLine.moved_on, BankLine.id)
            .limit(limit)
        )
    )


def unmatched_lines_page(*, number: int) -> Page[BankLine]:
    """Return one page of the lines without entries, oldest first."""
    statement = select(BankLine).where(BankLine.match_id.is_(None))
    return page_of(statement.order_by(BankLine.moved_on, BankLine.id), number=number)
