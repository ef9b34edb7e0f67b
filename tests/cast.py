"""The named cast: the schools and people in tests, the demonstration, docs and pictures."""

from booking.cli.cast import (
    AUDITOR,
    COORDINATORS,
    HOSTS,
    LEAD,
    PASSWORD,
    PEOPLE,
    SCHOOLS,
    TREASURER,
    CastSchool,
    DaysFacts,
    PersonFacts,
    person,
    school,
    school_year_days,
)

__all__ = [
    "AUDITOR",
    "COORDINATORS",
    "HOSTS",
    "LEAD",
    "PASSWORD",
    "PEOPLE",
    "SCHOOLS",
    "TREASURER",
    "CastSchool",
    "DaysFacts",
    "PersonFacts",
    "person",
    "school",
    "school_year_days",
]
