"""Files on a shelf: versions, order, room, copies, what is cleared up and what the doctor finds."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from booking.days.events import service as event_service
from booking.days.events import shelf
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.files import imports, pages, ports, queries, service, soundness, stores
from booking.foundation.files.details import FILES_MAX, FileFacts
from booking.foundation.files.models import AttachedFile, FileAudience, FileBytes, FileContent
from booking.foundation.files.refusals import (
    FileNotTaken,
    FileReplaced,
    LabelWrong,
    NotAnAudience,
    ShelfIsFull,
    TooManyFiles,
)
from booking.upkeep import purging
from tests.builders import events, files, schools


@pytest.fixture
def event(db_session):
    """Provide an event of a school."""
    schools.make_school(name="Guest School", low_year=0, high_year=8)
    return events.make_event(host=schools.make_school(slug="oakfield"))


@pytest.fixture
def owner(event):
    """Provide the event as the owner of files."""
    return shelf.of_event(event, actor=COMMAND)


def do(act, owner, file, **more):
    with transaction():
        return act(actor=COMMAND, now=clock.now(), owner=owner, file=file, **more)


def replaced(owner, file, content):
    upload = imports.read("newer.pdf", content)
    return do(service.replace, owner, file, upload=upload, quota_bytes=files.MB)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def labels(owner):
    db.session.rollback()
    keeper = replace(owner, keeps=True)
    return [line.label for line in pages.shelf(keeper).lines]


def test_a_newer_version_takes_its_place_and_the_older_is_kept(event, owner):
    first = files.put(event, label="Map", audience=FileAudience.EVERYBODY, with_invitation=True)
    files.put(event, label="Timetable")
    second = replaced(owner, first, files.pdf("second"))
    third = replaced(owner, second, files.pdf("third"))

    assert (third.label, third.audience, third.with_invitation) == ("Map", "everybody", True)
    assert labels(owner) == ["Map", "Timetable"]
    assert queries.newest(first) is third
    [line, _] = pages.kept(owner).lines
    assert [old.public_id for old in line.older] == [second.public_id, first.public_id]
    with pytest.raises(FileReplaced, match="newer version"):
        replaced(owner, first, files.pdf("again"))
    with pytest.raises(FileNotTaken, match="there already"):
        replaced(owner, third, files.pdf("third"))


def test_files_are_moved_and_deleted_with_their_versions(event, owner):
    made = [files.put(event, label=label) for label in ("A", "B", "C")]
    newer = replaced(owner, made[1], files.pdf("newer"))

    do(service.move, owner, newer, up=True)
    do(service.move, owner, newer, up=True)  # it is the first already
    assert labels(owner) == ["B", "A", "C"]
    do(service.move, owner, newer, up=False)
    assert labels(owner) == ["A", "B", "C"]
    do(service.delete, owner, newer)
    assert labels(owner) == ["A", "C"]
    assert count(AttachedFile) == 2
    with pytest.raises(FileReplaced, match="deleted"):
        do(service.delete, owner, newer)


def test_room_is_counted_once_for_each_content(event, owner):
    files.put(event, label="Map", content=files.pdf("a" * 600), quota_bytes=1000)
    again = files.put(event, label="Plan", content=files.pdf("a" * 600), quota_bytes=1000)
    with pytest.raises(ShelfIsFull, match=r"no room for this file \(6\d\d bytes\)"):
        files.put(event, label="Other", content=files.pdf("b" * 600), quota_bytes=1000)

    assert count(FileBytes) == 1
    assert again.sha256 == queries.of(replace(owner, keeps=True))[0].sha256


def test_what_is_said_about_a_file_is_checked(event, owner):
    for facts, refusal in (
        (FileFacts("", FileAudience.COMING), LabelWrong),
        (FileFacts("a" * 61, FileAudience.COMING), LabelWrong),
        (FileFacts("Map", FileAudience.HOSTS, with_invitation=True), NotAnAudience),
    ):
        with pytest.raises(refusal):
            files.put_to(owner, name="a.pdf", content=files.pdf(), facts=facts)
    elsewhere = replace(owner, audiences={FileAudience.MEMBERS: "Members"})
    facts = FileFacts("Map", FileAudience.COMING)
    with pytest.raises(NotAnAudience, match="Choose who can see it"):
        files.put_to(elsewhere, name="a.pdf", content=files.pdf(), facts=facts)


def test_there_is_a_most_of_files(event, owner, monkeypatch):
    monkeypatch.setattr(service, "FILES_MAX", 2)
    files.put(event)
    files.put(event)
    with pytest.raises(TooManyFiles):
        files.put(event)
    assert FILES_MAX == 40


def test_a_copy_of_an_event_has_its_files_and_no_bytes_twice(event, owner):
    older = files.put(event, label="Letter to parents", with_invitation=True)
    replaced(owner, older, files.pdf("This year"))
    files.put(event, label="Map", audience=FileAudience.EVERYBODY)

    with transaction():
        draft = event_service.clone(actor=COMMAND, now=clock.now(), event=event)
    copied = shelf.of_event(draft, actor=COMMAND)
    there = queries.all_of(copied)

    assert [(f.label, f.audience, f.with_invitation, f.from_earlier) for f in there] == [
        ("Letter to parents", "coming", False, True),
        ("Map", "everybody", False, True),
    ]
    assert count(FileBytes) == 3
    facts = FileFacts("Letter to parents", FileAudience.COMING)
    do(service.change, copied, there[0], facts=facts)
    assert not db.session.get(AttachedFile, there[0].id).from_earlier, "somebody has looked at it"
    with transaction():
        event_service.discard(actor=COMMAND, now=clock.now(), event=draft)
    assert {f.owner_id for f in db.session.scalars(select(AttachedFile))} == {event.uid}


def test_files_of_an_event_go_after_a_time_and_contents_a_day_later(event, owner):
    public = files.put(event, label="Materials", audience=FileAudience.EVERYBODY)
    first = files.put(event, label="Map")
    replaced(owner, first, files.pdf("newer"))
    over = event.last_ends_at

    def purged(at):
        purging.purge(at)
        db.session.rollback()
        return count(AttachedFile), count(FileContent), count(FileBytes)

    assert purged(over + timedelta(days=399)) == (2, 2, 2), "the older version has gone"
    assert purged(over + timedelta(days=401)) == (1, 1, 1)
    assert db.session.scalars(select(AttachedFile.id)).one() == public.id


def test_a_content_that_was_just_added_is_not_cleared_up(event, owner):
    file = files.put(event)
    do(service.delete, owner, file)

    purging.purge(clock.now())
    assert count(FileContent) == 1
    purging.purge(clock.now() + timedelta(days=2))
    assert (count(FileContent), count(FileBytes)) == (0, 0)


def test_the_doctor_reads_contents_again(event, owner):
    files.put(event)
    lost, changed = (files.put(event, label=label).sha256 for label in ("Lost", "Changed"))
    [check] = soundness.checks()
    assert list(check.problems()) == []

    with transaction() as unit:
        ports.store().drop([lost])
        bad = update(FileBytes).where(FileBytes.sha256 == changed).values(content=b"other")
        unit.execute(bad)

    assert sorted(check.problems()) == sorted(
        [
            f"content {lost[:12]}: its bytes are missing",
            f"content {changed[:12]}: its bytes are not what was stored",
        ]
    )


class Shelves:
    """Another store, as an adapter would be."""

    def __init__(self):
        self.held = {}

    def put(self, sha256, content):
        self.held[sha256] = content

    def get(self, sha256):
        return self.held.get(sha256)

    def drop(self, hashes):
        for sha256 in hashes:
            self.held.pop(sha256, None)


@pytest.mark.parametrize("make", [Shelves, stores.in_database])
def test_every_store_keeps_hands_out_and_lets_go(db_session, make):
    store = make()
    with transaction():
        store.put("a", b"one")
        store.put("a", b"one")
        store.put("b", b"two")
    assert (store.get("a"), store.get("b"), store.get("c")) == (b"one", b"two", None)
    with transaction():
        store.drop(["a", "c"])
    assert (store.get("a"), store.get("b")) == (None, b"two")


def test_lists_read_no_bytes_and_cost_the_same_for_one_and_many(event, owner, count_queries):
    def asked():
        db.session.rollback()
        with count_queries() as statements:
            pages.kept(owner)
        return statements

    files.put(event)
    one = asked()
    for label in ("A", "B", "C"):
        files.put(event, label=label)

    assert len(asked()) == len(one)
    assert not [sql for sql in one if "file_bytes" in sql]
