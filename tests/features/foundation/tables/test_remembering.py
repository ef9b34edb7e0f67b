"""What columns were said to be is kept by owner; what a page carries comes back unchanged."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from booking.foundation.db import transaction
from booking.foundation.tables import carried, reading, remembering
from booking.foundation.tables.models import PointedColumn
from booking.foundation.tables.records import NOT_NEEDED, TableChoices
from tests.features.foundation.tables.test_reading import PEOPLE

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
CONTENT = b"Vorname;Nachname;Klasse\nAmara;Okoro;5"


def read(columns, earlier=None):
    choices = TableChoices(columns=columns)
    return reading.read(CONTENT, PEOPLE, choices=choices, remembered=earlier or {})


def remember(said, owner="school 1", dialect="people"):
    with transaction():
        remembering.remember(dialect=dialect, owner=owner, said=said, now=NOW)


def known(owner="school 1", dialect="people"):
    return remembering.known(dialect=dialect, owner=owner)


def test_what_a_column_is_is_known_for_the_next_file_of_the_same_owner(db_session):
    remember(remembering.said_of(read({0: "forename", 2: NOT_NEEDED}), {}))

    assert known() == {"vorname": "forename", "klasse": NOT_NEEDED}
    assert known(owner="school 2") == known(dialect="bank") == {}
    assert read({}, known()).pointed == {0: "forename", 2: NOT_NEEDED}


def test_what_was_said_can_be_changed_and_taken_back(db_session):
    remember({"vorname": "forename", "klasse": "class"})
    table = read({0: "surname", 2: ""}, known())

    remember(remembering.said_of(table, known()))

    assert known() == {"vorname": "surname"}


def test_saying_the_same_again_changes_nothing(db_session):
    for _ in range(2):
        remember({"vorname": "forename"})

    assert len(db_session.scalars(select(PointedColumn)).all()) == 1


@pytest.mark.parametrize(
    "title", ["amara@school.example", "07700 900123", "12345", "01/02/2017", "x" * 81, "–"]
)
def test_what_does_not_look_like_a_title_is_never_kept(title):
    table = reading.read(
        f"{title};Nachname\nAmara;Okoro".encode(),
        PEOPLE,
        choices=TableChoices(header_line=1, columns={0: "forename", 1: "surname"}),
    )

    assert remembering.said_of(table, {}) == {"nachname": "surname"}


@pytest.mark.parametrize("content", [b"\xff\xfea\0", b"", "Zoë\t5\r\n", b"PK\x03\x04" * 9])
def test_carried_content_comes_back_as_it_was(content):
    packed = carried.pack(content, secret="s", owner="school 1 person 2")

    assert carried.unpack(packed, secret="s", owner="school 1 person 2") == content


@pytest.mark.parametrize("wrong", [{"secret": "t"}, {"owner": "school 1 person 3"}])
def test_carried_content_of_somebody_else_is_refused(wrong):
    right = {"secret": "s", "owner": "school 1 person 2"}
    packed = carried.pack(b"a", **right)

    with pytest.raises(carried.ContentTooOld, match="Choose the file again"):
        carried.unpack(packed, **{**right, **wrong})
    with pytest.raises(carried.ContentTooOld):
        carried.unpack("x", **right)


def test_carried_content_grows_old(time_machine):
    right = {"secret": "s", "owner": "school 1"}
    time_machine.move_to(1_800_000_000)
    packed = carried.pack(b"a", **right)
    time_machine.shift(carried.KEPT_FOR.total_seconds() + 2)

    with pytest.raises(carried.ContentTooOld):
        carried.unpack(packed, **right)
