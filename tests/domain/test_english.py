"""Numbers and lists in sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import english

NOUNS = st.text("abcdefghijklmnopqrstuvwxyz ", min_size=1).map(str.strip).filter(bool)
NUMBERS = st.integers(min_value=0)
NAMES = st.lists(st.text("abcdefgh", min_size=1), min_size=1)


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (0, "place", "0 places"),
        (1, "place", "1 place"),
        (2, "place", "2 places"),
        (1200, "school day", "1,200 school days"),
        (2, "reply", "2 replies"),
        (2, "day", "2 days"),
        (2, "match", "2 matches"),
        (2, "address", "2 addresses"),
    ],
)
def test_a_number_stands_with_the_regular_plural_of_what_it_counts(number, noun, words):
    assert english.plural(number, noun) == words


def test_other_plurals_and_their_verbs_are_given():
    assert english.plural(1, "person is", "people are") == "1 person is"
    assert english.plural(3, "person is", "people are") == "3 people are"


@given(NUMBERS, NOUNS, NOUNS)
def test_only_one_is_singular(number, one, many):
    words = english.plural(number, one, many)

    assert words == f"{number:,} {one if number == 1 else many}"
    assert int(words.split(" ")[0].replace(",", "")) == number


@given(NUMBERS, NOUNS)
def test_a_noun_is_changed_at_its_end_alone(number, noun):
    said = english.plural(number, noun).removeprefix(f"{number:,} ")

    if number == 1:
        assert said == noun
    else:
        assert said != noun
        assert said.endswith("s")
        assert said.startswith(noun[:-1])


@given(NUMBERS)
def test_a_verb_agrees_with_its_number(number):
    assert english.agree(number, "was", "were") == ("was" if number == 1 else "were")


@given(NAMES)
def test_a_list_has_every_name_in_order_and_one_and(names):
    words = english.listed(names)

    assert words.replace(" and ", ", ").split(", ") == names
    assert words.count(" and ") == min(len(names) - 1, 1)
    assert words.endswith(names[-1])


def test_a_list_reads_as_it_is_said():
    assert english.listed(["Maple"]) == "Maple"
    assert english.listed(["Maple", "Rowan"]) == "Maple and Rowan"
    assert english.listed(["Maple", "Rowan", "Willow"]) == "Maple, Rowan and Willow"


@given(st.integers(min_value=1, max_value=1_000_000))
def test_the_first_ten_are_said_in_words_and_all_others_in_figures(number):
    words = english.ordinal(number)

    assert words == (english.nth(number) if number > 10 else words)
    assert words[0].isdigit() == (number > 10)
    assert english.nth(number)[:-2].replace(",", "") == str(number)


def test_ordinals_read_as_they_are_said():
    assert [english.ordinal(n) for n in (1, 2, 3, 10)] == ["first", "second", "third", "tenth"]
    assert [english.ordinal(n) for n in (11, 12, 21, 112)] == ["11th", "12th", "21st", "112th"]
    assert [english.nth(n) for n in (1, 2, 3, 4, 13, 1003)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "13th",
        "1,003rd",
    ]
