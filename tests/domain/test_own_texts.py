"""The network's own texts: facts fill themselves in, and no page ever shows a hole."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain import names, own_texts
from booking.domain.own_texts import FACTS, TextKey, TextPart
from booking.foundation.web import markdown
from booking.network.texts import words as text_words

NOTICE = "We are {network}.\nRing {telephone}.\n\n{kept}\n\nWrite to {controller}."
TEXT = st.text(max_size=20).map(names.tidy)
VALUES = st.fixed_dictionaries({**dict.fromkeys(FACTS, TEXT), "contact": st.emails()})


def problems(key=TextKey.ABOUT, text="Hello", said="Says hello"):
    return [
        (found.field, found.words) for found in own_texts.problems(key=key, text=text, said=said)
    ]


def as_html(text, facts):
    return "".join(markdown.as_own_page(part.text) for part in own_texts.parts(text, facts))


def test_a_line_without_its_fact_is_left_out_and_a_table_stands_between():
    facts = {"network": "Fair_play *one*", "telephone": "", "controller": "Trust\n# A"}

    assert own_texts.parts(NOTICE, facts) == [
        TextPart(r"We are Fair\_play \*one\*." + "\n"),
        TextPart(table="kept"),
        TextPart("\n" + r"Write to Trust \# A."),
    ]
    assert own_texts.missing(NOTICE, facts) == ()
    assert own_texts.missing(NOTICE, {}) == ("controller",), "only what a notice has to say"


@given(st.sampled_from(TextKey), VALUES)
@settings(max_examples=30)
def test_whatever_the_facts_are_a_text_shows_no_hole_and_takes_on_no_markup(key, values):
    given_facts, plain = (
        BeautifulSoup(as_html(text_words.shipped(key), facts), "html.parser")
        for facts in (values, {name: value and "x" for name, value in values.items()})
    )

    assert [tag.name for tag in given_facts.find_all()] == [tag.name for tag in plain.find_all()]
    assert "{" not in plain.text


def test_each_refusal_says_what_to_do():
    assert problems() == []
    assert problems(TextKey.WELCOME, "") == []
    assert problems(text=" ") == [
        ("text", "Write the text. To have the earlier one, take back a version.")
    ]
    assert problems(text="x" * (own_texts.TEXT_MAX + 1)) == [
        ("text", "Shorten this to 30,000 characters.")
    ]
    assert problems(text="{networc} {kept}") == [
        ("text", "There is no such fact: {networc}. The list beside the text has all.")
    ]
    assert [field for field, _ in problems(said=" ")] == ["said"]
    assert [field for field, _ in problems(said="x" * 201)] == ["said"]
    lost = [
        (
            "text",
            "Keep {kept} on a line of its own: there the page says what is kept, who reads it and "
            "when it is deleted.",
        )
    ]
    assert problems(TextKey.PRIVACY, "We keep {kept} all.") == lost
    assert problems(TextKey.PRIVACY, "We keep:\n {kept} \nAll.") == []


@pytest.mark.parametrize("key", TextKey)
def test_what_comes_with_the_program_may_be_saved_as_it_is(key):
    assert problems(key, text_words.shipped(key)) == []


def test_children_of_eight_can_read_their_notice():
    """Find the Automated Readability Index: 3 is a reader of 8, 6 one of 11."""
    text = text_words.shipped(TextKey.CHILDREN)
    sentences = [line for line in text.replace("? ", ". ").replace(": ", ". ").split(". ")]
    sentences = [line for part in sentences for line in part.split("\n") if line.strip("# -")]
    spoken = " ".join(sentences).split()
    letters = sum(letter.isalnum() for word in spoken for letter in word)

    index = 4.71 * letters / len(spoken) + 0.5 * len(spoken) / len(sentences) - 21.43

    assert index < 4, index
