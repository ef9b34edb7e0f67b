"""Which words name a pupil, what is refused, and when a question has waited for long."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import asking_colleagues, terms
from booking.domain.asking_colleagues import ABOUT_MAX, ANSWER_MAX, TITLE_MAX

ADA = ("Ada", "Okoro")
NAMES = [ADA, ("Zoë", "O’Neill-Smith"), ("Jun", "van der Berg")]
WORDS = st.text(st.characters(whitelist_categories=("Ll",), max_codepoint=0x17F), min_size=3)
TEXT = st.lists(WORDS, max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ada Okoro cannot sit still.", "Ada Okoro"),
        ("It is ada okoro’s idea", "Ada Okoro"),
        ("ZOE O'NEILL SMITH, Year 5", "Zoë O’Neill-Smith"),
        ("Ask Jun van der Berg.", "Jun van der Berg"),
        ("Ada asks, and Okoro Primary answers", ""),
        ("The Canada Okoro game", ""),
        ("", ""),
    ],
)
def test_a_full_name_is_found_however_it_is_written(words, found):
    assert asking_colleagues.named_in(words, NAMES) == found


@given(TEXT, WORDS, WORDS, TEXT, st.sampled_from([str.lower, str.upper, str.title]))
def test_a_full_name_is_found_wherever_it_stands(before, forename, surname, after, written):
    text = f"{before} {written(f'{forename} {surname}')}, {after}"

    assert asking_colleagues.named_in(text, [(forename, surname)]) == f"{forename} {surname}"


@given(TEXT, TEXT)
def test_a_forename_alone_names_nobody(before, after):
    assert asking_colleagues.named_in(f"{before} Ada {after}", [("Ada", "Zzqqxx")]) == ""


@given(st.text(max_size=TITLE_MAX + 40), st.text(max_size=20))
def test_a_question_is_a_line_that_is_not_too_long(title, about):
    wrong = {one.field for one in asking_colleagues.problems(title=title, about=about)}

    assert ("title" in wrong) == (not title.strip() or len(title) > TITLE_MAX)
    assert "about" not in wrong


@pytest.mark.parametrize(("length", "wrong"), [(0, True), (1, False), (ANSWER_MAX + 1, True)])
def test_an_answer_says_something_and_not_too_much(length, wrong):
    assert bool(list(asking_colleagues.answer_problems("x" * length))) is wrong
    if length > 1:
        found = list(asking_colleagues.problems(title="Why?", about="x" * (ABOUT_MAX + 1)))
        assert [one.field for one in found] == ["about"]


@given(st.dates(date(2027, 1, 4), date(2027, 6, 30)), st.integers(0, 20))
def test_a_question_waits_for_long_after_five_school_days(on, days):
    calendar = terms.SchoolCalendar(terms=(), closures=())
    asked_at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    now = asked_at + timedelta(days=days)
    passed = 0
    for each in terms.school_days_after(calendar, on):
        if each > now.date():
            break
        passed += 1

    if asking_colleagues.waits_since_long(asked_at, now, calendar):
        assert passed >= asking_colleagues.UNANSWERED_SCHOOL_DAYS
    else:
        assert passed <= asking_colleagues.UNANSWERED_SCHOOL_DAYS
