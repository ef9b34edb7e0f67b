"""Bids as a source of entries for private calendars: the day, and the last day to claim."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import icalendar
import sqlalchemy as sa

from booking.days.events import feeds, ical
from booking.domain import permissions, terms
from booking.domain.bidding import PROMISED, BidState
from booking.domain.permissions import Action, Actor, Role
from booking.foundation.db import db
from booking.money.bids.models import Bid


def source() -> feeds.Source:
    """Return bids as entries of private calendars."""
    return feeds.Source(
        kind="cpd",
        label="CPD that the network pays towards",
        hint="The day itself, and the last day to claim.",
        offered=_is_offered,
        select=_in_calendar_of,
        write=write,
    )


def _is_offered(actor: Actor) -> bool:
    return permissions.may(actor, Action.BID)


def _in_calendar_of(actor: Actor) -> feeds.Select:
    """Return the statement for a person's own bids and those of the schools they coordinate."""
    claimable = sa.and_(Bid.state == BidState.APPROVED, Bid.lapses_at >= feeds.NOW)
    said = sa.cast(Bid.takes_place_on, sa.String) + sa.literal("/") + Bid.title
    return feeds.rows(
        Bid.id,
        changed_at=Bid.approved_at,
        version=said,
        leaves_at=sa.case((claimable, Bid.lapses_at)),
    ).where(
        sa.or_(
            Bid.applicant_id == actor.person_id,
            Bid.school_id.in_(actor.school_ids(Role.COORDINATOR)),
        ),
        Bid.state.in_((*PROMISED, BidState.SPENT)),
    )


def write(
    ids: Sequence[int], *, actor: Actor, base_url: str, now: datetime
) -> Iterable[icalendar.Event]:
    """Yield the day of each bid and, while it can be claimed, the last day for that."""
    for bid in db.session.scalars(sa.select(Bid).where(Bid.id.in_(ids)).order_by(Bid.id)):
        on, lapses_at = bid.takes_place_on, bid.lapses_at
        yield _entry(f"training-{bid.id}", on, f"CPD: {bid.title}", bid, base_url)
        if bid.state is BidState.APPROVED and lapses_at is not None and lapses_at >= now:
            on = terms.london(lapses_at).date()
            title = f"Last day to claim CPD money: {bid.title}"
            yield _entry(f"claim-{bid.id}", on, title, bid, base_url)


def _entry(what: str, on: date, title: str, bid: Bid, base_url: str) -> icalendar.Event:
    assert bid.approved_at is not None, "only what was approved is in a calendar"
    return ical.all_day_entry(
        uid=ical.identity(base_url, what),
        first_on=on,
        last_on=on,
        title=title,
        stamped_at=bid.approved_at,
    )
