"""The weekly digest: one calm mail on a Monday, for its reader alone, and none without news."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications import render
from booking.foundation.notifications.models import Message
from booking.network.digest import jobs
from booking.network.digest.models import LifeDigest
from tests.builders import directory, meetings, resources, schools

#: A Wednesday, and the Mondays after it, in London's summer time.
WEDNESDAY = datetime(2026, 6, 10, 12, tzinfo=UTC)
MONDAY = datetime(2026, 6, 15, 6, 30, tzinfo=UTC)
WEEK = timedelta(days=7)


def run(at):
    with clock.pretending(at):
        for job in jobs.jobs():
            job.run()
    db.session.rollback()


def digests(email=""):
    db.session.rollback()
    found = select(Message).where(Message.template == "life_digest").order_by(Message.id)
    return [row for row in db.session.scalars(found) if email in ("", row.recipient)]


@pytest.fixture
def reader(db_session):
    """Provide a member of staff who has been counted in on the Wednesday."""
    school = schools.make_school()
    with clock.pretending(WEDNESDAY):
        found = schools.make_person(role=Role.STAFF, school=school, name="Rita Reader")
    run(WEDNESDAY)
    return found


def share(title, at):
    with clock.pretending(at):
        resources.share(title=title)


def test_what_came_since_the_last_is_told_once_with_whole_addresses(reader, lead):
    share("Before", WEDNESDAY - timedelta(hours=1))
    share("Bridges from paper", WEDNESDAY + timedelta(hours=1))
    run(MONDAY - timedelta(hours=1))
    assert digests() == []

    run(MONDAY)
    run(MONDAY + timedelta(hours=1))

    [mail] = digests(reader.email)
    assert "Bridges from paper" in mail.text
    assert "Before" not in mail.text
    assert f'href="{render.base_url()}/resources/' in mail.html
    assert lead.email in mail.reply_to
    run(MONDAY + WEEK)
    assert len(digests(reader.email)) == 1


@pytest.fixture
def lead(db_session):
    """Provide the lead, who answers."""
    return schools.make_person(role=Role.LEAD, name="Lena Lead")


def test_what_waits_is_said_once_and_the_mail_is_for_its_reader_alone(reader, db_session):
    host = schools.make_person(role=Role.HOST, school=schools.make_school())
    visitor = schools.make_person(name="No Role")
    run(WEDNESDAY)
    with clock.pretending(WEDNESDAY + timedelta(hours=1)):
        meetings.make_meeting(title="Open evening", roles=frozenset({Role.STAFF}))
    run(MONDAY)
    [mail] = digests()
    assert mail.recipient == reader.email
    assert "Say whether you will come: Open evening" in mail.text
    assert "1 thing waits for you" in mail.subject
    run(MONDAY + WEEK)
    assert [mail.recipient for mail in digests()] == [reader.email]
    assert db.session.get(LifeDigest, host.id) is not None
    assert db.session.get(LifeDigest, visitor.id) is None


def test_an_associate_reads_of_what_is_open_to_associates(reader, db_session):
    associate = schools.make_person(role=Role.ASSOCIATE, institution="Tallow Hill College")
    run(WEDNESDAY)
    with clock.pretending(WEDNESDAY + timedelta(hours=1)):
        directory.listed(schools.make_school(), name="Ola Offers")
    run(MONDAY)
    assert "Ola Offers" in digests(reader.email)[0].text
    assert digests(associate.email) == []


def test_one_click_stops_it_and_after_a_pause_a_fortnight_is_told(reader, client):
    share("First", MONDAY - timedelta(hours=1))
    run(MONDAY)
    [mail] = digests(reader.email)
    link = mail.html.split("/mail/stop/")[1].split('"')[0]
    client.post(f"/mail/stop/{link}", data={"List-Unsubscribe": "One-Click"})
    share("Second", MONDAY + timedelta(hours=1))
    for week in (1, 2, 3):
        run(MONDAY + week * WEEK)
    assert len(digests(reader.email)) == 1

    client.post(f"/mail/stop/{link}/choose", data={"do": "start"})
    share("Third", MONDAY + 3 * WEEK)
    run(MONDAY + 4 * WEEK)
    [_, after] = digests(reader.email)
    assert "Third" in after.text
    assert "Second" not in after.text


def test_the_number_of_statements_for_a_person_is_always_the_same(reader, count_queries):
    def one_monday(week, number):
        for each in range(number):
            share(f"Paper {week} {each}", MONDAY + week * WEEK - timedelta(hours=1))
        with count_queries() as found:
            run(MONDAY + week * WEEK)
        return len(found)

    assert one_monday(1, 1) == one_monday(2, 4)


def test_whoever_is_erased_is_counted_out(reader, lead):
    from booking.people.schools import service as school_service

    with transaction():
        actor = schools.actor_of(lead)
        school_service.forget_person(actor=actor, now=clock.now(), person=reader)
    assert db.session.get(LifeDigest, reader.id) is None
