"""What may be shared: one file or one link, with subjects, and no pupil without the tick."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import resourcing
from booking.domain.resourcing import Licence, PupilsShown, ResourceDetails, SubjectArea

TEXTS = st.text(max_size=20)


@given(
    has_file=st.booleans(),
    link=st.sampled_from(("", "  ", "https://a.example/b", "http://a.example", "no link")),
    shown=st.sampled_from(PupilsShown),
    agreed=st.booleans(),
)
def test_a_version_is_a_file_or_a_link_and_shows_no_pupil_unasked(has_file, link, shown, agreed):
    found = {
        problem.field
        for problem in resourcing.version_problems(
            has_file=has_file, link=link, shown=shown, families_agreed=agreed
        )
    }

    is_one = has_file != (link == "https://a.example/b") and (has_file <= (not link.strip()))
    may_be_shown = agreed or shown is not PupilsShown.PUPILS
    assert (found == set()) == (is_one and may_be_shown)
    assert ("families_agreed" in found) != may_be_shown


@given(
    title=TEXTS,
    about=TEXTS,
    subjects=st.frozensets(st.sampled_from(SubjectArea), max_size=8),
    years=st.tuples(st.integers(-3, 15), st.integers(-3, 15)),
)
def test_each_thing_that_is_wrong_is_said_beside_its_field(title, about, subjects, years):
    details = ResourceDetails(
        title=title,
        about=about,
        kind=resourcing.ResourceKind.OTHER,
        licence=Licence.NETWORK,
        subjects=subjects,
        low_year=years[0],
        high_year=years[1],
    )

    wrong = {
        "title": not title.strip(),
        "about": not about.strip(),
        "subjects": not 1 <= len(subjects) <= resourcing.SUBJECTS_MAX,
        "high_year": not -1 <= years[0] <= years[1] <= 13,
    }
    found = [problem.field for problem in resourcing.problems(details)]
    assert found == [field for field, is_wrong in wrong.items() if is_wrong]


@given(licence=st.sampled_from(Licence), shown=st.lists(st.sampled_from(PupilsShown)))
def test_what_shows_pupils_stays_within_the_network(licence, shown):
    found = list(resourcing.licence_problems(licence, shown))

    stays = licence is Licence.NETWORK or PupilsShown.PUPILS not in shown
    assert (found == []) == stays


@given(worked=TEXTS, did_not=TEXTS, year=st.one_of(st.none(), st.integers(-3, 15)))
def test_a_note_says_something_and_with_which_year(worked, did_not, year):
    found = list(resourcing.note_problems(worked=worked, did_not=did_not, year=year))

    says = bool(worked.strip() or did_not.strip())
    assert (found == []) == (says and year is not None and -1 <= year <= 13)


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        (Licence.NETWORK, ""),
        (Licence.BY, "https://creativecommons.org/licenses/by/4.0/"),
        (Licence.BY_NC_ND, "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        (Licence.ZERO, "https://creativecommons.org/publicdomain/zero/1.0/"),
    ],
)
def test_a_licence_has_its_deed(licence, address):
    assert resourcing.deed(licence) == address


@pytest.mark.parametrize("rest", ["", "/", "/a?b=c", "?a/b", "#a"])
def test_a_link_names_its_site(rest):
    assert resourcing.host_of(f"https://maths.example{rest}") == "maths.example"
