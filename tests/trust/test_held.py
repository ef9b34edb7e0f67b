"""A copy of everything held has every word about its family, and no word of another's."""

import pytest
from sqlalchemy import or_, select

from booking.foundation import clock, holdings
from booking.foundation.db import Model, db
from booking.foundation.web import log_masks
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from booking.rights.subjects import pages as subject_pages
from booking.rights.subjects import queries as subject_queries
from booking.rights.subjects import words as subject_words
from tests.builders import schools


def said(copy):
    """Return all that a copy says."""
    facts = copy.as_facts()
    lines = [copy.about]
    for section in facts["sections"]:
        lines += [fact["value"] for row in section["rows"] for fact in row]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def copies(world):
    """Everything held about each pupil of two schools, by school and pupil."""
    found = {}
    for role, name in (("own", "Ashdale School"), ("other", "Birchwood School")):
        actor = schools.actor_of(schools.person_of(world.network.people[role]))
        school = db.session.scalars(select(School.id).where(School.name == name)).one()
        pupils = db.session.scalars(select(Pupil).where(Pupil.school_id == school)).all()
        found[role] = {
            pupil.id: said(
                subject_pages.copy_of(subject_queries.of_pupil(pupil), actor=actor, now=clock.now())
            )
            for pupil in pupils
        }
    return found


def test_no_copy_has_a_word_of_another_schools_families(world, copies, counted):
    network = world.network
    for role, theirs in (("own", network.other), ("other", network.own)):
        for copy in copies[role].values():
            assert sorted(word for word in theirs.all if word in copy) == []
    counted(f"{sum(map(len, copies.values()))} copies of everything held about a pupil")


def test_every_word_about_a_family_is_in_some_copy(world, copies):
    everything = "\n".join(copies["own"].values())
    stored = "\n".join(kept_about_families())
    own = world.network.own

    words_kept = {word for word in own.all if word in stored}

    assert sorted(word for word in words_kept if word not in everything) == []
    assert words_kept & own.health
    assert len(words_kept) > 60


def kept_about_families():
    """Yield every text of the rows that refer to a pupil, a booking or a parent."""
    for table in Model.metadata.sorted_tables:
        ours = [
            column
            for name in ("pupils", "bookings", "parents")
            for column in holdings.references(table, name)
        ]
        if table.name in {"pupils", "parents", "incidents", "incident_notes"}:
            ours = list(table.primary_key.columns)
        if ours:
            found = select(table).where(or_(*(column.is_not(None) for column in ours)))
            for row in db.session.execute(found):
                yield from map(str, row)


def test_every_column_that_is_about_a_pupil_is_told(world, copies):
    """Asked of the tables themselves, without the parts."""
    left_out = {
        (part.table.name, column)
        for part in subject_queries.parts()
        for column in (*part.left_out, *holdings.INTERNAL)
    }
    compared = 0
    for table in Model.metadata.sorted_tables:
        for reference in holdings.references(table, "pupils"):
            for pupil_id, copy in [*copies["own"].items(), *copies["other"].items()]:
                for row in db.session.execute(select(table).where(reference == pupil_id)):
                    for column in table.columns:
                        if column.foreign_keys or (table.name, column.name) in left_out:
                            continue
                        told = subject_words.value(column.name, row._mapping[column])
                        assert log_masks.mask(told) in copy, f"{table.name}.{column.name}"
                        compared += bool(told)
    assert compared > 50
