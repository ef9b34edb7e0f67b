"""Limits on how often private calendars may be fetched, and wrong addresses tried.

An answer that nothing has changed does not count. A correct address always works, even from a
place where others have tried too many wrong ones.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

from flask import current_app
from werkzeug.exceptions import TooManyRequests

from booking.domain.limits import UNKNOWN_CALENDARS
from booking.foundation import clock
from booking.foundation.web import throttle
from booking.on_the_day.calendars.queries import AskedFeed

HOUR = timedelta(hours=1)
#: How many calendars a process counts at once; it drops the oldest first.
COUNTED_MAX = 10_000
#: By address: when the hour began, and how often the calendar has been sent since. Each process
#: counts for itself: this only stops a program in a loop, and should not cost a write per fetch.
_sent: OrderedDict[str, tuple[datetime, int]] = OrderedDict()


def count_whole(asked: AskedFeed) -> None:
    """Count a private calendar that is sent in full. Raises TooManyRequests."""
    now = clock.now()
    began_at, count = _sent.get(asked.token_hash, (now, 0))
    if not began_at <= now < began_at + HOUR:
        began_at, count = now, 0
    if count >= int(current_app.config["FEED_FETCHES_PER_HOUR"]):
        wait = began_at + HOUR - now
        raise TooManyRequests(retry_after=max(1, int(wait.total_seconds())))
    _sent[asked.token_hash] = began_at, count + 1
    while len(_sent) > COUNTED_MAX:
        _sent.popitem(last=False)


def count_unknown() -> None:
    """Count a request for a calendar that does not exist. Raises TooManyRequests."""
    throttle.count_visit(UNKNOWN_CALENDARS)
