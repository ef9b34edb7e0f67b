"""What may be said to many: blanks are known to their readers, and no family reads of a debt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import circulars
from booking.domain.circular_texts import READY_TEXTS
from booking.domain.circulars import BLANKS, GAP, NEEDED, TO_FAMILIES, Readership
from booking.domain.permissions import Action


def words_of(**changes):
    """Return the problems of a circular, field by field."""
    facts = {
        "readership": Readership.FAMILIES_SILENT,
        "subject": "Puzzle day",
        "text": "Please answer.",
        "is_voluntary": True,
        **changes,
    }
    return [(problem.field, problem.words) for problem in circulars.problems(**facts)]


@given(
    readership=st.sampled_from(list(Readership)),
    names=st.lists(st.sampled_from([*BLANKS, "nmae", "phone"]), max_size=6),
)
def test_what_is_accepted_is_filled_in_completely(readership, names):
    text = " ".join(f"{{{name}}}" for name in names) + " Hello"
    refused = words_of(readership=readership, text=text, is_voluntary=False)
    facts = dict.fromkeys(circulars.blanks_of(readership), "x")

    assert bool(refused) == (not set(names) <= set(facts))
    if not refused:
        assert "{" not in circulars.filled(text, facts)


@given(st.text(alphabet="abc {}\n", max_size=60))
def test_what_is_no_blank_of_ours_stays_as_it_was_written(text):
    assert circulars.filled(text, {}) == text


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_fills_a_blank_is_not_filled_in_again(name, rest):
    said = circulars.filled("{name}", {"name": "{school}" + name, "school": rest})

    assert said == "{school}" + name


@pytest.mark.parametrize(
    "said",
    ["The fee is due", "You OWE us", "it is overdue", "an outstanding amount", "you must pay"],
)
def test_families_asked_for_a_contribution_read_no_word_of_debt(said):
    assert [field for field, _ in words_of(text=said)] == ["text"]
    assert [field for field, _ in words_of(subject=said)] == ["subject"]
    assert words_of(text=said, is_voluntary=False) == []
    assert words_of(text=said, readership=Readership.SCHOOLS_COMING) == []


def test_words_that_only_look_like_debts_are_welcome():
    assert (
        words_of(text="Bring coffee; owls and feeling free are welcome. Discharged at 3pm.") == []
    )


def test_nobody_but_its_own_school_writes_to_a_family():
    assert {NEEDED[readership] for readership in TO_FAMILIES} == {Action.REQUEST_PLACES}


def test_a_circular_says_something_and_is_not_a_book():
    assert words_of(subject=" ", text="") == [
        ("subject", "Write what it is about."),
        ("text", "Write what you want to say."),
    ]
    assert words_of(subject="a" * 121, text="a" * 8001) == [
        ("subject", "Shorten this to 120 characters."),
        ("text", "Shorten this to 8,000 characters."),
    ]


@pytest.mark.parametrize("readership", sorted(TO_FAMILIES))
@pytest.mark.parametrize("blank", ["name", "child"])
def test_no_name_of_a_family_stands_in_a_subject(readership, blank):
    said = f"About {{{blank}}}"

    assert [field for field, _ in words_of(readership=readership, subject=said)] == ["subject"]
    assert words_of(readership=readership, text=said) == []


def test_every_ready_text_may_be_sent_to_its_readers_once_its_gaps_are_filled():
    assert len({text.key for text in READY_TEXTS}) == len(READY_TEXTS)
    for ready in READY_TEXTS:
        said = {"readership": ready.readership, "subject": ready.subject, "text": ready.text}
        filled = {name: words.replace(GAP, "the hall") for name, words in said.items()}
        assert words_of(**filled) == [], ready.key
        gaps = [("text", f"Fill in the gap “{GAP}”.")] if GAP in ready.text else []
        assert words_of(**said) == gaps
        named = circulars.template_problems(name=ready.name, **said)
        assert list(named) == [], "a template may have a gap"
        assert bool(ready.chosen) == (ready.readership is Readership.ROLES)
