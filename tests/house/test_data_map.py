"""The data map (`make data-map`) tells of everything by which the program goes."""

from booking.domain import keeping, readers
from booking.domain.keeping import Whose
from tests import data_map


def test_the_map_has_every_kind_of_data_and_every_reader():
    drawn = data_map.drawn()

    assert data_map.headings(drawn)[: len(Whose)] == [str(whose) for whose in Whose]
    assert [row.what for row in keeping.TABLE if f"| {row.what} |" not in drawn] == []
    assert [
        (question.name, reader.who)
        for question in readers.QUESTIONS
        for reader in question.readers
        if f"| {question.name} | {reader.who} | {reader.window.words} |" not in drawn
    ] == []


def test_the_map_says_what_is_encrypted():
    encrypted = data_map.drawn().partition("## What is encrypted in the database")[2]

    for column in ("`needs`: health", "`messages`: html", "`incidents`: what"):
        assert f"- {column}\n" in encrypted


def test_what_is_most_sensitive_is_on_the_highest_level():
    highest = {row.what for row in keeping.TABLE if data_map.level(row) == 4}

    assert any("ealth" in what for what in highest)
    assert {row.whose for row in keeping.TABLE if data_map.level(row) >= 3} >= {Whose.FAMILIES}
