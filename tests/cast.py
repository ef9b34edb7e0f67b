"""The named cast: the schools and people of tests, demonstration, docs and pictures alike."""

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
