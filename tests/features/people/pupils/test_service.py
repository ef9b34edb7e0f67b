"""A school's list of pupils: added, changed, removed; parents shared by brothers and sisters."""

import pytest
from sqlalchemy import select

from booking.domain.permissions import COMMAND
from booking.foundation import clock, contacts
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from booking.people.pupils import queries, service
from booking.people.pupils.models import Parent
from booking.people.pupils.service import ParentDetails
from tests.builders.pupils import make_pupil
from tests.builders.schools import make_school

MUM = ParentDetails("Ngozi Okoro", "Ngozi.Okoro@parents.example", "07700 900123")


def change(pupil, **changes):
    facts = {
        "forename": pupil.forename,
        "surname": pupil.surname,
        "year_group": pupil.year_group,
        "parents": service.known_parents(pupil),
        **changes,
    }
    with transaction():
        return service.change_pupil(actor=COMMAND, now=clock.now(), pupil=pupil, **facts)


def test_a_pupil_is_added_with_a_parent(db_session):
    school = make_school()

    pupil = make_pupil(
        school=school, forename=" Amara ", surname="Okoro", year_group=5, parents=[MUM]
    )

    assert (pupil.name, pupil.year_group, pupil.left_at) == ("Amara Okoro", 5, None)
    assert service.known_parents(pupil) == [
        ParentDetails("Ngozi Okoro", "ngozi.okoro@parents.example", "+447700900123")
    ]
    assert db_session.scalar(select(AuditEntry.facts).where(AuditEntry.action == "add_pupil")) == {
        "year_group": 5,
        "parents": 1,
    }


def test_brothers_and_sisters_share_their_parent(db_session):
    school = make_school()
    make_pupil(school=school, forename="Amara", surname="Okoro", parents=[MUM])

    make_pupil(
        school=school,
        forename="Chidi",
        surname="Okoro",
        year_group=3,
        parents=[ParentDetails("Ngozi Okoro-Lane", "ngozi.okoro@PARENTS.example")],
    )

    parent = db_session.scalars(select(Parent)).one()
    assert (parent.name, parent.phone) == ("Ngozi Okoro-Lane", "+447700900123")
    assert sorted(pupil.forename for pupil in parent.pupils) == ["Amara", "Chidi"]


def test_the_same_parent_at_two_schools_is_two_rows(db_session):
    make_pupil(school=make_school(), parents=[MUM])
    make_pupil(school=make_school(), parents=[MUM])

    assert len(db_session.scalars(select(Parent)).all()) == 2


def test_the_same_pupil_twice_is_refused(db_session):
    school = make_school()
    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=5)

    with pytest.raises(service.SamePupil, match="Amara Okoro in Year 5 is already on your list"):
        make_pupil(school=school, forename="AMARA", surname="okoro", year_group=5)


def test_a_pupil_of_that_name_in_another_year_or_gone_is_another_pupil(db_session):
    school = make_school()
    first = make_pupil(school=school, forename="Amara", surname="Okoro", year_group=5)
    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=4)
    with transaction():
        service.remove_pupil(actor=COMMAND, now=clock.now(), pupil=first)

    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=5)

    assert len(queries.pupils_of(school.id)) == 2


@pytest.mark.parametrize("year_group", [-1, 7])
def test_a_year_that_the_school_does_not_have_is_refused(db_session, year_group):
    school = make_school(name="Ashdale Primary School", low_year=0, high_year=6)

    with pytest.raises(service.YearNotTaught, match="has Reception to Year 6"):
        make_pupil(school=school, year_group=year_group)


def test_a_pupil_without_a_forename_is_refused(db_session):
    with pytest.raises(service.PupilNameMissing):
        make_pupil(school=make_school(), forename="\u200b ", surname="Okoro")


def test_a_pupil_with_one_name_is_fine(db_session):
    assert make_pupil(school=make_school(), forename="Suharto", surname="").surname == ""


@pytest.mark.parametrize("phone", ["123", "call me", "01632 960001 ext 12"])
def test_a_parents_number_that_is_none_is_refused(db_session, phone):
    with pytest.raises(contacts.NotAPhone):
        make_pupil(school=make_school(), parent_phone=phone)


def test_a_parents_address_that_is_none_is_refused(db_session):
    with pytest.raises(contacts.NotAnEmail):
        make_pupil(school=make_school(), parent_email="ngozi at home")


def test_a_change_records_the_names_of_fields_and_no_names_of_people(db_session):
    pupil = make_pupil(school=make_school(), forename="Amara", surname="Okoro", year_group=5)

    change(pupil, forename="Mara", parents=[MUM])

    assert (pupil.name, pupil.parents[0].name) == ("Mara Okoro", "Ngozi Okoro")
    facts = db_session.scalar(select(AuditEntry.facts).where(AuditEntry.action == "change_pupil"))
    assert facts == {"fields": ["forename", "parents"]}


def test_a_change_of_nothing_is_not_recorded(db_session):
    pupil = make_pupil(school=make_school())

    change(pupil)

    assert db_session.scalar(select(AuditEntry).where(AuditEntry.action == "change_pupil")) is None


def test_a_pupil_cannot_be_changed_into_another(db_session):
    school = make_school()
    make_pupil(school=school, forename="Amara", surname="Okoro")
    other = make_pupil(school=school, forename="Mara", surname="Okoro")

    with pytest.raises(service.SamePupil):
        change(other, forename="Amara")


def test_a_pupil_who_left_is_off_the_list_and_cannot_be_changed(db_session):
    pupil = make_pupil(school=make_school())
    with transaction():
        service.remove_pupil(actor=COMMAND, now=clock.now(), pupil=pupil)

    assert queries.pupils_of(pupil.school_id) == []
    with pytest.raises(service.AlreadyLeft):
        change(pupil, forename="Mara")
    with pytest.raises(service.AlreadyLeft), transaction():
        service.remove_pupil(actor=COMMAND, now=clock.now(), pupil=pupil)


def test_the_list_is_by_surname_and_searched_by_any_part_of_a_name(db_session):
    school = make_school()
    make_pupil(school=school, forename="Bea", surname="van der Berg", year_group=3)
    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=5)
    make_pupil(school=make_school(), forename="Bea", surname="Elsewhere", year_group=3)

    assert [p.surname for p in queries.pupils_of(school.id)] == ["Okoro", "van der Berg"]
    assert [p.forename for p in queries.pupils_of(school.id, text="be BER")] == ["Bea"]
    assert queries.pupils_of(school.id, 5, 6, "berg") == []
    assert queries.pupils_of(school.id, text="%") == []


def test_a_pupil_is_found_by_its_own_school_only(db_session):
    pupil = make_pupil(school=make_school())

    assert queries.by_public_id(pupil.public_id, school_id=pupil.school_id) is pupil
    assert queries.by_public_id(pupil.public_id, school_id=pupil.school_id + 1) is None
