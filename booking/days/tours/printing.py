"""A leader's certificate: the stops they led and how long, signed by their own school."""

from collections.abc import Sequence
from datetime import datetime

from booking.days.tours import words
from booking.days.tours.models import TourLeader, TourStop
from booking.domain import terms
from booking.foundation.web import paper


def certificate(leader: TourLeader, stops: Sequence[TourStop], *, made_at: datetime) -> bytes:
    """Return a certificate as a PDF file."""
    tour = leader.tour
    facts = {
        "name": leader.name,
        "school": tour.leading_school.name,
        "title": tour.title,
        "teacher": tour.teacher,
        "hours": words.lasts(sum(_minutes(stop) for stop in stops)),
        "stops": [[stop.school.name, words.when(stop)] for stop in stops],
        "made": terms.day_text(terms.london(made_at).date()),
    }
    return paper.as_pdf("certificate", facts, made_at=made_at)


def _minutes(stop: TourStop) -> int:
    assert stop.starts_at is not None, "a stop that was led has its time"
    assert stop.ends_at is not None, "a stop that was led has its time"
    return int((stop.ends_at - stop.starts_at).total_seconds()) // 60
