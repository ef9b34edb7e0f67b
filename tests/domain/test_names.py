"""Names are tidied, taken apart and shortened."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import names

WORDS = st.text(st.sampled_from("abcdéñåz'-ABC"), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Okafor, Amara", ("Amara", "Okafor")),
        ("Amara Okafor", ("Amara", "Okafor")),
        ("  O'Neill ,  Mary Jane ", ("Mary Jane", "O'Neill")),
        ("Mary-Jane Smith-Jones", ("Mary-Jane", "Smith-Jones")),
        ("Anna van der Berg", ("Anna", "van der Berg")),
        ("Van Nguyen", ("Van", "Nguyen")),
        ("van der Berg, Anna", ("Anna", "van der Berg")),
        ("Adjoa", ("Adjoa", "")),
    ],
)
def test_name_is_taken_apart(text, parts):
    assert names.split_name(text) == parts


@pytest.mark.parametrize("text", ["", " \u200b ", "Okafor,", ", Amara", "Okafor, Amara, Miss"])
def test_text_that_is_no_name_is_refused(text):
    with pytest.raises(names.NotAName):
        names.split_name(text)


@given(WORDS, WORDS)
def test_name_is_the_same_whichever_way_round_it_is_written(forename, surname):
    assert names.split_name(f"{surname}, {forename}") == (forename, surname)
    assert names.split_name(f"{forename} {surname}") == (forename, surname)


def test_tidy_drops_what_cannot_be_seen():
    assert names.tidy(" Amara\t\u00a0 Oka\u200bfor\x00\r\n") == "Amara Okafor"
    assert names.tidy("\u202eAmara\u202c") == "Amara"
    assert names.tidy("Rene\u0301e") == "Ren\u00e9e"


@given(st.text(max_size=30))
def test_tidy_text_is_tidy(text):
    tidied = names.tidy(text)
    assert names.tidy(tidied) == tidied
    assert "  " not in tidied
    assert tidied == tidied.strip()
    assert not any(unicodedata.category(character) == "Cc" for character in tidied)


@pytest.mark.parametrize(
    ("forename", "surname", "short"),
    [("Ada", "Okoro", "Ada O."), ("Jo", "van der Berg", "Jo B."), ("Prince", "", "Prince")],
)
def test_a_short_name_is_the_forename_and_an_initial(forename, surname, short):
    assert names.short(forename, surname) == short
