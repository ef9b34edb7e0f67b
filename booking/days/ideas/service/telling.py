"""Tell whose idea was seconded, in one mail a day at most."""

from datetime import datetime
from itertools import groupby
from operator import itemgetter

from booking.days.ideas import queries
from booking.days.ideas.service import mail
from booking.foundation.db import db

#: How many seconds one run of the job tells of.
SECONDS_PER_SWEEP = 500


def tell_of_seconds(*, now: datetime) -> int:
    """Write to each person whose ideas were seconded; return how many were written to.

    Somebody who had such a mail today has the next one tomorrow.
    """
    told = 0
    rows = db.session.execute(queries.untold().limit(SECONDS_PER_SWEEP)).all()
    for person, of_person in groupby(rows, key=itemgetter(2)):
        seconds = [(second, idea) for second, idea, _ in of_person]
        if not mail.tell_of_seconds(person, seconds, now=now):
            continue
        told += 1
        for second, _ in seconds:
            second.told_at = now
    return told
