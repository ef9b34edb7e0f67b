"""Letters for families who are asked on paper: each opens its own private page, by QR or a code.

A code is short enough to type, so it is not kept but worked out with a key of the site's, is
counted when it is tried, and opens only while the family may answer. A new letter leaves earlier
ones as they are: they may be in somebody's bag already. A lost letter is ended by whoever prints
another one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import insert, select, update

from booking.days.events.models import Event
from booking.days.places import locks as place_locks
from booking.days.places import ports as place_ports
from booking.days.places.models import Booking
from booking.days.places.service import deadlines, invitations
from booking.domain import replying
from booking.domain.permissions import PARENT, Actor
from booking.foundation import tokens
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.checkout import words
from booking.money.checkout.queries import slips
from booking.money.checkout.service.consent import ANSWERABLE
from booking.people.pupils.models import Parent, ParentLink
from booking.people.schools.models import School


class NobodyToAsk(ValueError):
    """Every family has answered, so there is no letter to write."""

    def __init__(self) -> None:
        super().__init__("All families have answered, so there is no letter to print.")


class UnknownCode(ValueError):
    """No letter has this code, or what it was for is over."""

    def __init__(self) -> None:
        super().__init__(
            "No letter with this code is open. Check each letter, or fill in the slip, or ask the "
            "school."
        )


@dataclass(frozen=True)
class FamilyLetter:
    """What one family's letter says of its own."""

    pupil_name: str
    forename: str
    year_group: int
    parent_name: str
    reply_by_at: datetime
    consent: tuple[str, ...]
    #: How the charge is paid by bank transfer; empty if it is not.
    way_to_pay: str = ""
    #: The private page and the code that opens it; empty if no parent is on the school's list.
    url: str = ""
    code: str = ""


def write_letters(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    school: School,
    key: str,
    booking_id: int | None = None,
    ends_earlier: bool = False,
) -> list[FamilyLetter]:
    """Return a letter for each of a school's families that has not answered, or for one of them.

    `key` is the site's own, for the codes. Raises EventNotOpen, NobodyToAsk.
    """
    event = place_locks.open_event(event.id, now)
    bookings = slips.to_write_to(event.id, school.id, booking_id)
    if not bookings:
        raise NobodyToAsk
    if ends_earlier:
        _end_letters([booking.id for booking in bookings], now=now)
    if_given_now = deadlines.after(event, school.id, event.reply_days, now)
    letters, links = [], []
    asked: list[tuple[Booking, Parent | None]] = []
    for booking in bookings:
        opens = _opening(event, booking, key=key, now=now)
        letters.append(_letter(booking, opens, if_given_now, now=now))
        links += [opens.link] if opens else []
        asked.append((booking, opens.parent if opens else None))
    _save(links)
    letters = _with_ways_to_pay(letters, asked, now=now)
    one = booking_id is not None
    audit.record(
        actor=actor,
        action="print_letter" if one else "print_letters",
        subject=bookings[0] if one else event,
        school_id=school.id,
        now=now,
        letters=len(letters),
        bookings=[booking.id for booking in bookings],
    )
    return letters


def open_letter(*, now: datetime, code: str, keys: list[str]) -> str:
    """Return the token of a new private link to the page that a code opens. Raises UnknownCode."""
    link = _link_of(code, keys)
    if link is None:
        raise UnknownCode
    booking = place_locks.booking_at_event(link.booking_id)
    db.session.refresh(link)
    is_over = link.revoked_at is not None or link.expires_at <= now
    if is_over or booking.state not in ANSWERABLE:
        raise UnknownCode
    _, url = invitations.new_link(booking.event, booking, link.parent, now=now)
    audit.record(
        actor=PARENT, action="open_letter", subject=booking, school_id=booking.school_id, now=now
    )
    return url.rpartition("/")[2]


def _link_of(code: str, keys: list[str]) -> ParentLink | None:
    """Return the link of the letter that has this code."""
    number = tokens.typed_code(code)[: tokens.NUMBER_LENGTH]
    of_1_0 = [tokens.code_hash(code, key) for key in keys]
    named = ParentLink.code_hash.startswith(f"{number}:", autoescape=True)
    for link in db.session.scalars(
        select(ParentLink).where(named | ParentLink.code_hash.in_(of_1_0)).order_by(ParentLink.id)
    ):
        kept = link.code_hash or ""
        if kept in of_1_0 or any(tokens.is_code_of(code, kept, key) for key in keys):
            return link
    return None


@dataclass(frozen=True)
class _Opening:
    """A letter's private link, not saved yet, and what opens it."""

    link: ParentLink
    parent: Parent
    url: str
    code: str


def _opening(event: Event, booking: Booking, *, key: str, now: datetime) -> _Opening | None:
    parents = booking.pupil.parents
    parent = min(parents, key=lambda each: (bool(each.email), each.id), default=None)
    if parent is None:
        return None
    link, token = invitations.unsaved_link(event, booking, parent, now=now)
    link.code_hash = tokens.new_code_mark()
    code = tokens.code_of(link.code_hash, key)
    return _Opening(link, parent, absolute_url(addresses.PARENT(token=token)), code)


def _letter(
    booking: Booking, opens: _Opening | None, if_given_now: datetime, *, now: datetime
) -> FamilyLetter:
    """Return the letter. It never names a later date than counts, whenever it is given out."""
    assert booking.reply_by_at is not None, "an invitation has a deadline"
    assert booking.invited_at is not None, "and a beginning"
    reply_by_at = booking.reply_by_at
    is_told = booking.invitation_sent_at or booking.asked_on_paper_at
    if not is_told and now > booking.invited_at + replying.ON_TIME:
        reply_by_at = max(reply_by_at, if_given_now)
    return FamilyLetter(
        pupil_name=booking.pupil.name,
        forename=booking.pupil.forename,
        year_group=booking.pupil.year_group,
        parent_name=opens.parent.name if opens else "",
        reply_by_at=reply_by_at,
        consent=words.consent(booking).sentences,
        url=opens.url if opens else "",
        code=opens.code if opens else "",
    )


def _with_ways_to_pay(
    letters: Sequence[FamilyLetter],
    asked: Sequence[tuple[Booking, Parent | None]],
    *,
    now: datetime,
) -> list[FamilyLetter]:
    """Return the letters with how each is paid by bank transfer, asked for all at once."""
    known = [(booking, parent) for booking, parent in asked if parent is not None]
    said = iter(place_ports.ways_to_pay(known, now=now))
    return [
        letter if parent is None else replace(letter, way_to_pay=next(said))
        for letter, (_, parent) in zip(letters, asked, strict=True)
    ]


def _save(links: Sequence[ParentLink]) -> None:
    """Save the links by one statement, however many there are."""
    columns = [column.key for column in ParentLink.__table__.columns if column.key != "id"]
    if links:
        rows = [{name: getattr(link, name) for name in columns} for link in links]
        db.session.execute(insert(ParentLink), rows)


def _end_letters(booking_ids: Collection[int], *, now: datetime) -> None:
    db.session.execute(
        update(ParentLink)
        .where(
            ParentLink.booking_id.in_(booking_ids),
            ParentLink.code_hash.is_not(None),
            ParentLink.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
