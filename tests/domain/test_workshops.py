"""Workshops: what is promised for any wishes, and that a record shows whether it was kept."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain.workshops import record, sharing
from booking.domain.workshops.choices import (
    Chooser,
    DayOfWorkshops,
    Half,
    OfferedWorkshop,
    WishesRefused,
    taken,
)

PARTS = [(Half.FIRST,), (Half.SECOND,), tuple(Half)]


@st.composite
def days(draw):
    """Return a day of up to seven workshops and a dozen pupils."""
    kinds = draw(st.lists(st.tuples(st.sampled_from(PARTS), st.integers(1, 4)), max_size=7))
    offered = tuple(
        OfferedWorkshop(f"w{n}", places, halves) for n, (halves, places) in enumerate(kinds)
    )
    pupils = tuple(
        Chooser(f"p{n}", {half: draw(wishes(offered, half)) for half in Half})
        for n in range(draw(st.integers(0, 12)))
    )
    return DayOfWorkshops("code-day", offered, pupils, draw(st.sampled_from(["one", "two", "x"])))


def wishes(offered, half):
    names = [each.reference for each in offered if each.begins_in is half]
    if not names:
        return st.just(())
    return st.lists(st.sampled_from(names), unique=True, max_size=3).map(tuple)


def first_only(day, seated):
    return [p for p, w in seated[Half.FIRST].items() if day.workshop_of[w].halves == (Half.FIRST,)]


def has_room(day, seated, workshop):
    half = workshop.begins_in
    room = taken(seated, half)[workshop.reference] < workshop.places
    if workshop.halves == (Half.FIRST,):
        # A spot in the first part that would leave somebody without one in the second is none.
        room = room and len(first_only(day, seated)) < day.most_for_first
    return room


@settings(max_examples=60)
@given(days())
def test_no_workshop_is_above_its_places_and_nobody_is_at_two_at_once(day):
    seated = sharing.share_out(day)

    for half in Half:
        assert all(n <= day.workshop_of[w].places for w, n in taken(seated, half).items())
        assert all(half in day.workshop_of[w].halves for w in seated[half].values())
    for workshop in (w for w in day.workshops if len(w.halves) == 2):
        there = [{p for p, at in seated[half].items() if at == workshop.reference} for half in Half]
        assert there[0] == there[1]


@settings(max_examples=60)
@given(days())
def test_everybody_has_one_workshop_in_each_part_if_places_suffice(day):
    seated = sharing.share_out(day)
    whole = sum(w.places for w in day.workshops if len(w.halves) == 2)

    everybody = len(day.pupils)
    if everybody <= whole + day.most_for_first:
        assert len(seated[Half.FIRST]) == everybody
        all_day = len(whole_day(day, seated))
        second = min(everybody, all_day + day.spots_of_part(Half.SECOND))
        assert len(seated[Half.SECOND]) == second
        assert second == everybody or not day.spots_of_part(Half.SECOND)


def whole_day(day, seated):
    return [p for p, w in seated[Half.FIRST].items() if len(day.workshop_of[w].halves) == 2]


@settings(max_examples=60)
@given(days())
def test_nobody_could_exchange_a_workshop_for_a_free_one_that_they_like_better(day):
    seated = sharing.share_out(day)

    for pupil in day.pupils:
        for half in Half:
            wished, given_ = pupil.wishes_in(half), seated[half].get(pupil.reference)
            if half is Half.SECOND and pupil.reference in whole_day(day, seated):
                continue  # they are busy all day, as they wished or as room was
            better = wished[: wished.index(given_)] if given_ in wished else wished
            assert not any(has_room(day, seated, day.workshop_of[name]) for name in better)


@settings(max_examples=60)
@given(days(), st.randoms())
def test_the_order_in_which_families_answer_decides_nothing(day, chance):
    shuffled = replace(
        day,
        pupils=tuple(chance.sample(day.pupils, len(day.pupils))),
        workshops=tuple(chance.sample(day.workshops, len(day.workshops))),
    )

    assert sharing.share_out(shuffled) == sharing.share_out(day)


def test_a_wish_knows_neither_time_nor_school_nor_money():
    assert {each.name for each in fields(Chooser)} == {"reference", "wishes"}


@settings(max_examples=60)
@given(days(), st.data())
def test_in_each_part_saying_anything_but_the_truth_never_gets_a_better_workshop(day, data):
    if not day.pupils:
        return
    honest = data.draw(st.sampled_from(day.pupils))
    half = data.draw(st.sampled_from(list(Half)))
    said = data.draw(wishes(day.workshops, half))
    lying = replace(honest, wishes={**honest.wishes, half: said})
    others = tuple(lying if each is honest else each for each in day.pupils)

    def rank(seated):
        wished = honest.wishes_in(half)
        got = seated[half].get(honest.reference)
        return wished.index(got) if got in wished else len(wished)

    told, lied = sharing.share_out(day), sharing.share_out(replace(day, pupils=others))
    assert rank(told) <= rank(lied)


def test_who_chooses_last_in_the_first_part_chooses_first_in_the_second():
    offered = tuple(
        OfferedWorkshop(name, 1, (half,))
        for name, half in (
            ("a", Half.FIRST),
            ("b", Half.FIRST),
            ("c", Half.SECOND),
            ("d", Half.SECOND),
        )
    )
    wished = {Half.FIRST: ("a",), Half.SECOND: ("c",)}
    pupils = (Chooser("ann", wished), Chooser("bob", wished))
    day = DayOfWorkshops("code-day", offered, pupils, "seed")
    first, last = sharing.turns(day)

    assert sharing.share_out(day) == {
        Half.FIRST: {first: "a", last: "b"},
        Half.SECOND: {last: "c", first: "d"},
    }


@settings(max_examples=40)
@given(days())
def test_a_record_is_shared_out_again_with_the_same_result(day):
    text = record.text_of(record.record(day, sharing.share_out(day)))

    assert record.verify(text) == []


def test_a_changed_record_is_found_out():
    day = DayOfWorkshops(
        "code-day", (OfferedWorkshop("a", 1, (Half.FIRST,)),), (Chooser("p"),), "seed"
    )
    made = record.record(day, sharing.share_out(day))
    text = record.text_of(made)

    assert record.verify(text.replace('["p",1,"a"]', "")) == [
        "The workshops given are not those that the rule gives.",
        "The record has been changed: its digest does not match.",
    ]
    assert record.verify(text, commitment="0" * 64, sha256="0" * 64) == [
        "The seed is not the one committed to before wishes were given.",
        "The record is not the one kept: its digest is different.",
    ]
    assert record.verify(json.dumps({"a": 1})) == [
        "This is not the record of workshops, or it cannot be followed."
    ]


@pytest.mark.parametrize("wished", [("a", "a"), ("x",), ("c",)])
def test_wishes_are_for_workshops_of_their_part_each_once(wished):
    offered = (OfferedWorkshop("a", 1, (Half.FIRST,)), OfferedWorkshop("c", 1, (Half.SECOND,)))

    with pytest.raises(WishesRefused):
        DayOfWorkshops("code-day", offered, (Chooser("p", {Half.FIRST: wished}),), "seed")
