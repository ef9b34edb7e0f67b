"""Parents without an e-mail address: kept by name and number, and found again."""

import pytest
from sqlalchemy import select

from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from booking.people.pupils import files, queries
from booking.people.pupils import service as pupils
from booking.people.pupils.details import ParentDetails, known_parents, same_person
from booking.people.pupils.imports import rows
from booking.people.pupils.imports.preview import ON_PAPER, ContactFate, PupilFate, compare
from booking.people.pupils.models import Parent
from booking.people.pupils.service.importing import known_pupils
from tests.builders.events import make_event
from tests.builders.places import make_booking
from tests.builders.pupils import make_pupil
from tests.builders.schools import make_school

HEADER = "Forename,Surname,Year,Parent 1 name,Parent 1 e-mail,Parent 1 phone,Parent 2 name"
NIA = ParentDetails("Nia Smith", "", "+447700900111")
NIA_BY_MAIL = ParentDetails("Nia Smith", "nia@parents.example", "+447700900111")


def bring_in(school, *lines):
    """Import lines, and return what the preview said of each pupil."""
    years = (school.low_year, school.high_year)
    found = rows.read("\n".join([HEADER, *lines]).encode(), years=years).rows
    said = compare(found, known_pupils(queries.to_compare(school.id)))
    with transaction():
        pupils.import_pupils(actor=COMMAND, now=clock.now(), school=school, rows=found)
    return {line.shown: line for line in said}


def change_parents(pupil, *parents):
    with transaction():
        return pupils.change_pupil(
            actor=COMMAND,
            now=clock.now(),
            pupil=pupil,
            forename=pupil.forename,
            surname=pupil.surname,
            year_group=pupil.year_group,
            parents=parents,
        )


def parents_of(school):
    return {pupil.forename: known_parents(pupil) for pupil in queries.pupils_of(school.id)}


def invited(session):
    return sorted(session.scalars(select(Message.recipient).where(Message.template == "invited")))


def test_an_import_keeps_who_has_no_address_and_finds_them_again(db_session):
    school = make_school()
    lines = (
        "Ada,Smith,5,Nia Smith,,07700 900111,",
        "Ben,Smith,4,Nia Smith,,07700 900111,",
        "Cai,Jones,4,Mrs Smith,,,",
        "Dai,Evans,3,Mrs Smith,,,",
    )

    first = bring_in(school, *lines)
    assert [(one.name, one.fate, one.why) for one in first["Ada Smith"].contacts] == [
        ("Nia Smith", ContactFate.ADDED, ON_PAPER)
    ]
    again = bring_in(school, *lines)

    assert {line.kind for line in again.values()} == {PupilFate.SAME}
    assert parents_of(school)["Ada"] == parents_of(school)["Ben"] == [NIA]
    # Brothers share their mother; two families may both have a Mrs Smith.
    assert sorted(db_session.scalars(select(Parent.name))) == [
        "Mrs Smith",
        "Mrs Smith",
        "Nia Smith",
    ]


def test_the_schools_own_file_is_read_back_unchanged(db_session):
    school = make_school()
    make_pupil(school=school, forename="Ada", parents=[NIA, ParentDetails("Huw", "h@p.example")])

    content = files.as_csv(queries.pupils_of(school.id))
    found = rows.read(content, years=(school.low_year, school.high_year)).rows

    [line] = compare(found, known_pupils(queries.to_compare(school.id)))
    assert line.kind is PupilFate.SAME


@pytest.mark.parametrize("by_import", [True, False])
def test_an_address_that_comes_later_makes_an_ordinary_parent_who_is_asked(db_session, by_import):
    school = make_school()
    ada = make_pupil(school=school, forename="Ada", surname="Smith", year_group=5, parents=[NIA])
    ben = make_pupil(school=school, forename="Ben", surname="Smith", year_group=5, parents=[NIA])
    event = make_event()
    for pupil in (ada, ben):
        make_booking(event=event, school=school, pupil=pupil, state=BookingState.INVITED)
    assert invited(db_session) == []

    if by_import:
        said = bring_in(school, "Ada,Smith,5,Nia Smith,nia@parents.example,07700 900111,")
        assert [one.fate for one in said["Ada Smith"].contacts] == [ContactFate.KEPT]
    else:
        change_parents(ada, NIA_BY_MAIL)

    assert parents_of(school) == {"Ada": [NIA_BY_MAIL], "Ben": [NIA_BY_MAIL]}
    assert invited(db_session) == ["nia@parents.example"] * 2
    assert len(db_session.scalars(select(Parent)).all()) == 1


def test_who_has_an_address_already_takes_the_place_of_the_one_on_paper(db_session):
    school = make_school()
    make_pupil(school=school, forename="Ben", parents=[NIA_BY_MAIL])
    ada = make_pupil(school=school, forename="Ada", parents=[ParentDetails("Nia Smith", "")])

    change_parents(ada, ParentDetails("Nia Smith", "nia@parents.example"))

    by_mail = ParentDetails("Nia Smith", "nia@parents.example")
    assert [one.email for one in known_parents(ada)] == [by_mail.email]


def test_a_file_that_knows_less_takes_no_address_away(db_session):
    school = make_school()
    make_pupil(school=school, forename="Ada", surname="Smith", year_group=5, parents=[NIA_BY_MAIL])

    bring_in(school, "Ada,Smith,5,NIA SMITH,,07700 900222,Huw Smith")

    assert parents_of(school)["Ada"] == [
        ParentDetails("Nia Smith", "nia@parents.example", "+447700900222"),
        ParentDetails("Huw Smith", ""),
    ]


def test_a_couple_with_one_telephone_number_stays_two_people():
    his = ParentDetails("Huw Smith", "", NIA.phone)
    assert not same_person(NIA, his)
    assert same_person(NIA, NIA_BY_MAIL)
    assert same_person(ParentDetails("Parent or carer", "", NIA.phone), NIA)
    assert not same_person(NIA_BY_MAIL, ParentDetails("Nia Smith", "other@parents.example"))
