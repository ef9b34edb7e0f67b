"""An import does what its preview said, once; an exported list can be imported unchanged."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from booking.domain import names
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from booking.people.pupils import files, queries, service
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.imports import carried, permissions, rows
from booking.people.pupils.imports.carried import CarriedList
from booking.people.pupils.imports.people import GivenContact
from booking.people.pupils.imports.preview import PupilFate, compare
from booking.people.pupils.imports.rows import BadRow, PupilRow
from booking.people.pupils.models import Parent, Pupil
from booking.people.pupils.service.importing import known_pupils
from tests.builders.pupils import make_pupil
from tests.builders.schools import make_school

MOTHER = GivenContact("Ngozi Okoro", "ngozi@parents.example", "+447700900123", rank=1)
FATHER = GivenContact("Sam Lane", "sam@parents.example", rank=2)
MUM = ParentDetails("Ngozi Okoro", "ngozi@parents.example", "+447700900123")
DAD = ParentDetails("Sam Lane", "sam@parents.example")


def imported(school, found, **said):
    with transaction():
        return service.import_pupils(
            actor=COMMAND, now=clock.now(), school=school, rows=found, **said
        )


def parents_of(school):
    return {pupil.forename: service.known_parents(pupil) for pupil in queries.pupils_of(school.id)}


def kinds(school, found):
    return [
        (line.kind, line.notes)
        for line in compare(found, known_pupils(queries.pupils_of(school.id)))
    ]


def test_new_pupils_are_added_with_their_parents(db_session):
    school = make_school()

    counts = imported(
        school,
        [
            PupilRow(2, "Amara", "Okoro", 5, (MOTHER, FATHER)),
            PupilRow(3, "Chidi", "Okoro", 3, (MOTHER,)),
        ],
    )

    assert counts == service.ImportCounts(added=2, changed=0, same=0)
    pupils = queries.pupils_of(school.id)
    assert [(p.forename, service.known_parents(p)) for p in pupils] == [
        ("Amara", [MUM, DAD]),
        ("Chidi", [MUM]),
    ]
    assert len(db_session.scalars(select(Parent)).all()) == 2


def test_the_same_import_again_changes_nothing(db_session):
    school = make_school()
    found = [PupilRow(2, "Amara", "Okoro", 5, (MOTHER,)), PupilRow(3, "Bea", "Ng", 4)]
    imported(school, found)

    assert imported(school, found) == service.ImportCounts(added=0, changed=0, same=2)
    assert len(db_session.scalars(select(Pupil)).all()) == 2


def test_parents_in_the_file_are_added_and_replace_all_only_by_a_tick(db_session):
    school = make_school()
    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=5, parents=[MUM])
    make_pupil(school=school, forename="Bea", surname="Ng", year_group=4, parents=[DAD])
    found = [
        PupilRow(2, "AMARA", "Okoro", 5, (FATHER, dataclasses.replace(MOTHER, rank=2))),
        PupilRow(3, "Bea", "Ng", 4, (FATHER,)),
    ]

    assert kinds(school, found) == [(PupilFate.CHANGED, ()), (PupilFate.SAME, ())]
    assert imported(school, found) == service.ImportCounts(added=0, changed=1, same=1)
    assert parents_of(school) == {"Amara": [MUM, DAD], "Bea": [DAD]}

    only_father = [PupilRow(2, "Amara", "Okoro", 5, (FATHER,)), PupilRow(3, "Bea", "Ng", 4)]

    assert kinds(school, only_father) == [(PupilFate.OTHER_PARENTS, ()), (PupilFate.SAME, ())]
    assert imported(school, only_father).changed == 0
    assert parents_of(school) == {"Amara": [MUM, DAD], "Bea": [DAD]}
    assert imported(school, only_father, replaced={2, 3}).changed == 1
    assert parents_of(school) == {"Amara": [DAD], "Bea": [DAD]}


def test_a_third_parent_is_not_added_where_the_list_has_two(db_session):
    school = make_school()
    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=5, parents=[MUM, DAD])
    aunt = GivenContact("Ada Obi", "ada@parents.example")
    found = [PupilRow(2, "Amara", "Okoro", 5, (MOTHER, aunt))]

    assert imported(school, found).changed == 0
    assert parents_of(school) == {"Amara": [MUM, DAD]}
    assert imported(school, found, replaced={2}).changed == 1
    assert {p.email for p in parents_of(school)["Amara"]} == {MUM.email, aunt.email}


def test_a_number_that_the_file_leaves_out_is_kept(db_session):
    school = make_school()
    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=5, parents=[MUM])
    found = [PupilRow(2, "Amara", "Okoro", 5, (dataclasses.replace(MOTHER, phone=""),))]

    assert kinds(school, found) == [(PupilFate.SAME, ())]


def test_a_pupil_who_is_a_year_lower_on_the_list_is_pointed_out(db_session):
    school = make_school()
    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=4)

    [(kind, [note])] = kinds(school, [PupilRow(2, "Amara", "Okoro", 5)])

    assert (kind, "one year lower" in note) == (PupilFate.NEW, True)


def test_rows_not_understood_stay_out_of_what_is_written(db_session):
    lines = compare([BadRow(2, "Okoro", "This row has no forename.")], [])

    assert [(line.kind, line.row) for line in lines] == [(PupilFate.NOT_UNDERSTOOD, None)]


def test_an_import_for_a_school_without_the_year_is_refused_whole(db_session):
    school = make_school()

    with pytest.raises(service.YearNotTaught):
        imported(school, [PupilRow(2, "Amara", "Okoro", 5), PupilRow(3, "Bea", "Ng", 9)])

    assert queries.pupils_of(school.id) == []


def test_an_import_is_one_audit_entry_without_names(db_session):
    school = make_school()
    imported(school, [PupilRow(2, "Amara", "Okoro", 5, (MOTHER,))])
    pupil = db_session.scalars(select(Pupil)).one()

    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "import_pupils")).one()
    assert (entry.facts, entry.school_id) == ({"added": [pupil.id], "changed": []}, school.id)


def test_an_import_of_many_asks_the_database_little(db_session, count_queries):
    def queries_for(count):
        school = make_school()
        found = [
            PupilRow(n, f"Pupil{n}", f"Of{count}", 5, (GivenContact("", f"p{n}@parents.example"),))
            for n in range(count)
        ]
        with count_queries() as statements:
            imported(school, found)
        return len([s for s in statements if s.startswith("SELECT")])

    assert queries_for(3) == queries_for(60)


COLUMNS = {"cohort": "year"}


def test_carried_rows_come_back_as_they_were():
    found = [
        PupilRow(2, "Amara", "Okoro", 5, (MOTHER, FATHER), "5A", "1234", True, (4,)),
        PupilRow(3, "Bea", "", 0),
    ]

    packed = carried.pack(CarriedList(found, COLUMNS), secret="s", school_id=1, person_id=2)

    assert carried.unpack(packed, secret="s", school_id=1, person_id=2) == CarriedList(
        found, COLUMNS
    )


@pytest.mark.parametrize("wrong", [{"secret": "t"}, {"school_id": 3}, {"person_id": 3}])
def test_carried_rows_of_somebody_else_are_refused(wrong):
    right = {"secret": "s", "school_id": 1, "person_id": 2}
    packed = carried.pack(CarriedList([PupilRow(2, "Amara", "Okoro", 5)]), **right)

    with pytest.raises(carried.ListPreviewTooOld):
        carried.unpack(packed, **{**right, **wrong})


def test_carried_rows_grow_old(time_machine):
    right = {"secret": "s", "school_id": 1, "person_id": 2}
    time_machine.move_to(1_800_000_000)
    packed = carried.pack(CarriedList([]), **right)
    time_machine.shift(carried.KEPT_FOR.total_seconds() + 2)

    with pytest.raises(carried.ListPreviewTooOld):
        carried.unpack(packed, **right)


NAMES = st.text(
    st.sampled_from("=+-@'\",;ABab éŁ’−＝.") | st.characters(codec="utf-8"), max_size=12
).map(names.tidy)
#: "REFUSED" where a name belongs forbids writing, so nobody is called that here.
PARENTS = NAMES.filter(lambda name: not permissions.said_in(name))


@given(
    forename=NAMES.filter(bool),
    surname=NAMES,
    parent=PARENTS,
    year=st.integers(0, 6),
    class_name=NAMES,
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_exported_list_is_imported_as_the_same_list(forename, surname, parent, year, class_name):
    pupil = Pupil(
        forename=forename,
        surname=surname,
        year_group=year,
        class_name=class_name,
        parents=[
            Parent(
                id=1, name=parent or "Parent or carer", email="a@p.example", phone="+447700900123"
            ),
            Parent(id=2, name="Sam", email="b@p.example", phone=""),
        ],
    )

    [row] = rows.read(files.as_csv([pupil]), years=(0, 6)).rows

    read = (row.forename, row.surname, row.year_group, row.class_name, row.parents)
    assert read == (forename, surname, year, class_name, tuple(service.known_parents(pupil)))
