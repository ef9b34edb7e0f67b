"""What happened to one thing: its own acts, and those of the rows that belong to it."""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any

from sqlalchemy import Select, String, and_, cast, func, or_, select, union

from booking.foundation.audit import ports
from booking.foundation.audit.details import (
    EVERYTHING,
    HistoryFilter,
    HistoryReader,
    Related,
    Topic,
)
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.foundation.web.paging import Page, page_of

#: So many people are offered in the list of who acted; those who acted last come first.
PEOPLE_MAX = 100


def page(
    reader: HistoryReader, hidden: Collection[Any], wanted: HistoryFilter, *, number: int
) -> Page[AuditEntry]:
    """Return one page of a history, newest first: one query, two where there are more pages."""
    statement = _of(reader, hidden).where(*_narrowed(wanted)).order_by(AuditEntry.id.desc())
    return page_of(statement, number=number)


def newest(
    reader: HistoryReader,
    hidden: Collection[Any],
    *,
    most: int,
    wanted: HistoryFilter = EVERYTHING,
) -> list[AuditEntry]:
    """Return the newest entries of a history: one query."""
    found = _of(reader, hidden).where(*_narrowed(wanted))
    statement = found.order_by(AuditEntry.id.desc()).limit(most)
    return list(db.session.scalars(statement))


def actions(reader: HistoryReader, hidden: Collection[Any]) -> list[str]:
    """Return the actions that occur in a history."""
    statement = _of(reader, hidden).with_only_columns(AuditEntry.action).distinct()
    return list(db.session.scalars(statement))


def actors(reader: HistoryReader, hidden: Collection[Any]) -> list[tuple[int | None, str]]:
    """Return who acted in a history: people by their ids, others by what they are."""
    statement = (
        _of(reader, hidden)
        .with_only_columns(AuditEntry.person_id, AuditEntry.actor_kind)
        .group_by(AuditEntry.person_id, AuditEntry.actor_kind)
        .order_by(func.max(AuditEntry.id).desc())
        .limit(PEOPLE_MAX)
    )
    return [(person_id, kind) for person_id, kind in db.session.execute(statement)]


def _of(reader: HistoryReader, hidden: Collection[Any]) -> Select[AuditEntry]:
    """Select what this reader sees of a history. Each part of the union has an index."""
    parts = [
        select(AuditEntry.id).where(
            AuditEntry.subject_type == reader.table, AuditEntry.subject_id == str(reader.row_id)
        ),
        *_by_column(reader),
        *map(_by_related, chain.from_iterable(ports.related(reader.table, reader.row_id))),
    ]
    ids = union(*parts).subquery()
    return select(AuditEntry).where(AuditEntry.id.in_(select(ids.c.id)), *hidden)


def _by_column(reader: HistoryReader) -> Iterable[Select[int]]:
    """Select by what the entries themselves say about whose they are."""
    columns = {"schools": AuditEntry.school_id, "people": AuditEntry.person_id}
    if reader.table in columns:
        yield select(AuditEntry.id).where(columns[reader.table] == reader.row_id)


def _by_related(related: Related) -> Select[int]:
    [key] = related.ids.subquery().c
    found = select(AuditEntry.id).where(
        AuditEntry.subject_type == related.table,
        AuditEntry.subject_id.in_(select(cast(key, String))),
    )
    if related.actions:
        found = found.where(AuditEntry.action.in_(related.actions))
    if related.schools is not None:
        found = found.where(AuditEntry.school_id.in_(related.schools))
    return found if related.since is None else found.where(AuditEntry.at >= related.since)


def _narrowed(wanted: HistoryFilter) -> Iterable[Any]:
    if wanted.actions:
        yield AuditEntry.action.in_(wanted.actions)
    if wanted.who.isdecimal():
        yield AuditEntry.person_id == int(wanted.who)
    elif wanted.who:
        yield and_(AuditEntry.person_id.is_(None), AuditEntry.actor_kind == wanted.who)
    if wanted.since is not None:
        yield AuditEntry.at >= wanted.since
    if wanted.until is not None:
        yield AuditEntry.at < wanted.until


def hidden_from(
    reader: HistoryReader, by_topic: Mapping[Topic, Collection[str]], *, in_log: bool = False
) -> list[Any]:
    """Return what keeps acts from a reader: those of another school's families, money, accounts.

    `in_log`: the acts are listed for whoever reads the log, where all that was opened is listed.
    """
    own = AuditEntry.school_id.in_(reader.school_ids)
    shown = {
        Topic.FAMILY: False,
        Topic.FUNDING: reader.may_see_funding,
        Topic.READING: in_log and reader.may_see_log,
        Topic.MONEY: reader.may_see_money,
    }
    hidden = [name for topic, may in shown.items() if not may for name in by_topic.get(topic, ())]
    found = [or_(AuditEntry.action.not_in(hidden), own)]
    if not reader.may_see_accounts:
        oneself = and_(
            AuditEntry.subject_type == "people", AuditEntry.subject_id == str(reader.person_id)
        )
        found.append(
            or_(
                AuditEntry.action.not_in(by_topic.get(Topic.ACCOUNTS, ())),
                own,
                AuditEntry.person_id == reader.person_id,
                oneself,
            )
        )
    return found
