"""A chain names the first row that was changed, removed or added after it was sealed."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import chain
from booking.domain.chain import GENESIS, Broken

Row = tuple[int, bytes]


def rows(count: int) -> list[Row]:
    """Rows with gaps between their ids, as a database leaves them."""
    return [(i * 2 + 1, chain.row_bytes({"id": i * 2 + 1, "pence": i})) for i in range(count)]


def sealed(all_rows: list[Row], size: int) -> list[chain.Seal]:
    """The seals of these rows in batches of this size."""
    seals, previous = [], GENESIS
    for start in range(0, len(all_rows), size):
        seals.append(chain.seal(previous, all_rows[start : start + size]))
        previous = seals[-1].hash
    return seals


def test_row_has_one_canonical_form():
    row = {"b": [1, None, True], "a": "é “x”", "on": date(2026, 6, 12)}
    assert chain.row_bytes(row) == '{"a":"é “x”","b":[1,null,true],"on":"2026-06-12"}'.encode()
    assert chain.row_bytes(row) == chain.row_bytes(dict(reversed(row.items())))


def test_instant_is_the_same_in_every_time_zone():
    at = datetime(2026, 6, 12, 9, 0, tzinfo=UTC)
    elsewhere = at.astimezone(timezone(timedelta(hours=5)))
    written = b'{"at":"2026-06-12T09:00:00.000000+00:00"}'
    assert chain.row_bytes({"at": at}) == chain.row_bytes({"at": elsewhere}) == written


@pytest.mark.parametrize(
    "value",
    [1.5, datetime(2026, 1, 1), b"x", {1: 2}, {1, 2}, object()],
)
def test_value_without_one_form_is_refused(value):
    with pytest.raises(chain.NotCanonical):
        chain.row_bytes({"value": value})


def test_link_is_sha256_of_the_hash_before_and_the_row():
    assert chain.link(GENESIS, []) == GENESIS
    once = hashlib.sha256(bytes(32) + b"a").digest()
    assert chain.link(GENESIS, [b"a"]) == once.hex()
    assert chain.link(GENESIS, [b"a", b"b"]) == hashlib.sha256(once + b"b").hexdigest()


@given(st.lists(st.binary(max_size=20), max_size=6), st.lists(st.binary(max_size=20), max_size=6))
def test_link_goes_on_where_it_stopped_and_tells_lists_of_rows_apart(first, second):
    assert chain.link(chain.link(GENESIS, first), second) == chain.link(GENESIS, first + second)
    assert (chain.link(GENESIS, first) == chain.link(GENESIS, second)) == (first == second)


@pytest.mark.parametrize("ids", [[], [2, 1], [1, 1]])
def test_seal_needs_rows_in_rising_order(ids):
    with pytest.raises(chain.NothingToSeal):
        chain.seal(GENESIS, [(i, b"") for i in ids])


@given(st.integers(0, 12), st.integers(1, 5), st.integers(0, 4))
def test_untouched_rows_are_whole_and_later_rows_are_not_judged(count, size, unsealed):
    all_rows = rows(count + unsealed)
    assert chain.first_broken(sealed(all_rows[:count], size), all_rows) is None


@given(st.integers(1, 12), st.integers(1, 5), st.data())
def test_first_changed_row_is_named(count, size, data):
    all_rows = rows(count)
    seals = sealed(all_rows, size)
    changed = sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=1)))
    for i in changed:
        all_rows[i] = (all_rows[i][0], all_rows[i][1] + b" ")
    expected = Broken(all_rows[changed[0]][0], "it was changed after it had been sealed")
    assert chain.first_broken(seals, all_rows) == expected


@given(st.integers(1, 12), st.integers(1, 5), st.data())
def test_removed_row_is_named(count, size, data):
    all_rows = rows(count)
    seals = sealed(all_rows, size)
    gone = all_rows.pop(data.draw(st.integers(0, count - 1)))
    assert chain.first_broken(seals, all_rows) == Broken(gone[0], "it was sealed and is gone")


@given(st.integers(1, 12), st.integers(1, 5), st.data())
def test_row_added_among_sealed_ones_is_named(count, size, data):
    all_rows = rows(count)
    seals = sealed(all_rows, size)
    at = data.draw(st.integers(0, count - 1))
    all_rows.insert(at, (at * 2, b"added"))
    assert chain.first_broken(seals, all_rows) == Broken(
        at * 2, "it was added among rows that had been sealed"
    )


@given(st.integers(2, 12), st.data())
def test_two_rows_that_change_places_are_found(count, data):
    all_rows = rows(count)
    seals = sealed(all_rows, 4)
    i, j = sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=2, max_size=2)))
    (first_id, first), (second_id, second) = all_rows[i], all_rows[j]
    all_rows[i], all_rows[j] = (first_id, second), (second_id, first)
    broken = chain.first_broken(seals, all_rows)
    assert broken is not None
    assert broken.row_id == first_id


@given(st.integers(1, 12), st.integers(1, 5), st.data())
def test_changed_seal_is_named(count, size, data):
    all_rows = rows(count)
    seals = sealed(all_rows, size)
    at = data.draw(st.integers(0, len(seals) - 1))
    change = data.draw(
        st.sampled_from(
            [
                {"hash": "1" * 64},
                {"previous_hash": "1" * 64},
                {"first_id": seals[at].first_id - 1},
                {"last_id": seals[at].last_id + 1},
                {"marks": ()},
            ]
        )
    )
    seals[at] = replace(seals[at], **change)
    assert chain.first_broken(seals, all_rows) is not None


def test_row_changed_together_with_its_own_mark_is_still_found():
    all_rows = rows(4)
    seals = sealed(all_rows, 4)
    all_rows[1] = (all_rows[1][0], b"forged")
    marks = list(seals[0].marks)
    forged = chain.link(marks[0].hash, [b"forged"])
    marks[1] = replace(marks[1], hash=forged)
    seals[0] = replace(seals[0], marks=tuple(marks))
    broken = chain.first_broken(seals, all_rows)
    assert broken is not None
    assert broken.row_id == all_rows[2][0]
