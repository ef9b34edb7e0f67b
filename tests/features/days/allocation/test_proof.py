"""Anybody can recompute a round, and later changes show."""

import subprocess
import sys

import pytest
from sqlalchemy import update

from booking.days.allocation import queries, service
from booking.days.allocation.models import Round
from booking.days.places.models import PlaceRequest
from booking.foundation import folders
from booking.foundation.db import db, transaction
from tests.builders import allocation, events, schools
from tests.builders import places as build


@pytest.fixture
def event(db_session):
    """Return an event whose round was run: three schools, four places."""
    event = events.make_event(places=4)
    asking = [schools.make_school() for _ in range(3)]
    allocation.ask_all(event, asking, [1, 3, 4])
    allocation.run_round(event)
    return event


def rewrite(event, **values):
    """Change the stored round behind the back of the application."""
    with transaction():
        db.session.execute(update(Round).where(Round.event_id == event.id).values(**values))


def found(event):
    return service.verify(queries.round_of(event.id), event)


def test_a_round_as_published_agrees(event):
    assert found(event) == []


def test_any_changed_byte_of_the_record_is_detected(event):
    record = queries.round_of(event.id).record
    # Every seventh byte is enough to touch each entry, and is quick.
    for place in range(0, len(record), 7):
        other = "0" if record[place] != "0" else "1"
        rewrite(event, record=record[:place] + other + record[place + 1 :])

        assert found(event), f"byte {place}, {record[place]!r}, was changed and not noticed"


def test_another_digest_is_detected(event):
    rewrite(event, digest="0" * 64)

    assert found(event) == ["The record is not the one published: its digest is different."]


def test_a_seed_other_than_the_one_committed_to_is_detected(event):
    with transaction():
        event.seed_commitment = "0" * 64

    assert found(event) == ["The seed is not the one committed to before requests were made."]


def test_a_school_that_was_given_otherwise_is_named(event):
    with transaction():
        request = db.session.query(PlaceRequest).filter_by(event_id=event.id, wanted=1).one()
        request.places_received = 2
        slug = request.school.slug

    assert found(event) == [f"{slug} was given 2 places; the record says 1."]
    assert list(service.problems()) == [
        f"{event.slug}: {slug} was given 2 places; the record says 1."
    ]


def run_script(path, *options):
    return subprocess.run(
        [sys.executable, str(folders.VERIFY_ALLOCATION), str(path), *options],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_stand_alone_script_agrees_with_the_downloaded_record(event, client, tmp_path):
    row = queries.round_of(event.id)
    commitment, digest = event.seed_commitment, row.digest
    path = tmp_path / "record.json"
    path.write_bytes(client.get(f"/events/{event.slug}/allocation.json").data)

    done = run_script(path, "--commitment", commitment, "--sha256", digest)
    assert (done.returncode, done.stdout) == (
        0,
        "The record agrees: recomputed from its claims, rule and seed.\n",
    )

    path.write_bytes(path.read_bytes().replace(b'"wanted":3', b'"wanted":2'))
    assert run_script(path, "--sha256", digest).returncode == 1


def test_the_commands_run_a_round_once_and_verify_it(app, db_session, time_machine):
    event, school = events.make_event(places=2), schools.make_school()
    build.ask(event, school, 2)
    slug, after = event.slug, allocation.after_deadline(event)
    db.session.rollback()
    runner = app.test_cli_runner()

    too_early = runner.invoke(args=["allocation", "run", slug])
    unknown = runner.invoke(args=["allocation", "run", "no-such-event"])
    not_yet = runner.invoke(args=["allocation", "verify", slug])
    time_machine.move_to(after)
    done = runner.invoke(args=["allocation", "run", slug])
    again = runner.invoke(args=["allocation", "run", slug])
    agrees = runner.invoke(args=["allocation", "verify", slug])

    codes = [r.exit_code for r in (too_early, unknown, not_yet, done, again, agrees)]
    assert codes == [1, 1, 1, 0, 1, 0]
    assert "Run the round after that." in too_early.output
    assert "A round is only run once, and its result stands." in again.output
    assert agrees.output.startswith(f"The round of {slug} agrees")


def test_the_command_exits_with_one_when_a_round_does_not_agree(app, event):
    slug = event.slug
    rewrite(event, digest="0" * 64)
    db.session.rollback()

    result = app.test_cli_runner().invoke(args=["allocation", "verify", slug])

    assert result.exit_code == 1
    assert "The round does NOT agree." in result.output
