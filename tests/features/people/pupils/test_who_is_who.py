"""Which rows are the same pupil, and who is already listed: doubts are asked, never guessed."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from booking.people.pupils import queries, service
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.imports import rows
from booking.people.pupils.imports.preview import ContactFate, PupilFate, compare
from booking.people.pupils.imports.same import KnownPupil
from booking.people.pupils.models import Pupil
from booking.people.pupils.service.importing import known_pupils
from tests.builders.events import make_event
from tests.builders.places import make_booking
from tests.builders.pupils import make_pupil
from tests.builders.schools import make_school

HEADER = "Forename,Surname,Year,Class,Admission number,Parent name,Parent email"
JO, KIT = ParentDetails("Jo Hart", "jo@p.example"), ParentDetails("Kit Hart", "kit@p.example")


def amelia(parent="", class_name="", number=""):
    name, email = (f"{parent} Hart", f"{parent.lower()}@p.example") if parent else ("", "")
    return f"Amelia,Hart,5,{class_name},{number},{name},{email}"


def read(*lines, header=HEADER):
    return rows.read("\n".join([header, *lines]).encode(), years=(0, 6)).rows


def known(*parents, class_name="", number="", name="Amelia", public_id="a"):
    return KnownPupil(name, "Hart", 5, parents, public_id, class_name, number)


def kinds(found, on_list=()):
    return [(line.number, line.kind) for line in compare(found, on_list)]


def take_in(school, found, **said):
    with transaction():
        return service.import_pupils(
            actor=COMMAND, now=clock.now(), school=school, rows=found, **said
        )


def compared(school, found):
    return compare(found, known_pupils(queries.to_compare(school.id)))


def families(school):
    return sorted(
        sorted(parent.email for parent in pupil.parents) for pupil in queries.pupils_of(school.id)
    )


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (amelia("Jo"), amelia("Kit"), PupilFate.DOUBT),
        (amelia(), amelia(), PupilFate.DOUBT),
        (amelia("Jo"), amelia(), PupilFate.DOUBT),
        (amelia("Jo", "5A"), amelia("Kit", "5A"), PupilFate.DOUBT),
        (amelia("Jo", "5A"), amelia("Jo", "5B"), PupilFate.DOUBT),
        (amelia("Jo", number="7"), amelia("Jo", number="8"), PupilFate.DOUBT),
        (amelia("Jo", "5A"), amelia("Kit", "5B"), PupilFate.NEW),
        (amelia("Jo", number="7"), amelia("Kit", number="8"), PupilFate.NEW),
    ],
)
def test_two_rows_of_one_name_and_year_are_two_pupils_only_if_the_file_says_so(first, second, kind):
    for lines in ((first, second), (second, first)):
        assert kinds(read(*lines)) == [(2, kind), (3, kind)]


@pytest.mark.parametrize(
    ("first", "second"),
    [(amelia("Jo"), amelia("Jo")), (amelia("Jo", number="7"), amelia("Kit", number="7"))],
)
def test_rows_that_share_an_address_or_a_number_are_one_pupil(first, second):
    [line] = compare(read(first, second), [])

    assert (line.kind, line.notes) == (PupilFate.NEW, ("Lines 2, 3 were read as one pupil.",))


def test_one_number_with_two_names_is_a_question_without_a_second_pupil_as_an_answer():
    lines = compare(read(amelia(number="7"), "Emily,Hart,5,,7,,"), [])

    assert [line.kind for line in lines] == [PupilFate.DOUBT, PupilFate.DOUBT]
    assert [[c.value for c in line.choices] for line in lines] == [["leave"], ["line-2", "leave"]]


@pytest.mark.parametrize(
    ("row", "on_list", "kind"),
    [
        (amelia("Jo"), [known(JO)], PupilFate.SAME),
        (amelia(), [known(JO)], PupilFate.SAME),
        (amelia("Jo"), [known()], PupilFate.CHANGED),
        (amelia("Jo", "5B"), [known(JO, class_name="5A")], PupilFate.CHANGED),
        (amelia("Kit", "5A"), [known(JO, class_name="5A")], PupilFate.CHANGED),
        (amelia("Kit", number="7"), [known(JO, number="7")], PupilFate.CHANGED),
        (amelia("Kit"), [known(JO)], PupilFate.DOUBT),
        (amelia("Kit", "5B"), [known(JO, class_name="5A")], PupilFate.DOUBT),
        (amelia("Jo", number="8"), [known(JO, number="7")], PupilFate.DOUBT),
        (amelia("Kit", number="8"), [known(JO, number="7")], PupilFate.NEW),
        (amelia(), [known(JO), known(KIT, public_id="b")], PupilFate.DOUBT),
        (amelia("Kit"), [known(JO), known(KIT, public_id="b")], PupilFate.SAME),
        (amelia(number="7"), [known(number="7", name="Amy")], PupilFate.DOUBT),
    ],
)
def test_a_pupil_on_the_list_is_known_by_number_contacts_or_class(row, on_list, kind):
    assert kinds(read(row), on_list) == [(2, kind)]


def test_the_next_file_in_another_order_changes_no_family(db_session):
    school = make_school()
    take_in(school, read(amelia("Jo"), amelia("Kit")), answers={2: "another-0", 3: "another-0"})
    before = {pupil.id: [p.email for p in pupil.parents] for pupil in queries.pupils_of(school.id)}

    found = read(amelia("Kit"), amelia("Jo"))

    assert [line.kind for line in compared(school, found)] == [PupilFate.SAME, PupilFate.SAME]
    take_in(school, found, replaced={2, 3})
    assert before == {
        pupil.id: [p.email for p in pupil.parents] for pupil in queries.pupils_of(school.id)
    }


def test_only_the_named_pupils_family_gets_the_link(db_session):
    school = make_school()
    take_in(school, read(amelia("Jo", "5A"), amelia("Kit", "5B")))
    take_in(school, read(amelia("Kit", "5B"), amelia("Jo", "5A")))
    [of_jo] = [p for p in queries.pupils_of(school.id) if p.parents[0].email == JO.email]

    make_booking(event=make_event(), school=school, pupil=of_jo)

    sent = db_session.scalars(select(Message.recipient).where(Message.template == "invited"))
    assert sorted(sent) == ["jo@p.example"]


def test_an_answer_names_the_pupil_on_the_list(db_session):
    school = make_school()
    pupil = make_pupil(school=school, forename="Amelia", surname="Hart", parents=[JO])
    found = read(amelia("Kit"))
    [line] = compared(school, found)
    assert [c.value for c in line.choices] == [f"pupil-{pupil.public_id}", "another-1", "leave"]

    assert take_in(school, found).unclear == 1
    assert take_in(school, found, answers={2: "pupil-of-nobody"}).unclear == 1
    assert families(school) == [["jo@p.example"]]
    take_in(school, found, answers={2: f"pupil-{pupil.public_id}"})
    assert families(school) == [["jo@p.example", "kit@p.example"]]


def test_an_answer_that_it_is_another_pupil_adds_one(db_session):
    school = make_school()
    make_pupil(school=school, forename="Amelia", surname="Hart", parents=[JO])

    take_in(school, read(amelia("Kit")), answers={2: "another-1"})

    assert families(school) == [["jo@p.example"], ["kit@p.example"]]


def test_rows_that_count_the_contacts_of_a_pupil_are_one_pupil_in_any_order():
    header = "Forename,Surname,Year,Contact Name,Contact Email,Contact Priority"
    lines = ["Eli,Tor,5,Mo Tor,mo@p.example,1", "Eli,Tor,5,Jo Tor,jo@p.example,2"]

    for some in itertools.permutations(lines):
        [line] = compare(read(*some, header=header), [])
        assert [parent.email for parent in line.parents] == ["mo@p.example", "jo@p.example"]


def test_rows_that_count_from_one_twice_are_a_question():
    header = "Forename,Surname,Year,Contact Name,Contact Email,Contact Priority"
    lines = ["Eli,Tor,5,Mo Tor,mo@p.example,1", "Eli,Tor,5,Jo Tor,jo@p.example,1"]

    assert kinds(read(*lines, header=header)) == [(2, PupilFate.DOUBT), (3, PupilFate.DOUBT)]


def test_a_row_with_contacts_only_goes_on_from_the_pupil_above_it():
    header = "Forename,Surname,Year,Contact Name,Contact Email"
    found = read(
        "Eli,Tor,5,Mo Tor,mo@p.example",
        ",,,Jo Tor,jo@p.example",
        "Fay,Orr,Oak,Al Orr,al@p.example",
        ",,,Bo Orr,bo@p.example",
        header=header,
    )

    lines = compare(found, [])
    assert [(line.kind, [p.email for p in line.parents]) for line in lines] == [
        (PupilFate.NEW, ["mo@p.example", "jo@p.example"]),
        (PupilFate.NOT_UNDERSTOOD, []),
        (PupilFate.NOT_UNDERSTOOD, []),
    ]


def test_whom_the_file_forbids_is_taken_off_the_list(db_session):
    school = make_school()
    make_pupil(school=school, forename="Amelia", surname="Hart", parents=[JO, KIT])
    header = f"{HEADER},Contact 2 name,Contact 2 email,Contact 2 court order"
    found = read(f"{amelia('Jo')},Kit Hart,{KIT.email},Yes", header=header)

    [line] = compared(school, found)
    assert [(one.name, one.fate) for one in line.contacts] == [
        ("Jo Hart", ContactFate.KEPT),
        ("Kit Hart", ContactFate.LEFT_OUT),
        ("Kit Hart", ContactFate.TAKEN_OFF),
    ]
    take_in(school, found)
    assert families(school) == [["jo@p.example"]]


def test_a_name_on_the_list_stays_with_its_address_unless_ticked(db_session):
    school = make_school()
    make_pupil(school=school, forename="Amelia", surname="Hart", parents=[JO])
    found = read("Amelia,Hart,5,,,Somebody Else,jo@p.example")

    [line] = compared(school, found)
    [one] = line.contacts
    assert (one.name, one.why) == ("Jo Hart", "called Somebody Else in this row of the file")
    take_in(school, found)
    assert queries.pupils_of(school.id)[0].parents[0].name == "Jo Hart"
    take_in(school, found, replaced={2})
    assert queries.pupils_of(school.id)[0].parents[0].name == "Somebody Else"


def test_class_and_number_are_kept_in_the_school_and_the_number_is_unreadable(db_session):
    school = make_school()
    take_in(school, read(amelia("Jo", "5A", "4711")))

    [pupil] = queries.to_compare(school.id)
    assert (pupil.class_name, pupil.admission_number) == ("5A", "4711")
    [stored] = db_session.execute(text("SELECT admission_number FROM pupils")).scalars()
    assert "4711" not in stored


def test_the_number_goes_when_the_pupil_leaves(db_session):
    school = make_school()
    take_in(school, read(amelia("Jo", "5A", "4711")))
    [pupil] = queries.to_compare(school.id)

    with transaction():
        service.remove_pupil(actor=COMMAND, now=clock.now(), pupil=pupil)

    assert db_session.scalars(select(Pupil.admission_number)).all() == [None]


def test_one_of_two_namesakes_can_still_be_changed(db_session):
    school = make_school()
    take_in(school, read(amelia("Jo", "5A"), amelia("Kit", "5B")))
    pupil = queries.pupils_of(school.id)[0]

    with transaction():
        service.change_pupil(
            actor=COMMAND,
            now=clock.now(),
            pupil=pupil,
            forename="Amelia",
            surname="Hart",
            year_group=5,
            parents=[],
        )

    assert pupil.parents == []


PARENTS = ["Jo", "Kit", "Lee", ""]
ROWS = st.lists(
    st.builds(
        amelia,
        st.sampled_from(PARENTS),
        st.sampled_from(["", "5A", "5B"]),
        st.sampled_from(["", "7", "8"]),
    ),
    min_size=1,
    max_size=5,
)


def summary(lines):
    return sorted(
        (str(line.kind), sorted(map(str, line.parents)), line.known.public_id if line.known else "")
        for line in lines
    )


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_rows_decides_nothing(lines, dice):
    on_list = [known(JO, class_name="5A"), known(KIT, public_id="b", number="8")]
    shuffled = dice.sample(lines, len(lines))

    assert summary(compare(read(*lines), on_list)) == summary(compare(read(*shuffled), on_list))


@given(ROWS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nobody_loses_a_parent_or_gets_one_of_another_row_without_being_asked(db_session, lines):
    school = make_school()
    make_pupil(school=school, forename="Amelia", surname="Hart", parents=[JO])
    before = families(school)
    found = read(*lines)

    shown = compared(school, found)
    take_in(school, found)

    sure = [line for line in shown if line.kind in {PupilFate.NEW, PupilFate.CHANGED}]
    allowed = [{p.email for p in line.parents} for line in sure]
    after = families(school)
    assert all(family in before or set(family) in allowed for family in after)
    assert any(JO.email in family for family in after)
    assert len(after) == 1 + sum(line.kind is PupilFate.NEW for line in shown)


def test_namesakes_are_told_apart_where_one_is_chosen(db_session):
    school = make_school()
    take_in(school, read(amelia("Jo", "5A"), amelia("Kit", "5B"), "Bo,Ng,5,5A,,,"))

    names = service.names_apart(queries.pupils_of(school.id))

    assert sorted(names.values()) == [
        "Amelia Hart (class 5A; Jo Hart <jo@p.example>)",
        "Amelia Hart (class 5B; Kit Hart <kit@p.example>)",
        "Bo Ng",
    ]


def test_a_name_that_stands_in_very_many_rows_is_left_out_and_said():
    lines = compare(read(*[amelia()] * 13), [])

    assert {line.kind for line in lines} == {PupilFate.DOUBT}
    assert {tuple(choice.value for choice in line.choices) for line in lines} == {("leave",)}
    assert lines[0].notes == (
        "More than 12 rows have this name and year: is the name in its column?",
    )
