"""What becomes of resources when people leave, when time passes, and when an event is copied."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.days.events import service as event_service
from booking.domain.permissions import COMMAND, Role
from booking.domain.resourcing import SUBJECT_NAMES, SubjectArea
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.files.models import AttachedFile
from booking.foundation.files.refusals import ShelfIsFull
from booking.foundation.notifications.models import Message
from booking.network.resources import panels, queries, words
from booking.network.resources import service as resource_service
from booking.network.resources.models import Resource, ResourceFeed, ResourceProblem
from booking.people.schools import service as school_service
from booking.rights.subjects import pages as subject_pages
from booking.rights.subjects import queries as subject_queries
from booking.rights.subjects import service as subject_service
from booking.upkeep import purging
from tests.builders import events, resources, schools

YEAR = timedelta(days=366)


def mails(template):
    db.session.rollback()
    found = select(Message).where(Message.template == template).order_by(Message.id)
    return list(db.session.scalars(found))


def leave(person, lead):
    with transaction():
        school_service.revoke_role(
            actor=schools.actor_of(lead), now=clock.now(), grant=person.grants[0]
        )


def test_a_resource_stays_under_the_schools_name_when_its_author_leaves(
    browser_of, author, reader, birchwood, lead, shared
):
    here = f"/resources/{shared.public_id}"
    schools.grant(author, Role.STAFF, birchwood)
    assert "Ada Author" in browser_of(reader).get(here).text
    assert browser_of(author).get(f"{here}/change").status_code == 200

    said = ["1 resource that you shared stays, without your name."]
    assert panels.what_becomes(person_id=author.id) == said

    leave(author, lead)

    page = browser_of(reader).get(here).text
    assert "Ada Author" not in page
    assert "Ashdale School" in page
    assert browser_of(author).get(f"{here}/change", check=False).status_code == 404


def test_an_erased_author_and_note_writer_lose_their_names_and_the_address_goes(
    browser_of, author, reader, birchwood, lead, shared
):
    resources.try_it(shared, reader, school=birchwood)
    with transaction():
        resource_service.make_feed(actor=schools.actor_of(reader), now=clock.now())
    for person in (author, reader):
        leave(person, lead)
        with transaction():
            subject_service.erase_oneself(
                actor=schools.actor_of(person), now=clock.now(), person=person
            )

    page = browser_of(lead).get(f"/resources/{shared.public_id}").text
    assert "Bridges from paper" in page
    assert "The coins." in page
    assert "Ada Author" not in page
    assert "Rita Reader" not in page
    assert db.session.get(ResourceFeed, reader.id) is None


def test_what_is_held_about_a_person_names_what_they_shared(author, reader, birchwood, shared):
    resources.try_it(shared, reader, school=birchwood)
    resources.tell(shared, reader)

    def titles_of(person):
        subject = subject_queries.of_person(person, oneself=True)
        copy = subject_pages.copy_of(subject, actor=schools.actor_of(person), now=clock.now())
        return {section["title"] for section in copy.as_facts()["sections"] if section["rows"]}

    assert {"Resources", "Versions of resources"} <= titles_of(author)
    assert {"Notes about resources", "Problems told to the lead"} <= titles_of(reader)


def test_a_withdrawn_resource_is_deleted_after_a_year_with_its_files(ashdale, reader, birchwood):
    stays = resources.share(school=ashdale, words="stays", title="Stays")
    goes = resources.share(school=ashdale, words="goes", title="Goes", ago=2 * YEAR)
    resources.add_version(goes, "goes too")
    resources.try_it(goes, reader, school=birchwood)
    resources.withdraw(goes, ago=YEAR - timedelta(days=2))
    purging.purge(clock.now())
    assert db.session.scalar(select(func.count()).select_from(Resource)) == 2

    purging.purge(clock.now() + timedelta(days=3))

    db.session.rollback()
    assert [row.title for row in db.session.scalars(select(Resource))] == ["Stays"]
    [file] = db.session.scalars(select(AttachedFile))
    assert file.owner_id == stays.public_id


def test_a_settled_problem_is_deleted_after_a_year_and_an_open_one_is_not(reader, lead, shared):
    settled, still_open = resources.tell(shared, reader), resources.tell(shared, reader, "Other")
    with transaction():
        resource_service.settle_problem(
            actor=schools.actor_of(lead), now=clock.now() - YEAR, problem=settled, answer="Done"
        )

    purging.purge(clock.now())

    db.session.rollback()
    assert list(db.session.scalars(select(ResourceProblem.id))) == [still_open.id]


def test_a_problem_is_told_to_the_lead_and_its_settling_to_whoever_told(
    browser_of, author, reader, lead, shared
):
    here = f"/resources/{shared.public_id}"
    told = browser_of(reader).post(f"{here}/problem", data={"word": "A name on page 2."})
    assert told.status_code == 303
    [mail] = mails("resource_problem")
    assert (mail.recipient, mail.reply_to) == (lead.email, f"Rita Reader <{reader.email}>")
    assert "A name on page 2." in mail.text
    leads = browser_of(lead)
    assert "something may be wrong" in leads.get("/admin/").text
    assert "A name on page 2." not in browser_of(author).get(here).text

    settle = f"/resources/problems/{queries.problems_to_settle()[0].public_id}/settle"
    assert leads.post(settle, data={"word": "The name is gone."}).status_code == 303

    [answer] = mails("resource_news")
    assert (answer.recipient, answer.reply_to) == (reader.email, f"Lena Lead <{lead.email}>")
    assert "The name is gone." in answer.text
    assert leads.post(settle, data={"word": "Twice"}, check=False).status_code == 422
    assert len(mails("resource_news")) == 1


def test_whoever_wrote_it_is_told_that_another_withdrew_it_or_hid_a_note(
    author, coordinator, reader, lead, birchwood, shared
):
    note = resources.try_it(shared, reader, school=birchwood)
    leads = schools.actor_of(lead)
    with transaction():
        resource_service.hide_note(actor=leads, now=clock.now(), note=note, reason="A name")
    resources.withdraw(shared, actor=schools.actor_of(coordinator), reason="Out of date")

    hidden, withdrawn = mails("resource_news")
    assert (hidden.recipient, "A name" in hidden.text) == (reader.email, True)
    assert (withdrawn.recipient, "Out of date" in withdrawn.text) == (author.email, True)


def test_nobody_is_told_of_their_own_withdrawal(author, shared):
    resources.withdraw(shared, actor=schools.actor_of(author))
    assert mails("resource_news") == []


def test_a_full_shelf_takes_no_version(shared):
    with transaction(), pytest.raises(ShelfIsFull):
        resource_service.add_version(
            actor=COMMAND,
            now=clock.now(),
            resource=shared,
            content=resources.content("More than there is room for"),
            changed="More",
            quota_bytes=10,
        )
    assert queries.last_number(shared.id) == 1


def test_the_newest_version_is_not_added_again(shared):
    with transaction(), pytest.raises(resource_service.ResourceRefused, match="already"):
        resource_service.add_version(
            actor=COMMAND,
            now=clock.now(),
            resource=shared,
            content=resources.content("A plan"),
            changed="Nothing",
            quota_bytes=resources.QUOTA,
        )


def test_there_is_a_most_of_versions(shared, monkeypatch):
    monkeypatch.setattr(resource_service.sharing, "VERSIONS_MAX", 2)
    resources.add_version(shared, "Second")

    with pytest.raises(resource_service.ResourceRefused, match="another resource"):
        resources.add_version(shared, "Third")


def test_materials_are_on_the_events_page_for_colleagues_and_a_copy_keeps_them(
    client, browser_of, ashdale, author, reader, shared
):
    event = events.make_event(host=ashdale)
    gone = resources.share(school=ashdale, title="Old plan")
    hosts, work = browser_of(author), f"/host/events/{event.slug}/materials"
    for resource in (shared, gone, shared):
        assert hosts.post(work, data={"resource": resource.public_id}).status_code == 303
    resources.withdraw(gone)

    assert "Bridges from paper" in browser_of(reader).get(f"/events/{event.slug}").text
    assert "Old plan" not in browser_of(reader).get(f"/events/{event.slug}").text
    assert "Materials of the day" not in client.get(f"/events/{event.slug}").text
    assert "Bridges" not in hosts.get(f"{work}?q=bridges").text.partition("Find more")[2]
    with transaction():
        copy = event_service.clone(actor=COMMAND, now=clock.now(), event=event)
    assert [row.title for row in queries.materials(copy.id)] == ["Bridges from paper"]

    hosts.post(f"{work}/remove", data={"resource": shared.public_id})
    assert queries.materials(event.id) == []
    assert queries.materials(copy.id) != []


def test_no_withdrawn_and_no_unknown_resource_is_put_with_an_event(browser_of, lead, shared):
    event = events.make_event()
    resources.withdraw(shared)
    work = f"/host/events/{event.slug}/materials"
    page = browser_of(lead).post(work, data={"resource": shared.public_id}, follow_redirects=True)
    assert "has been withdrawn" in page.text
    assert browser_of(lead).post(work, data={"resource": "nothing"}, check=False).status_code == 404


def test_everything_has_a_name_in_words():
    assert words.KIND_NAMES.keys() == set(words.ResourceKind)
    assert SUBJECT_NAMES.keys() == set(SubjectArea)
    assert words.LICENCE_NAMES.keys() == set(words.Licence)


def test_the_end_of_a_day_offers_to_put_materials_with_it(browser_of, author, ashdale, shared):
    event = events.make_event(host=ashdale)
    hosts, work = browser_of(author), f"/host/events/{event.slug}/materials"
    closing = f"/host/events/{event.slug}/close"
    assert "Put materials with the day" in hosts.get(closing).text

    hosts.post(work, data={"resource": shared.public_id})

    page = hosts.get(closing).text
    assert "1 resource is with this event." in page
    assert "Change the materials" in page
