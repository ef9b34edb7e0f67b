"""How the site runs: what each sign says, who is told, and what a monitor is answered."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from booking import worker
from booking.domain.permissions import Role
from booking.foundation import chores, clock
from booking.foundation.chores import Job
from booking.foundation.db import db, transaction
from booking.foundation.notifications import sending
from booking.foundation.notifications.models import Message, MessageState
from booking.upkeep import backup, doctor, jobs
from booking.upkeep import service as upkeep
from booking.upkeep.details import Level
from tests import conftest
from tests.builders import schools

#: Friday 4 December 2026, 3:12pm in London.
FRIDAY = datetime(2026, 12, 4, 15, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
STARTED_WITH = "Ask whoever runs the server to start it (fairplace worker)."


@pytest.fixture(autouse=True)
def _on_friday(db_session, time_machine):
    """Let a worker do all its jobs on a Friday afternoon."""
    time_machine.move_to(FRIDAY, tick=False)


@pytest.fixture
def lead():
    return schools.make_person(role=Role.LEAD, email="lead@fairplace.example")


@pytest.fixture
def later(time_machine):
    """Provide a way to be so much later."""

    def move(span):
        time_machine.move_to(FRIDAY + span, tick=False)

    return move


def write_mail(at=FRIDAY, state=MessageState.QUEUED, *, sent_at=None, count=1):
    with transaction():
        db.session.add_all(
            Message(
                key=f"{state}:{at}:{number}",
                template="invited",
                recipient="p@parents.example",
                subject="A place",
                state=state,
                queued_at=at,
                sent_at=sent_at,
            )
            for number in range(count)
        )


def sign(name):
    """Return what one sign says now."""
    db.session.rollback()
    [found] = [each for each in doctor.signs(clock.now()) if each.name == name]
    return found


def said(name):
    found = sign(name)
    return found.level, f"{found.title}. {found.story}".strip()


def mailed():
    """Return the subjects and recipients of what was written about the running site."""
    db.session.rollback()
    written = select(Message.recipient, Message.subject).where(Message.template == "site_unwell")
    return [tuple(row) for row in db.session.execute(written)]


class TestWorker:
    """A worker is seen by what it writes down about its jobs."""

    def test_a_site_that_never_had_a_worker_expects_none_unless_it_is_real(self, app):
        assert said("worker") == (Level.WELL, "No worker has run here yet.")

        app.config["APP_ENV"] = "production"

        assert sign("worker").level is Level.WATCH
        assert sign("worker").advice.startswith(STARTED_WITH)

    def test_a_worker_that_has_just_run_is_alive(self, app):
        worker.run_all(app)

        seen = "It was last seen on Friday 4 December 2026, 3:12pm (just now)."
        assert said("worker") == (Level.WELL, f"The worker is alive. {seen}")
        assert said("jobs") == (Level.WELL, "Every job has run when it should.")

    def test_a_worker_in_a_long_job_is_late_and_the_job_is_named(self, later):
        with transaction():
            upkeep.begun(job="send mail", by=upkeep.this_process(), now=FRIDAY)
        later(10 * MINUTE)

        level, words = said("worker")

        assert level is Level.WATCH
        assert words.startswith("The worker is late. It was last seen on Friday 4 December 2026")
        assert words.endswith(
            "It began to send mail on Friday 4 December 2026, 3:12pm (10 minutes ago)."
        )

    def test_a_dead_worker_is_said_to_be_dead_and_since_when(self, app, later):
        worker.run_all(app)
        later(timedelta(days=3))

        seen = "It was last seen on Friday 4 December 2026, 3:12pm (3 days ago)."
        assert said("worker") == (Level.BROKEN, f"The worker has stopped. {seen}")
        assert [each.name for each in doctor.signs(clock.now())] == [
            "database",
            "worker",
            "mail",
            "backup",
        ]


class TestJobs:
    """A worker that is alive may still fail at one thing."""

    @pytest.fixture
    def failing(self, app):
        def fail():
            raise OSError("p@parents.example is not known here")

        with chores.jobs.instead(lambda: [Job("pay refunds", 2, fail)]):
            yield lambda: worker.run_all(app)

    def test_one_failure_is_nothing_and_the_second_in_a_row_is_said(self, failing, caplog):
        failing()
        assert sign("jobs").level is Level.WELL

        failing()

        assert said("jobs") == (
            Level.WATCH,
            "Some of the worker's jobs do not run. “pay refunds” has failed 2 times in a row, "
            "last on Friday 4 December 2026, 3:12pm (just now): OSError.",
        )

    def test_a_job_that_no_longer_ends_is_said(self, app, later):
        def only(*names):
            return [Job(name, 5, lambda: None) for name in names]

        with chores.jobs.instead(lambda: only("pay refunds", "send mail")):
            worker.run_all(app)
        later(timedelta(hours=2))
        with chores.jobs.instead(lambda: only("send mail")):
            worker.run_all(app)

        with chores.jobs.instead(lambda: only("pay refunds", "send mail")):
            assert said("jobs") == (
                Level.WATCH,
                "Some of the worker's jobs do not run. “pay refunds” has not ended since "
                "Friday 4 December 2026, 3:12pm (2 hours ago).",
            )

    def test_work_that_a_job_leaves_undone_is_said(self, app, later):
        schools.make_school()
        later(3 * HOUR)
        with transaction():
            upkeep.ended(job="send mail", by=upkeep.this_process(), now=clock.now())

        assert sign("jobs").story == (
            "Since Friday 4 December 2026, 3:12pm (3 hours ago), an entry of the audit trail "
            "waits for its seal."
        )
        worker.run_all(app)
        assert sign("jobs").level is Level.WELL


class TestMail:
    """Mail that waits is said, and since when."""

    def test_no_mail_waits(self):
        assert said("mail") == (Level.WELL, "No mail is waiting.")

    def test_mail_that_has_just_been_written_is_no_trouble(self, later):
        write_mail(count=2)
        later(MINUTE)

        assert said("mail") == (
            Level.WELL,
            "2 mails have been waiting since Friday 4 December 2026, 3:12pm. "
            "The oldest was written 1 minute ago.",
        )

    @pytest.mark.parametrize(
        ("count", "waited", "level"),
        [
            (3, 2 * HOUR, Level.WATCH),
            (3, 5 * HOUR, Level.BROKEN),
            (1, 5 * HOUR, Level.WATCH),
            (1, 72 * HOUR, Level.BROKEN),
        ],
    )
    def test_mail_that_does_not_go_out_is_said(self, later, count, waited, level):
        write_mail(FRIDAY - HOUR, MessageState.SENT, sent_at=FRIDAY - HOUR)
        write_mail(count=count)
        later(waited)

        assert sign("mail").level is level
        assert "SMTP_URL" in sign("mail").advice

    def test_one_mail_that_waits_while_others_go_out_is_a_full_mailbox(self, later):
        write_mail()
        write_mail(FRIDAY + 4 * HOUR, MessageState.SENT, sent_at=FRIDAY + 4 * HOUR)
        later(4 * HOUR + MINUTE)

        assert sign("mail").level is Level.WELL


class TestCopies:
    """When the nightly copies stop, somebody is told."""

    def test_a_real_site_should_have_been_copied(self, app):
        assert said("backup") == (Level.WELL, "No copy of the database has been made.")
        app.config["APP_ENV"] = "production"
        assert sign("backup").level is Level.WATCH

    def test_a_copy_is_written_down_by_the_command(self, app, tmp_path, later):
        result = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "copy")])
        later(17 * HOUR)

        assert result.exit_code == 0
        assert said("backup") == (
            Level.WELL,
            "The database has been copied. It was made on Friday 4 December 2026, 3:12pm "
            "(17 hours ago).",
        )

    def test_a_copy_that_another_program_made_is_written_down_too(self, app):
        result = app.test_cli_runner().invoke(args=["backup", "--elsewhere"])

        assert (result.exit_code, result.output) == (0, "")
        assert sign("backup").title == "The database has been copied"

    @pytest.mark.parametrize("arguments", [[], ["copy", "--elsewhere"]])
    def test_the_command_wants_a_file_or_elsewhere(self, app, arguments):
        result = app.test_cli_runner().invoke(args=["backup", *arguments])

        assert result.exit_code == 2
        assert "Name the file to write, or say --elsewhere." in result.output

    def test_an_old_copy_is_said(self, later):
        backup.record(FRIDAY)
        later(26 * HOUR)
        assert sign("backup").level is Level.WELL

        later(26 * HOUR + MINUTE)

        assert sign("backup").level is Level.WATCH
        assert sign("backup").title == "The last copy of the database is old"


class TestLeads:
    """The lead sees it at home and is told by mail, once until it is over."""

    def dead_worker(self, app, later):
        worker.run_all(app)
        later(timedelta(days=3))

    def test_the_lead_has_a_task_and_the_page_says_what_to_do(self, app, lead, later):
        self.dead_worker(app, later)
        browser = app.test_client()
        schools.sign_in(browser, lead)

        home = browser.get("/admin/").get_data(as_text=True)
        page = browser.get("/admin/health").get_data(as_text=True)

        assert "The worker has stopped" in home
        assert "The worker has stopped" in page
        assert "(3 days ago)" in page
        assert "start it (fairplace worker)" in page
        assert "Everything works" not in page

    def test_while_all_is_well_there_is_no_task(self, app, lead):
        worker.run_all(app)
        browser = app.test_client()
        schools.sign_in(browser, lead)

        assert "The worker" not in browser.get("/admin/").get_data(as_text=True)
        assert "Everything works" in browser.get("/admin/health").get_data(as_text=True)

    def test_every_lead_is_told_once_until_it_is_over_and_nobody_else(self, lead, later):
        schools.make_person(role=Role.AUDITOR)
        backup.record(FRIDAY)
        told = ("lead@fairplace.example", "Please look: The last copy of the database is old")
        later(48 * HOUR)

        assert jobs.tell_leads(clock.now()) == 1
        assert mailed() == [told]
        sending.put_away(now=clock.now())
        later(50 * HOUR)
        assert jobs.tell_leads(clock.now()) == 0
        later(72 * HOUR)
        assert jobs.tell_leads(clock.now()) == 0
        backup.record(clock.now())
        assert jobs.tell_leads(clock.now()) == 0
        later(100 * HOUR)
        assert jobs.tell_leads(clock.now()) == 1
        assert mailed() == [told] * 2

    def test_nobody_is_told_while_all_is_well(self, lead):
        backup.record(FRIDAY)

        assert jobs.tell_leads(clock.now()) == 0
        assert mailed() == []

    def test_a_worker_that_starts_again_after_a_week_raises_no_alarm(self, app, lead, later):
        worker.run_all(app)
        later(timedelta(days=7))

        worker.run_all(app)

        assert mailed() == []


class TestMonitors:
    """A monitor is told yes or no, and nothing else."""

    @pytest.fixture
    def ask(self, client):
        def asked(address="/health"):
            client.application.extensions.pop("health", None)
            answer = client.get(address)
            return answer.status_code, answer.json

        return asked

    def test_a_site_that_is_well_answers_200(self, app, ask):
        worker.run_all(app)

        assert ask() == (200, {"status": "ok"})
        assert ask("/health/web") == (200, {"status": "ok"})

    def test_a_dead_worker_answers_503_but_not_to_a_balancer_of_load(self, app, ask, later):
        worker.run_all(app)
        later(HOUR)

        assert ask() == (503, {"status": "unwell"})
        assert ask("/health/web") == (200, {"status": "ok"})

    def test_mail_that_is_stuck_answers_503(self, app, ask, later):
        write_mail(count=3)
        later(5 * HOUR)

        assert ask() == (503, {"status": "unwell"})

    def test_what_can_wait_until_morning_wakes_nobody(self, ask, later):
        backup.record(FRIDAY)
        later(72 * HOUR)

        assert ask() == (200, {"status": "ok"})

    def test_a_process_asks_the_database_once_in_five_seconds(self, client, count_queries, later):
        client.get("/health")
        with count_queries() as queries:
            client.get("/health")
        assert queries == []

        later(timedelta(seconds=5))
        with count_queries() as queries:
            client.get("/health")
        assert 3 <= len(queries) <= 13

    def test_a_database_that_was_never_migrated_answers_503(self, make_app, empty_database):
        another = make_app(DATABASE_URL=empty_database).test_client()

        for address in ("/health", "/health/web"):
            answer = another.get(address)
            assert (answer.status_code, answer.json) == (503, {"status": "unwell"})

    def test_a_database_that_does_not_answer_answers_503(self, make_app, tmp_path):
        another = make_app(DATABASE_URL=f"sqlite:///{tmp_path}").test_client()

        answer = another.get("/health")

        assert (answer.status_code, answer.json) == (503, {"status": "unwell"})

    @pytest.mark.parametrize("revision", ["", "0015_ledger_balances"])
    def test_the_log_says_that_the_database_needs_an_upgrade(
        self, make_app, empty_database, revision, caplog
    ):
        another = make_app(DATABASE_URL=empty_database)
        if revision:
            conftest.migrate(another, revision)
        browser = another.test_client()

        answer = browser.get("/")

        assert answer.status_code == 503
        assert "Closed for a short time" in answer.get_data(as_text=True)
        assert "Run `fairplace db upgrade`." in caplog.text

    def test_an_older_database_says_what_to_do_to_those_who_may_know(
        self, make_app, empty_database
    ):
        another = make_app(DATABASE_URL=empty_database)
        conftest.migrate(another, "0015_ledger_balances")
        with another.app_context():
            [found] = doctor.signs(clock.now())

        assert (found.name, found.level) == ("database", Level.BROKEN)
        assert "Run `fairplace db upgrade`." in found.story
