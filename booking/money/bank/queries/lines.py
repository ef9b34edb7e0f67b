"""Statements and their lines, and what a file would add to them."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from booking.foundation.db import db
from booking.foundation.web.paging import Page, page_of
from booking.money.bank.models import BankLine, BankMatch, BankStatement, MatchedEntry
from booking.money.fund import queries as fund_queries


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
                .joinedload(MatchedEntry.entry)
                .options(*fund_queries.NAMED),
                joinedload(BankLine.match).joinedload(BankMatch.made_by),
            )
        )
        .unique()
        .one_or_none()
    )


def lines_matched_with(entry_id: int) -> list[BankLine]:
    """Return the lines that an entry is matched with, oldest first."""
    statement = (
        select(BankLine)
        .join(MatchedEntry, MatchedEntry.match_id == BankLine.match_id)
        .where(MatchedEntry.entry_id == entry_id)
        .order_by(BankLine.moved_on, BankLine.id)
    )
    return list(db.session.scalars(statement))


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
