"""The command `doctor`: what it prints, what it exits with, and whom it tells."""

import json

import pytest
from sqlalchemy import select, text

from booking.domain.permissions import Role
from booking.foundation import clock, schema
from booking.foundation.db import db, transaction
from booking.foundation.notifications import sending
from booking.foundation.notifications.models import Message, MessageState
from booking.upkeep import doctor
from tests import conftest
from tests.builders import allocation, events, schools

ROUNDS = "Every round can be recomputed from its published record"


@pytest.fixture
def network(db_session, time_machine):
    """A round was run at an event that two schools asked for."""
    home, away = schools.make_school(), schools.make_school()
    event = events.make_event(title="Puzzle day", places=4)
    allocation.ask_all(event, [home, away], [2, 3])
    time_machine.move_to(allocation.after_deadline(event))
    allocation.run_round(event)


@pytest.fixture
def run(app):
    """Provide the command; the mail that the network's story wrote has gone out."""

    def command(*arguments):
        db.session.rollback()
        sending.put_away(now=clock.now())
        return app.test_cli_runner().invoke(args=["doctor", *arguments])

    return command


def promises():
    """Return what can be checked on this engine."""
    return [check.promise for check in doctor.checks() if doctor.can_be_asked(check)]


def test_the_command_says_so_and_exits_with_nought(network, run):
    result = run()

    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].startswith("ok  The database answers. It is at 00")
    assert lines[1:5] == [
        "ok  No worker has run here yet.",
        "ok  No mail is waiting.",
        "ok  No copy of the database has been made.",
        "ok  0 jobs wait in the queue.",
    ]
    assert lines[5].endswith("encrypted values are under the newest key.")
    assert [line for line in lines[6:] if line[:2] == "ok"] == [
        f"ok  {each}" for each in promises()
    ]


@pytest.mark.postgres
def test_the_command_does_not_claim_to_have_looked_at_postgresqls_files(network, run):
    last = run().output.splitlines()[-1]

    assert last == "--  The database is intact: PostgreSQL looks after its own files"


def test_the_command_exits_with_one_and_names_what_is_broken(network, run):
    with transaction():
        db.session.execute(text("UPDATE rounds SET digest = 'beef'"))

    result = run()

    assert result.exit_code == 1
    assert f"no  {ROUNDS}\n      puzzle-day-2027: The record is not" in result.output
    assert result.output.count("\nok ") == len(promises()) - 1 + 5


def test_a_program_reads_the_same(network, run):
    well = json.loads(run("--json").output)
    with transaction():
        db.session.execute(text("UPDATE rounds SET digest = 'beef'"))
    result = run("--json")
    unwell = json.loads(result.output)

    assert well["well"] is True
    assert {sign["level"] for sign in well["signs"]} == {"well"}
    assert [check["promise"] for check in well["checks"]] == promises()
    assert (result.exit_code, unwell["well"]) == (1, False)
    [broken] = [check for check in unwell["checks"] if not check["holds"]]
    assert (broken["promise"], len(broken["problems"])) == (ROUNDS, 1)


def test_the_command_tells_the_leads_when_no_worker_can(network, run, capsys):
    schools.make_person(role=Role.LEAD, email="lead@fairplace.example")
    with transaction():
        db.session.execute(text("UPDATE rounds SET digest = 'beef'"))

    first, second = run("--mail"), run("--mail")

    assert (first.exit_code, second.exit_code) == (1, 1)
    assert "Wrote to 1 lead." in first.output
    assert "They have been told already." in second.output
    db.session.rollback()
    mail = db.session.scalars(select(Message).where(Message.template == "site_unwell")).one()
    assert mail.subject == "Please look: 1 check found something wrong"
    assert (mail.recipient, mail.state) == ("lead@fairplace.example", MessageState.SENT)


def test_nobody_is_told_that_all_is_well(network, run):
    schools.make_person(role=Role.LEAD)

    assert run("--mail").exit_code == 0
    db.session.rollback()
    told = select(Message).where(Message.template == "site_unwell")
    assert db.session.scalars(told).all() == []


@pytest.mark.parametrize("revision", ["", "0015_ledger_balances"])
def test_a_database_that_needs_an_upgrade_gets_one_sentence(make_app, empty_database, revision):
    another = make_app(DATABASE_URL=empty_database)
    if revision:
        conftest.migrate(another, revision)

    result = another.test_cli_runner().invoke(args=["doctor", "--mail"])

    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.stdout.splitlines()[0].startswith("no  The database does not fit this version.")
    assert "Run `fairplace db upgrade`." in result.output
    assert "The leads’ addresses cannot be read." in result.output


def test_a_database_that_only_says_that_it_is_up_to_date_gets_one_sentence(app, db_session):
    with transaction():
        db_session.execute(text("DROP TABLE cost_claim_approvals"))
        db_session.execute(text("ALTER TABLE schools DROP COLUMN safeguarding_phone"))
    lacks = (
        f"at {schema.expected()}, but lacks cost_claim_approvals and schools.safeguarding_phone."
    )

    for command in ("doctor", "check --deploy"):
        result = app.test_cli_runner().invoke(args=command.split())

        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)
        [line] = [line for line in result.output.splitlines() if lacks in line]
        assert line.startswith("no  The database does not fit this version. The database says")


def test_a_database_that_does_not_answer_gets_one_sentence(make_app, tmp_path):
    another = make_app(DATABASE_URL=f"sqlite:///{tmp_path}")

    result = another.test_cli_runner().invoke(args=["doctor"])

    assert isinstance(result.exception, SystemExit)
    assert result.output.startswith("no  The database does not answer. OperationalError.")
