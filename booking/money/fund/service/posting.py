"""Write entries into the ledger: post one, or the mirror image of one."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from booking.days.events.models import Event
from booking.domain import funds, ledger
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.money.fund import queries
from booking.money.fund.models import Entry, EntryLine, EntrySize
from booking.money.fund.whole_entries import draft_of


class KeyTaken(ValueError):
    """The ledger holds another entry under this key; nothing was written."""


class NoSuchEvent(ValueError):
    """The entry is for an event that does not exist."""


class NotToReverse(ValueError):
    """The entry to reverse is not in the ledger."""


class AlreadyReversed(ValueError):
    """The entry has already been reversed, which can only be done once."""


class DateInFuture(ValueError):
    """The date is in the future, but the ledger records what has happened."""


class UnknownFund(ValueError):
    """A line names a fund that the network does not have."""


def post(
    *,
    actor: Actor,
    now: datetime,
    draft: ledger.Draft,
    event_id: int | None = None,
    entered_on: date | None = None,
    happened_on: date | None = None,
) -> Entry:
    """Write a draft into the ledger within the caller's transaction, and return its entry.

    Posting the same fact again (same key, kind, lines and event) returns the existing entry.
    `event_id` may be left out: the draft's event is then found by its slug. The date it counts for
    is today in London, unless a person types one (`entered_on`, which may be refused) or it comes
    from outside (`happened_on`, which is never refused: see `ledger.day_of_fact`).

    Raises KeyTaken, NoSuchEvent, UnknownFund, DateInFuture, ledger.YearIsClosed, and what
    `ledger.check` raises.
    """
    assert entered_on is None or actor.kind != "worker", "a day from outside is no typed one"
    ledger.check(draft)
    today = now.astimezone(LONDON).date()
    told = draft
    if happened_on is not None:
        entered_on = ledger.day_of_fact(happened_on, queries.closed_until(), today)
        late = ledger.told_late(happened_on, entered_on)
        draft = replace(draft, reason=f"{draft.reason} {late}".strip())
    if event_id is None and draft.event is not None:
        event_id = _event_id(draft.event)
    if found := _posted(draft.key):
        return _same(found, draft, event_id)
    check_day(entered_on or today, today)
    _check_funds(draft)
    entry = _entry(draft, event_id, actor, now, entered_on or today)
    try:
        with db.session.begin_nested():
            db.session.add(entry)
    except IntegrityError:
        # Somebody was quicker and has already committed: the same key, or the closing of the year.
        if found := _posted(draft.key):
            return _same(found, draft, event_id)
        if happened_on is not None and (queries.closed_until() or date.min) >= entry.entered_on:
            return post(
                actor=actor, now=now, draft=told, event_id=event_id, happened_on=happened_on
            )
        check_day(entry.entered_on, today)
        raise
    audit.record(
        actor=actor,
        action="post_entry",
        subject=entry,
        reason=entry.reason,
        now=now,
        key=entry.key,
        kind=entry.kind,
        event_id=event_id,
    )
    return entry


def check_day(on: date, today: date) -> None:
    """Raise DateInFuture or ledger.YearIsClosed unless an entry may be dated on this day."""
    if on > today:
        raise DateInFuture("This date is in the future. Enter the day on which it happened.")
    ledger.check_open(on, queries.closed_until())


def _check_funds(draft: ledger.Draft) -> None:
    for fund in dict.fromkeys(line.fund for line in draft.lines):
        if not funds.is_built_in(fund) and queries.fund_named(fund) is None:
            raise UnknownFund(f"The network has no fund “{fund}”. Add it to its funds first.")


def reversible(entry: Entry, *, reason: str) -> ledger.Draft:
    """Return the mirror image of an entry, and write nothing. Raises as `undoing.reverse` does."""
    draft = ledger.reversal(draft_of(entry), reason=reason)
    if _posted(draft.key) is not None:
        raise AlreadyReversed("This entry has already been reversed. Record it again correctly.")
    return draft


def undo(*, actor: Actor, now: datetime, entry: Entry, reason: str) -> Entry:
    """Post the mirror image of an entry, whatever its size; somebody has decided on it."""
    draft = reversible(entry, reason=reason)
    return post(actor=actor, now=now, draft=draft, event_id=entry.event_id)


def pence_of(entry: Entry) -> int:
    """Return the size of an entry, in pence, as people speak of it."""
    return ledger.amount(draft_of(entry).lines)


def _entry(
    draft: ledger.Draft, event_id: int | None, actor: Actor, now: datetime, entered_on: date
) -> Entry:
    reversed_entry = _posted(draft.reverses) if draft.reverses else None
    if draft.reverses and reversed_entry is None:
        raise NotToReverse(
            "The entry to reverse is not in the ledger. Look for it in the list of entries."
        )
    return Entry(
        key=draft.key,
        kind=draft.kind.value,
        description=draft.description,
        entered_on=entered_on,
        entered_at=now,
        event_id=event_id,
        made_by_id=actor.person_id,
        reason=draft.reason,
        reverses_id=reversed_entry.id if reversed_entry else None,
        school=draft.school or "",
        line_count=len(draft.lines),
        size=EntrySize(pence=ledger.amount(draft.lines)),
        lines=[
            EntryLine(account=line.account, fund=line.fund, pence=line.pence, memo=line.memo)
            for line in draft.lines
        ],
    )


def _posted(key: str) -> Entry | None:
    statement = select(Entry).where(Entry.key == key).options(selectinload(Entry.lines))
    return db.session.scalars(statement).one_or_none()


def _event_id(slug: str) -> int:
    found = db.session.scalar(select(Event.id).where(Event.slug == slug))
    if found is None:
        raise NoSuchEvent(f"There is no event “{slug}”. Choose one from the list.")
    return found


def _same(entry: Entry, draft: ledger.Draft, event_id: int | None) -> Entry:
    here = Counter((line.account, line.fund, line.pence, line.memo) for line in entry.lines)
    asked = Counter((line.account, line.fund, line.pence, line.memo) for line in draft.lines)
    if (here, entry.kind, entry.event_id) != (asked, draft.kind.value, event_id):
        raise KeyTaken(
            f"The ledger already has another entry under “{draft.key}”. Choose another key."
        )
    return entry
