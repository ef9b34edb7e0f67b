"""Erasing one parent, an adult who came along, oneself, and names that were only typed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import ErasedRow
from booking.foundation.db import Model, db, transaction
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils import service as pupils
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.models import Parent
from booking.rights.subjects import pages as subject_pages
from booking.rights.subjects import queries as subject_queries
from booking.rights.subjects import service as subjects
from tests import cast
from tests.builders import checkout as families
from tests.builders import leading, rosters
from tests.builders.checkout import make_family, make_fee_event
from tests.builders.glass import open_glass
from tests.builders.schools import actor_of, as_, make_person, make_school

MARK = "Zqxvorbel"
LENA = "zqxvorbellena@ashdale.example"
OTHER = ParentDetails("Ngozi Okoro", "ngozi@okoro.example", "07700 900456")


@pytest.fixture
def school(db_session):
    return make_school(name="Ashdale Primary School")


@pytest.fixture
def event(db_session):
    return make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)


@pytest.fixture
def family(event, school):
    """A child with two parents, of whom the first has answered."""
    found = make_family(
        event,
        school=school,
        parent_name=f"{MARK}sam Okoro",
        parent_email="zqxvorbelsam@parents.example",
    )
    families.answer(found, given_by=f"{MARK}signed")
    pupil = found.booking.pupil
    own = ParentDetails(f"{MARK}sam Okoro", "zqxvorbelsam@parents.example", "")
    with transaction():
        pupils.change_pupil(
            actor=COMMAND,
            now=clock.now(),
            pupil=db.session.merge(pupil),
            forename=pupil.forename,
            surname=pupil.surname,
            year_group=pupil.year_group,
            parents=[own, OTHER],
        )
    return found


@pytest.fixture
def coordinator(app, school):
    return as_(app, make_person(role=Role.COORDINATOR, school=school))


def look(client, path, /, **fields):
    data = {"password": cast.PASSWORD, "sure": "y"} | fields
    return client.post(path, data=data)


def marked():
    """Return the tables in which a marked word stands, decrypted."""
    db.session.rollback()
    return {
        table.name
        for table in Model.metadata.sorted_tables
        for row in db.session.execute(select(table))
        if MARK.lower() in str(row).lower()
    }


def erased():
    db.session.rollback()
    return sorted(db.session.scalars(select(ErasedRow.kind)))


def test_one_parent_is_erased_and_the_other_stays_with_the_child(coordinator, family):
    assert {"parents", "consents", "messages"} <= marked()
    look(coordinator, "/school/adults/everything", address="zqxvorbelsam@parents.example")
    page = coordinator.get("/school/adults/everything")
    assert "Erase Zqxvorbelsam Okoro" in page.text
    assert "okoro.example" not in page.text
    assert coordinator.get("/school/adults/erase/0").status_code == 200

    assert look(coordinator, "/school/adults/erase/0").status_code == 303

    assert marked() == set()
    [left] = db.session.scalars(select(Parent))
    assert (left.name, [child.name for child in left.pupils]) == (
        "Ngozi Okoro",
        [family.booking.pupil.name],
    )
    assert erased() == ["parents"]
    # Sent again, by Back or a slow line.
    assert look(coordinator, "/school/adults/erase/0").status_code == 303


def test_the_only_parent_leaves_a_child_to_be_asked_on_paper(coordinator, event, school):
    make_family(event, school=school, parent_email="sam@parents.example")
    look(coordinator, "/school/adults/everything", address="sam@parents.example")

    page = coordinator.get("/school/adults/erase/0").text

    assert "mail then reaches no parent" in page


def test_money_of_a_parent_comes_first(event, school):
    found = make_family(event, school=school)
    families.answer(found)
    families.begin(found, 600)

    with pytest.raises(subjects.MoneyOnItsWay), transaction():
        subjects.erase_parent(actor=COMMAND, now=clock.now(), parent=db.session.merge(found.parent))


def test_one_parents_copy_has_no_address_of_the_other(coordinator, family, school):
    pupil = family.booking.pupil
    path = f"/school/pupils/{pupil.public_id}/everything"
    assert look(coordinator, path).status_code == 422
    asker = db.session.scalars(select(Parent).where(Parent.name.like(f"{MARK}%"))).one()

    look(coordinator, path, asker=str(asker.id))
    own = coordinator.get(f"{path}/file").get_data(as_text=True)
    look(coordinator, path, asker="all")
    whole = coordinator.get(f"{path}/file").get_data(as_text=True)

    assert "zqxvorbelsam@parents.example" in own
    assert "okoro.example" not in own
    assert "7700900456" not in own.replace(" ", "")
    assert "okoro.example" in whole


def test_mail_of_another_school_to_the_same_address_is_in_no_copy(event, school):
    here = make_family(event, school=school, parent_email="sam@parents.example")
    there = make_school(name="Birchwood School")
    make_family(event, school=there, forename="Zoltan", parent_email="sam@parents.example")
    actor = actor_of(make_person(role=Role.COORDINATOR, school=school))

    for person in (
        subject_queries.of_pupil(here.booking.pupil),
        subject_queries.of_parent(here.parent),
    ):
        copy = subject_pages.copy_of(person, actor=actor, now=clock.now())
        assert "Zoltan" not in str(copy.as_facts())


def test_an_adult_who_came_along_is_erased_once_the_event_is_over(
    coordinator, family, event, school, time_machine
):
    rosters.bring_adult(event=event, school=school, name=f"{MARK}lena", email=LENA)
    elsewhere = make_school(name="Birchwood School")
    make_family(event, school=elsewhere)
    rosters.bring_adult(event=event, school=elsewhere, name="Lena", email=LENA)
    look(coordinator, "/school/adults/everything", address=LENA)
    copy = coordinator.get("/school/adults/everything/file/0").get_data(as_text=True)
    assert copy.count(LENA) == 1
    refused = look(coordinator, "/school/adults/erase/0")
    assert refused.status_code == 422
    assert "They are to come along to" in refused.text
    adult = subject_queries.at_address(school.id, LENA)[0]
    time_machine.move_to(event.last_ends_at + timedelta(hours=1))

    with transaction():
        subjects.erase_adult(actor=COMMAND, now=clock.now(), adult=adult)

    db.session.rollback()
    left = db.session.scalars(select(AccompanyingAdult.school_id)).all()
    assert left == [elsewhere.id]
    assert erased() == ["accompanying_adults"]


def test_an_account_without_a_role_erases_itself_and_one_with_a_role_does_not(app, db_session):
    make_person(role=Role.LEAD)
    teacher = make_person(role=Role.HOST, school=make_school(), name=f"{MARK}harriet")
    nobody = make_person(name=f"{MARK}kit")
    busy, free = as_(app, teacher), as_(app, nobody)

    assert "You still have a role" in busy.get("/account/erase").text
    assert look(busy, "/account/erase").status_code == 422
    assert free.post("/account/erase", data={"password": "wrong", "sure": "y"}).status_code == 422
    assert look(free, "/account/erase").status_code == 303

    assert free.get("/account/").status_code == 302
    db.session.rollback()
    assert db.session.merge(nobody).forgotten_at is not None
    assert erased() == ["people"]


def test_a_name_that_was_only_typed_is_found_by_its_own_school_and_erased(app, coordinator, school):
    day = make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    leading.lead_with_pupils(day, school, f"{MARK}amy")
    other = as_(app, make_person(role=Role.COORDINATOR, school=make_school()))
    assert "leads to a pupil" in look(other, "/school/names/everything", name="zqxvorbelAMY").text
    assert look(coordinator, "/school/names/everything", name="zqxvorbelAMY").status_code == 303
    page = coordinator.get("/school/names/found").text
    assert f"leads “{day.title}”" in page
    assert MARK in coordinator.get("/school/names/found/file").get_data(as_text=True)
    [key] = [one.key for one in subject_queries.typed(school.id, f"{MARK}amy")]
    assert look(coordinator, "/school/names/found").status_code == 422

    assert look(coordinator, "/school/names/found", chosen=[key]).status_code == 303

    assert marked() == set()
    assert erased() == ["pupil_leaders"]
    assert other.get("/school/names/found").status_code == 303


def test_a_copy_says_who_opened_the_pupils_of_the_school(family, event, school):
    lead = make_person(role=Role.LEAD, name="Lena Hart")
    open_glass(event, lead)
    actor = actor_of(make_person(role=Role.COORDINATOR, school=school))
    pupil = subject_queries.of_pupil(family.booking.pupil)

    copy = subject_pages.copy_of(pupil, actor=actor, now=clock.now())

    titles = {section.title: str(section.rows) for section in copy.sections}
    assert "Checks who comes to the day" in titles["Opened to somebody who oversees the network"]
    assert "opened the pupils" in titles[subject_pages.READ]
