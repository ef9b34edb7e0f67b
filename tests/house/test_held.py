"""Whatever is about a pupil, a family or an adult is in somebody's `held.py`, column by column."""

from booking.foundation import holdings
from booking.foundation.db import Model
from booking.rights.subjects import queries as subject_queries

#: Rows that more than one family's rows refer to: whoever refers to them is not held about one.
SHARED = {"people", "schools", "events", "event_dates", "places", "entries", "balance_rows"}
#: Tables that a family's rows lead to and that say nothing about it, and why.
NOTHING = {"row_entries": "which entry of the ledger belongs to which row of the card processor"}
TABLES = Model.metadata.tables


def about_families():
    """Return the tables that refer to a pupil or a parent, however many steps away."""
    found = {"pupils", "parents"}
    while (
        more := {
            name
            for name, table in TABLES.items()
            if {key.column.table.name for key in table.foreign_keys} & (found - SHARED)
        }
        - found
    ):
        found |= more
    return found - NOTHING.keys()


def test_every_table_about_a_family_is_in_some_part(app):
    held = {part.table.name for part in subject_queries.parts()}

    assert about_families() - held == set()
    # To show that the rule sees them.
    assert {"consents", "refunds", "register_taps", "incident_pupils"} <= about_families()


def test_every_table_of_an_adults_own_is_in_some_part(app):
    held = {part.table.name for part in subject_queries.parts() if part.adult}
    own = {
        name
        for name, table in TABLES.items()
        if "person_id" in table.c and table.c.person_id.primary_key
    }

    assert own - held == set()
    assert {"people", "role_grants", "messages", "web_sessions", "feeds"} <= held


def test_a_part_leaves_out_no_column_without_saying_why(app):
    wrong = [
        f"{part.title}: {column}"
        for part in subject_queries.parts()
        for column, why in part.left_out.items()
        if column not in part.table.c or len(why) < 10
    ]

    assert wrong == []


def test_every_reading_is_told_in_a_history(app):
    told = {name for acts in holdings.readings() for name in acts}

    assert {"read_health", "download_roster", "download_coach_list", "read_incident"} <= told
