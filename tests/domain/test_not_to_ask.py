"""Words that point to what a host should not ask are found, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import not_to_ask
from booking.domain.not_to_ask import LOOKED_FOR, Sensitive

TERMS = st.sampled_from(
    [(topic, term.removesuffix("*")) for topic, terms in LOOKED_FOR.items() for term in terms]
)
GAPS = st.sampled_from([" ", "  ", "-", "\n", ", ", "/", ": "])
#: Letters of which no term begins or ends with another word.
HARMLESS = st.sampled_from(["", "Which", "your child’s", "(please)", "“", "wool", "123", "…"])


@given(TERMS, GAPS, GAPS, HARMLESS, HARMLESS, st.sampled_from([str, str.upper, str.title]))
def test_a_term_is_found_in_any_writing(found, gap, within, before, after, write):
    topic, term = found
    text = f"{before}{gap}{write(term.replace(' ', within))}{gap}{after}"

    assert topic in not_to_ask.topics("Size", text)


@given(st.lists(HARMLESS))
def test_words_of_no_kind_are_left_alone(parts):
    assert not_to_ask.topics(*parts) == ()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Any allergies?", [Sensitive.HEALTH]),
        ("D.O.B.", [Sensitive.BIRTH]),
        ("Date of  birth?", [Sensitive.BIRTH]),
        ("Is your child on free school meals?", [Sensitive.INCOME]),
        ("Address, and which church?", [Sensitive.RELIGION, Sensitive.ADDRESS]),
        ("Réligion", [Sensitive.RELIGION]),
        ("Any diagnosis, such as autism", [Sensitive.DIAGNOSIS]),
        ("Which T-shirt size fits?", []),
        ("Can your child swim 25 metres?", []),
        ("Which instrument, and for how long?", []),
        ("Ham or cheese?", []),
        ("How many adults stay for lunch?", []),
        ("What is the message of the page?", []),
    ],
)
def test_examples(text, topics):
    assert list(not_to_ask.topics(text)) == topics


def test_whatever_is_looked_for_is_explained():
    assert set(not_to_ask.WORDS) == set(LOOKED_FOR) == set(Sensitive)
