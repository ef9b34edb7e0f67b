"""Every column that can hold something about a person is in the table of what is kept."""

from sqlalchemy import JSON, Enum, LargeBinary, String

from booking.application import create_app
from booking.domain import keeping
from booking.domain.keeping import impersonal
from booking.foundation.db import db
from booking.foundation.encryption import EncryptedBytes, EncryptedText
from booking.upkeep import purging

WORDS = (String, JSON, LargeBinary, EncryptedText, EncryptedBytes)
FAMILY = {"pupils", "parents"}
NAMED = frozenset().union(*(row.columns for row in keeping.TABLE))


def every_column():
    return {f"{c.table.name}.{c.name}": c for t in db.metadata.tables.values() for c in t.columns}


def may_be_about_somebody(column):
    """Whether a column holds words of any kind, or says which family something is about."""
    if column.foreign_keys:
        return any(key.column.table.name in FAMILY for key in column.foreign_keys)
    if column.name.endswith(impersonal.ENDINGS):
        return False
    return isinstance(column.type, WORDS) and not isinstance(column.type, Enum)


def rules():
    with create_app({"APP_ENV": "testing"}).app_context():
        return purging.rules()


def test_every_column_about_somebody_is_in_the_table_of_what_is_kept():
    rules()
    found = {name for name, column in every_column().items() if may_be_about_somebody(column)}

    unsaid = sorted(found - NAMED - impersonal.COLUMNS)

    assert unsaid == [], "say in domain/keeping how long each is kept, or that it is about nobody"


def test_the_table_names_no_column_that_is_not_there():
    rules()
    every = set(every_column())

    assert sorted(NAMED - every) == []
    assert sorted(impersonal.COLUMNS - every) == []
    assert sorted(impersonal.COLUMNS & NAMED) == [], "about nobody, or kept for a time?"


def test_every_promise_is_carried_out_by_a_rule():
    carried_out = {rule.kept for rule in rules()}

    assert carried_out <= set(keeping.TABLE), "the privacy page does not say so"
    promised = {row for row in keeping.TABLE if row.time is not None}
    assert [row.what for row in keeping.TABLE if row in promised - carried_out] == []


def test_every_table_with_something_encrypted_binds_it_to_its_rows():
    rules()
    without = [
        table.name
        for table in db.metadata.sorted_tables
        if any(isinstance(c.type, EncryptedText | EncryptedBytes) for c in table.columns)
        and "seal" not in table.c
    ]

    assert without == [], "let its class begin with Sealed, and draw seals as 0084_seals does"
