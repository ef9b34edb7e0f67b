"""The worker's run: ask every partner that is due, read the answer, record it."""

import logging
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from booking.days.partners import fetching, reading, service
from booking.days.partners.addresses import NotAnAddress
from booking.days.partners.service import ClaimedFeed
from booking.foundation import clock
from booking.foundation.db import retrying, transaction

log = logging.getLogger(__name__)
#: How many are fetched in one run: each may take half a minute.
TURN_MAX = 5


def read_due(now: datetime, *, door: fetching.WayOut = fetching.DOOR) -> int:
    """Read the calendars that are due; return how many were asked for.

    Nobody is asked inside a transaction: calendars are claimed in one and recorded in another.
    """

    def claim() -> list[ClaimedFeed]:
        with transaction():
            return service.claim(now=now, limit=TURN_MAX)

    claims = retrying(claim)
    for one in claims:
        _read(one, door)
    return len(claims)


def _read(one: ClaimedFeed, door: fetching.WayOut) -> None:
    today = clock.today()
    try:
        answer = fetching.fetch(one.url, one.known, door=door)
        body_hash = sha256(answer.body).hexdigest() if answer.body is not None else one.body_hash
        found = None
        if answer.body is not None and body_hash != one.body_hash:
            found = reading.read_apart(answer.body, first_on=today, last_on=today + service.AHEAD)
    except fetching.NobodyThere as error:
        _record(service.record_nobody, one, problem=str(error))
        return
    except fetching.HasMoved as error:
        _record(service.record_problem, one, problem=str(error), moved_to=error.url)
        return
    except (fetching.CannotFetch, reading.Unreadable, NotAnAddress) as error:
        log.warning("a partner's calendar could not be read: %s", type(error).__name__)
        _record(service.record_problem, one, problem=str(error))
        return
    if found is None:
        _record(service.record_unchanged, one, known=answer.known)
    else:
        _record(service.record_reading, one, known=answer.known, body_hash=body_hash, found=found)


def _record(write: Callable[..., None], one: ClaimedFeed, **facts: object) -> None:
    def unit() -> None:
        with transaction():
            write(now=clock.now(), feed_id=one.feed_id, url=one.url, **facts)

    retrying(unit)
