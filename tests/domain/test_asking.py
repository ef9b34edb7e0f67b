"""What a host may ask, what answers it, and from when an answer is past its time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import asking
from booking.domain.asking import AnswerKind, AskedOf, Asking, KeptUntil, Told

SIZES = Asking(
    of=AskedOf.PARENT,
    kind=AnswerKind.CHOICE,
    label="Size",
    words="Which size fits?",
    options=("S", "M", "L"),
)
NUMBER = replace(SIZES, kind=AnswerKind.NUMBER, options=(), low=2, high=9)
KINDS = {
    AnswerKind.CHOICE: SIZES,
    AnswerKind.SEVERAL: replace(SIZES, kind=AnswerKind.SEVERAL),
    AnswerKind.NUMBER: NUMBER,
    AnswerKind.TEXT: replace(SIZES, kind=AnswerKind.TEXT, options=()),
    AnswerKind.YES_NO: replace(SIZES, kind=AnswerKind.YES_NO, options=()),
}
TOLD = st.builds(
    Told,
    chosen=st.lists(st.integers(-1, 4), max_size=4).map(tuple),
    number=st.none() | st.integers(-5, 20),
    text=st.text(max_size=210),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": "x" * 31}, "label"),
        ({"words": ""}, "words"),
        ({"words": "x" * 121}, "words"),
        ({"help": "x" * 201}, "help"),
        ({"options": ("S",)}, "options"),
        ({"options": tuple(map(str, range(13)))}, "options"),
        ({"options": ("S", "s")}, "options"),
        ({"options": ("S", "x" * 61)}, "options"),
        ({"kind": AnswerKind.NUMBER}, "low"),
        ({"kind": AnswerKind.NUMBER, "low": 0}, "high"),
        ({"kind": AnswerKind.NUMBER, "low": 5, "high": 5}, "high"),
        ({"kind": AnswerKind.NUMBER, "low": -1, "high": 5}, "high"),
        ({"kind": AnswerKind.NUMBER, "low": 0, "high": 10_000}, "high"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_beside_its_field(wrong, field):
    assert [one.field for one in asking.problems(replace(SIZES, **wrong))] == [field]


def test_every_kind_can_be_asked_and_keeps_only_what_it_has():
    for question in KINDS.values():
        assert asking.problems(question) == []
        assert asking.settled(question) == question
    whole = replace(SIZES, low=1, high=2)
    assert asking.settled(whole) == SIZES
    assert asking.settled(replace(whole, kind=AnswerKind.TEXT)).options == ()


@given(kind=st.sampled_from(AnswerKind), told=TOLD)
def test_an_answer_that_is_taken_can_be_read(kind, told):
    """Whatever is sent, what is not refused has words, and only an empty one has none."""
    question = KINDS[kind]
    if asking.refusal(question, told):
        assert not told.is_empty
        return
    words = asking.in_words(question, told)
    assert bool(words) != told.is_empty
    if kind is AnswerKind.TEXT:
        assert words == told.text
        assert len(words) <= asking.TEXT_MAX
    elif kind is AnswerKind.NUMBER and words:
        assert 2 <= int(words) <= 9
    elif words:
        assert set(words.split(", ")) <= set(question.choices)
        assert len(words.split(", ")) == 1 or kind is AnswerKind.SEVERAL


def test_an_answer_of_each_kind_reads_as_it_was_meant():
    read = {
        AnswerKind.CHOICE: (Told(chosen=(1,)), "M"),
        AnswerKind.SEVERAL: (Told(chosen=(0, 2)), "S, L"),
        AnswerKind.NUMBER: (Told(number=4), "4"),
        AnswerKind.TEXT: (Told(text="Viola"), "Viola"),
        AnswerKind.YES_NO: (Told(chosen=(1,)), "No"),
    }
    for kind, (told, words) in read.items():
        assert asking.refusal(KINDS[kind], told) == ""
        assert asking.in_words(KINDS[kind], told) == words


@given(kept=st.sampled_from(KeptUntil), ended=MOMENTS, later=st.integers(0, 500 * 24))
def test_an_answer_is_past_its_time_exactly_when_its_event_had_ended_by_then(kept, ended, later):
    now = ended + timedelta(hours=later)

    assert (asking.deleted_at(kept, ended) <= now) == (ended <= asking.ended_by(kept, now))


def test_the_three_times_are_what_they_are_called():
    ended = datetime(2027, 6, 11, 13, 45, tzinfo=UTC)

    assert asking.deleted_at(KeptUntil.DAY_AFTER, ended) == ended + timedelta(days=1)
    assert asking.deleted_at(KeptUntil.FORTNIGHT, ended) == ended + timedelta(days=14)
    assert asking.deleted_at(KeptUntil.SCHOOL_YEAR, ended) == datetime(
        2027, 8, 31, 23, 0, tzinfo=UTC
    )
