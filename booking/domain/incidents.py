"""Incidents at an event: their kinds, the steps when a pupil is missing, how long one is kept."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from booking.domain import terms

#: The age at which the record of an incident need not be kept any longer, and the year group in
#: whose school year a pupil becomes five, from which that age is counted.
ADULT_AGE, RECEPTION, RECEPTION_AGE = 25, 0, 5
YEARS = 3


class IncidentKind(StrEnum):
    """What an incident is."""

    INCIDENT = "incident"
    FIRST_AID = "first_aid"
    MISSING = "missing"
    COUNTS = "counts"


#: What somebody can write down; the others begin on pages of their own.
WRITTEN = (IncidentKind.INCIDENT, IncidentKind.FIRST_AID)
KIND_WORDS = {
    IncidentKind.INCIDENT: "Incident",
    IncidentKind.FIRST_AID: "First aid",
    IncidentKind.MISSING: "Missing pupil",
    IncidentKind.COUNTS: "Numbers do not agree",
}


class MissingStep(StrEnum):
    """What is done when a pupil cannot be found, in this order."""

    SEARCH = "search"
    GATES = "gates"
    LEADER = "leader"
    SAFEGUARDING = "safeguarding"
    HOME_SCHOOL = "home_school"
    POLICE = "police"


STEP_WORDS = {
    MissingStep.SEARCH: "Search the building and the grounds, room by room",
    MissingStep.GATES: "Have somebody stand at every gate and door",
    MissingStep.LEADER: "Tell whoever leads the event",
    MissingStep.SAFEGUARDING: "Tell the host’s designated safeguarding lead",
    MissingStep.HOME_SCHOOL: "Ring the pupil’s own school: it rings the parents",
    MissingStep.POLICE: "Ring 999",
}


class KeptFor(StrEnum):
    """How long the record of a closed incident is kept."""

    NEXT_YEAR = "next_year"
    THREE_YEARS = "three_years"
    GROWN_UP = "grown_up"


KEPT_WORDS = {
    KeptFor.NEXT_YEAR: "Until the end of the next school year",
    KeptFor.THREE_YEARS: "For three years",
    KeptFor.GROWN_UP: "Until the pupil is 25 (a serious accident)",
}


def kept_until(kept: KeptFor, happened_on: date, year_group: int | None) -> date:
    """Return the last day on which the record of a closed incident is kept.

    `year_group` is the pupil's, the youngest one's if there are several; None if it is about no
    pupil. No date of birth is held: whoever is in a year group is 25 by the end of the school year
    in which its pupils become 25.
    """
    _, this_year = terms.school_year_bounds(terms.school_year(happened_on))
    if kept is KeptFor.THREE_YEARS:
        return _later(happened_on, YEARS)
    if kept is KeptFor.GROWN_UP and year_group is not None:
        return _later(this_year, ADULT_AGE - RECEPTION_AGE - (year_group - RECEPTION))
    return _later(this_year, 1)


def _later(on: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 1 March."""
    year = on.year + years
    if (on.month, on.day) == (2, 29) and (year % 4 or (year % 100 == 0 and year % 400)):
        return date(year, 3, 1)
    return on.replace(year=year)


def ring_999_at(started_at: datetime, after: timedelta) -> datetime:
    """Return when 999 is rung if the pupil has not been found, by the host's plan."""
    return started_at + after
