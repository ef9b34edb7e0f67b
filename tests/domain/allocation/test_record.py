"""Anybody with the published record can recompute the round, and notices any change to it."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.allocation import claims, draw, record, share
from booking.domain.allocation.claims import Basis, Claim
from tests.domain.allocation.rounds import PROPERTY, SEED, make_round, rounds

CHANGED = "The record has been changed: its digest does not match."
WRONG = "The places given are not those that the rule gives."
ROUND = make_round([Claim("beech", 2, weight=30, received=1), Claim("ash", 2)], places=3)


def published(round_=ROUND) -> record.Record:
    return record.record(round_, share.allot(round_))


def resealed(content: record.Record) -> record.Record:
    return content | {"sha256": record.digest(content)}


def test_the_published_form_is_fixed_byte_for_byte():
    content = (
        '{"claims":[{"arrived":null,"at_least":0,"at_most":null,"in_time":0,"late":false,'
        '"received":0,"school":"ash","wanted":2,"weight":1},{"arrived":null,"at_least":0,'
        '"at_most":null,"in_time":0,"late":false,"received":1,"school":"beech","wanted":2,'
        '"weight":30}],"commitment":'
        '"3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9",'
        '"event":"puzzle-day","places":3,"result":{"counts":{"ash":2,"beech":1},'
        '"order":["ash","beech","ash"]},"rule":{"basis":"equal_shares",'
        '"version":"fixed-path-1"},"seed":"0123456789abcdef0123456789abcdef"'
    )
    digest = sha256(f"{content}}}".encode()).hexdigest()
    assert record.to_bytes(published()) == f'{content},"sha256":"{digest}"}}'.encode()
    assert record.digest(published()) == digest == published()["sha256"]


@PROPERTY
@given(rounds(), st.randoms(use_true_random=False))
def test_the_same_round_gives_the_same_bytes_and_they_agree(round_, random):
    shuffled = list(round_.claims)
    random.shuffle(shuffled)
    content = record.to_bytes(published(round_))
    assert record.to_bytes(published(replace(round_, claims=tuple(shuffled)))) == content
    kept = {"commitment": draw.commitment(round_.seed), "sha256": published(round_)["sha256"]}
    assert record.verify_bytes(content, **kept) == []
    again = record.round_of(json.loads(content))
    assert set(again.claims) == set(round_.claims)
    assert replace(again, claims=round_.claims) == round_


@PROPERTY
@given(rounds(schools=3), st.data())
def test_a_changed_byte_is_seen(round_, data):
    content = bytearray(record.to_bytes(published(round_)))
    at = data.draw(st.integers(0, len(content) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[at]))
    content[at] = other
    assert record.verify_bytes(bytes(content)) != []


@PROPERTY
@given(rounds(schools=3), st.data())
def test_another_result_is_seen_even_under_a_new_digest(round_, data):
    content = published(round_)
    served = data.draw(st.lists(st.sampled_from(round_.schools), max_size=8))
    if served == content["result"]["order"]:
        return
    content["result"] = content["result"] | {"order": served}
    assert record.verify(resealed(content)) == [WRONG]


def test_a_changed_claim_that_changes_nothing_is_still_seen():
    content = published()
    content["claims"][1]["weight"] = 31
    assert record.verify(content) == [CHANGED]
    assert record.verify(resealed(content)) == []
    assert record.verify(resealed(content), sha256=published()["sha256"]) == [
        "The record is not the one published: its digest is different."
    ]


def test_another_seed_is_seen():
    content = resealed(published() | {"seed": "f" * 32})
    assert record.verify(content) == ["The seed is not the one committed to in the record."]
    content = resealed(content | {"commitment": draw.commitment("f" * 32)})
    assert record.verify(content) == []
    assert record.verify(content, commitment=draw.commitment(SEED)) == [
        "The seed is not the one committed to before requests were made."
    ]


def test_another_spelling_of_a_number_is_seen():
    content = published()
    content["result"]["counts"]["beech"] = True
    assert record.verify(resealed(content)) == [WRONG]


def test_all_discrepancies_are_told_at_once():
    content = published() | {"places": 2, "commitment": "0" * 64}
    assert record.verify(content, commitment="1" * 64, sha256="2" * 64) == [
        "The seed is not the one committed to in the record.",
        "The seed is not the one committed to before requests were made.",
        WRONG,
        CHANGED,
        "The record is not the one published: its digest is different.",
    ]


def test_a_claim_left_out_is_seen():
    content = published()
    del content["claims"][1]
    assert record.verify(content) == [WRONG, CHANGED]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"claims": [{"school": "ash", "wanted": 1}]},
            "This is not the record of a round: an entry is missing or unknown.",
        ),
        (
            {"rule": {"basis": "equal_shares", "version": "fixed-path-0"}},
            "These rules are fixed-path-1; the record's are fixed-path-0.",
        ),
        (
            {"rule": {"basis": "by_whim", "version": "fixed-path-1"}},
            "The record cannot be followed: 'by_whim' is not a valid Basis",
        ),
        (
            {"rule": {"version": "fixed-path-1"}},
            "This is not the record of a round: an entry is missing or unknown.",
        ),
        (
            {"rule": {"basis": "first_come", "version": "fixed-path-1"}},
            "The record cannot be followed: The request of ash has no arrival number.",
        ),
        (
            {"claims": [published()["claims"][0] | {"wanted": 0}]},
            "The record cannot be followed: Ask for at least 1 place, or withdraw the request.",
        ),
        (
            {"claims": [published()["claims"][0] | {"favour": 1}]},
            "This is not the record of a round: an entry is missing or unknown.",
        ),
        ({"claims": None}, "This is not the record of a round: an entry is missing or unknown."),
        (
            {"places": "3"},
            "The record cannot be followed: The number of places must be a whole number.",
        ),
        ({"note": 1}, "This is not the record of a round: it does not have the expected entries."),
    ],
)
def test_what_is_not_a_record_is_named(changes, message):
    content = published() | changes
    assert record.verify(content) == [message]
    with pytest.raises(record.NotARoundRecord) as refused:
        record.round_of(content)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "This is not a JSON file."),
        (b"\xff", "This is not a JSON file."),
        (b"[" * 100_000, "This is not a JSON file."),
        (b"[]", "The file is not as it was published: its bytes are not in the published form."),
        (
            json.dumps(published(), indent=1).encode(),
            "The file is not as it was published: its bytes are not in the published form.",
        ),
        (
            json.dumps(dict(reversed(published().items())), separators=(",", ":")).encode(),
            "The file is not as it was published: its bytes are not in the published form.",
        ),
        (b"{}", "This is not the record of a round: it does not have the expected entries."),
    ],
)
def test_what_is_not_a_published_file_is_named(content, message):
    assert record.verify_bytes(content) == [message]


def test_what_was_kept_from_the_day_counts_for_files_too():
    assert record.verify_bytes(
        record.to_bytes(published()), commitment="1" * 64, sha256="2" * 64
    ) == [
        "The seed is not the one committed to before requests were made.",
        "The record is not the one published: its digest is different.",
    ]


def test_names_in_any_alphabet_are_recorded_in_ascii():
    round_ = make_round([Claim("école", 1, arrived=1)], places=1, basis=Basis.FIRST_COME)
    assert b'"school":"\\u00e9cole"' in record.to_bytes(published(round_))
    assert record.verify(published(round_)) == []


def test_the_version_of_the_rules_is_fixed_until_results_may_differ():
    assert claims.RULE_VERSION == "fixed-path-1"


def test_what_the_host_kept_is_stated_decides_nothing_and_cannot_be_changed_unnoticed():
    without = make_round([Claim("ash", 5), Claim("beech", 4)], places=3)
    kept = replace(without, host_places=2)
    allotment = share.allot(kept)
    stated = record.record(kept, allotment)

    assert allotment == share.allot(without)
    assert "host_places" not in record.record(without, allotment)
    assert stated["host_places"] == 2
    assert record.round_of(stated) == kept
    assert record.verify(stated) == []
    assert record.verify(stated | {"host_places": 1}) == [
        "The record has been changed: its digest does not match."
    ]
    assert record.verify(stated | {"host_places": "2"}) == [
        "The record cannot be followed: The number of the host's own places must be a whole number."
    ]
