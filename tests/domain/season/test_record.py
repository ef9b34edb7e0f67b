"""The record of a plan: the same bytes for the same season, and checked without the solver."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from booking.days.seasons.solver import OrTools
from booking.domain.allocation import draw
from booking.domain.season import outcome, planning, record
from booking.domain.season.wishes import GivenPlace, Plan, SeasonEvent, SeasonPupil, SeasonSchool
from tests.domain.season.seasons import (
    PROPERTY,
    SEED,
    SMALL,
    date,
    make_season,
    random_season,
)


def written(season):
    content = record.record(season, planning.propose(season, OrTools()))
    return record.to_bytes(content), content["sha256"]


@PROPERTY
@given(SMALL, st.randoms(use_true_random=False))
def test_the_order_in_which_a_season_is_written_down_changes_no_byte(season, chance):
    def shuffled(things):
        return tuple(chance.sample(things, len(things)))

    other = replace(
        season,
        events=shuffled(season.events),
        schools=shuffled(season.schools),
        pupils=shuffled(season.pupils),
    )

    assert record.inputs_digest(other) == record.inputs_digest(season)
    assert written(other) == written(season)


@PROPERTY
@given(SMALL)
def test_a_record_can_be_read_back_checked_and_solved_again(season):
    content, sha256 = written(season)
    found, plan = record.read(json.loads(content))

    assert record.inputs_digest(found) == record.inputs_digest(season)
    assert record.record(found, plan)["sha256"] == sha256
    assert record.verify(content, commitment=draw.commitment(SEED), sha256=sha256) == []
    assert record.recompute(content, OrTools()) == []


@PROPERTY
@given(SMALL, st.integers(0, 10**9))
@example(random_season(492), 114)  # wishes that overlap in a chain, which nobody may make
def test_a_changed_byte_is_detected(season, number):
    content, sha256 = written(season)
    chance = random.Random(number)
    at, byte = chance.randrange(len(content)), chance.randrange(256)
    assume(content[at] != byte)
    changed = content[:at] + bytes([byte]) + content[at + 1 :]

    assert record.verify(changed, commitment=draw.commitment(SEED), sha256=sha256) != []


@PROPERTY
@given(SMALL)
def test_a_result_that_was_tampered_with_is_refused_even_with_a_digest_of_its_own(season):
    plan = planning.propose(season, OrTools())
    assume(plan.given)
    fewer = record.record(season, Plan(plan.given[1:]))

    assert record.verify(record.to_bytes(fewer)) == ["One more place could have been given."]


@PROPERTY
@given(SMALL)
def test_nothing_of_a_pupil_is_in_what_is_published(season):
    plan = planning.propose(season, OrTools())
    text = record.to_bytes(record.public(season, plan, "f" * 64)).decode()

    assert "pupil-" not in text
    counted = outcome.SeasonOutcome(season, plan)
    published = record.public(season, plan, "f" * 64)
    assert {s["slug"]: s["given"] for s in published["schools"]} == counted.totals
    assert sum(share["given"] for share in published["shares"]) == len(plan.given)
    assert published["sha256"] == record.digest(published)


def one_wish():
    return make_season(
        events=[SeasonEvent("book-day", 1, (date(0),), years=(5, 6))],
        schools=[SeasonSchool("ash"), SeasonSchool("elm")],
        pupils=[
            SeasonPupil("a1", "ash", ("book-day",), year=5),
            SeasonPupil("e1", "elm", ("book-day",), year=6, ranked=0),
        ],
    )


def test_another_seed_or_another_digest_than_the_published_one_is_named():
    content, _ = written(one_wish())

    assert record.verify(content, commitment="0" * 64, sha256="0" * 64) == [
        "The seed is not the one committed to before wishes were made.",
        "The record is not the one published: its digest is different.",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{", "This is not a JSON file."),
        (b"[]", "The record is not as it was stored: its bytes are not in the fixed form."),
        (b"{}", "This is not the record of a season plan under the current rules."),
    ],
)
def test_what_is_no_record_is_said_to_be_none(content, problem):
    assert record.verify(content) == [problem]


def test_a_record_with_an_event_that_nobody_knows_cannot_be_followed():
    season = one_wish()
    content = record.record(season, Plan((GivenPlace("a1", "chess-day"),)))

    assert record.verify(record.to_bytes(content)) == [
        "The record cannot be followed: it gives places at an unknown event."
    ]


def test_a_school_can_compute_the_digest_of_its_own_part():
    season = one_wish()
    published = record.public(season, planning.propose(season, OrTools()), "f" * 64)
    part = record.part_of(season, "ash")

    assert [pupil["reference"] for pupil in part["pupils"]] == ["a1"]
    assert published["schools"][0]["inputs_sha256"] == record.digest(part)


def test_the_outcome_counts_what_was_wished_given_and_met():
    season = make_season(
        events=[SeasonEvent("book-day", 1, (date(0),)), SeasonEvent("chess-day", 2, (date(7),))],
        schools=[SeasonSchool("ash"), SeasonSchool("elm", received=2)],
        pupils=[
            SeasonPupil("a1", "ash", ("book-day", "chess-day"), at_most=2, ranked=1),
            SeasonPupil("e1", "elm", ("book-day",)),
            SeasonPupil("e2", "elm", ("book-day", "chess-day"), ranked=0),
        ],
    )
    found = outcome.SeasonOutcome(season, planning.propose(season, OrTools()))

    assert found.places == 3
    assert found.wished == {
        ("ash", "book-day"): 1,
        ("ash", "chess-day"): 1,
        ("elm", "book-day"): 2,
        ("elm", "chess-day"): 1,
    }
    assert found.totals == {"ash": 2, "elm": 1}
    assert found.wanted == {"ash": 2, "elm": 2}
    assert found.still_wanted == {("elm", "book-day"): 1}
    assert (found.first_choices, found.first_choices_met, found.pupils_served) == (2, 1, 2)
