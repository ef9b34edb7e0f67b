"""What was refused or done that leads should know of: told once until it is over, and seen."""

import stat
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from booking import worker
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.foundation.security import counts
from booking.foundation.settings import BadSetting
from booking.upkeep import backup, deployment, doctor, jobs, service
from booking.upkeep.details import DEMONSTRATION, PASSING, PURGE
from booking.upkeep.models import SiteAlert
from tests.builders import schools

FRIDAY = datetime(2027, 3, 5, 15, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def later(app, db_session, time_machine):
    """Provide a way to move on from a Friday on which all is well."""
    time_machine.move_to(FRIDAY)
    worker.run_all(app)
    backup.record(FRIDAY)

    def move(span):
        db.session.rollback()
        time_machine.move_to(FRIDAY + span)

    return move


@pytest.fixture
def lead(later):
    return schools.make_person(role=Role.LEAD)


def wrong():
    """Return what is wrong now besides the worker and its jobs, in titles."""
    db.session.rollback()
    found = doctor.wrong(doctor.signs(clock.now()))
    return [sign.title for sign in found if sign.name not in {"worker", "jobs"}]


def mails():
    db.session.rollback()
    told = select(Message.subject).where(Message.template == "site_unwell")
    return list(db.session.scalars(told))


def fail(times, account="", *, kind=counts.SIGN_INS):
    keys = [(kind, ""), *([(counts.ACCOUNT, account)] if account else [])]
    for _ in range(times):
        counts.add(keys, now=clock.now())


def recorded(person, action, **facts):
    with transaction():
        audit.record(
            actor=schools.actor_of(person), action=action, subject=person, now=clock.now(), **facts
        )


def test_ten_wrong_passwords_of_one_account_are_told_and_nine_are_not(app, later):
    fail(9, "a")
    fail(9, "b")
    assert wrong() == []

    later(14 * MINUTE)
    fail(1, "b")

    assert wrong() == ["Many wrong passwords were tried"]
    [sign] = [each for each in doctor.signs(clock.now()) if each.name == "sign-ins"]
    assert "10 for one account, 19 in all" in sign.story
    assert sign.advice
    later(25 * HOUR)
    backup.record(clock.now())
    worker.run_all(app)
    assert wrong() == []


def test_fifty_wrong_passwords_in_all_are_told(later):
    fail(49)
    assert wrong() == []

    fail(1)

    assert wrong() == ["Many wrong passwords were tried"]


def test_what_leads_should_know_of_is_told_each_with_what_to_do(later, lead):
    fail(5, kind=counts.MESSAGES)
    counts.add([(counts.FORWARDED, "")], now=clock.now())
    recorded(lead, "export_pupils", rows=200)
    recorded(lead, "export_pupils", rows=201)
    recorded(lead, "grant_role", role="coordinator")
    recorded(lead, "grant_role", role="treasurer")
    for minutes in (0, 30, 59):
        later(minutes * MINUTE)
        recorded(lead, "open_pupils")
    with transaction():
        service.failed(job=PURGE, by=service.this_process(), now=clock.now(), failure="OSError")

    found = doctor.wrong(doctor.signs(clock.now()))

    assert {sign.name: sign.title for sign in found if sign.name in PASSING} == {
        "purge": "The last purge failed",
        "messages": "Messages in the card processor’s name are refused",
        "openings": "Family data of other schools was opened 3 times within an hour",
        "proxies": "A proxy forwards visitors’ addresses, and TRUSTED_PROXIES is 0",
        "export": "A list of 201 pupils was saved as a file",
        "role": "Somebody was given a role of the network: Treasurer",
    }
    assert all(sign.advice for sign in found)


def test_a_copy_is_old_after_26_hours(later):
    later(26 * HOUR)
    assert "The last copy of the database is old" not in wrong()

    later(26 * HOUR + MINUTE)

    assert "The last copy of the database is old" in wrong()


def test_each_thing_is_told_once_until_it_is_over(later, lead):
    recorded(lead, "export_pupils", rows=400)
    recorded(lead, "grant_role", role="auditor")  # announced by itself
    assert jobs.tell_leads(clock.now()) == 1
    assert jobs.tell_leads(clock.now()) == 0
    recorded(lead, "export_pupils", rows=500)
    assert jobs.tell_leads(clock.now()) == 1

    assert mails() == [
        "Please look: A list of 400 pupils was saved as a file",
        "Please look: A list of 500 pupils was saved as a file",
    ]
    with transaction():
        told = db.session.scalars(select(SiteAlert.name).order_by(SiteAlert.name)).all()
    assert told == ["export", "export"]
    later(timedelta(days=8))
    jobs.tell_leads(clock.now())
    db.session.rollback()
    names = set(db.session.scalars(select(SiteAlert.name)))
    assert "export" not in names, "over, and would be told again"


def test_what_a_lead_has_seen_is_no_task_until_it_happens_again(app, later, lead):
    recorded(lead, "export_pupils", rows=300)
    browser = schools.as_(app, lead)
    title = "A list of 300 pupils was saved as a file"
    assert title in browser.get("/admin/").text
    [sign] = [each for each in doctor.signs(clock.now()) if each.name == "export"]
    page = browser.get("/admin/health").text
    assert f"/admin/health/{sign.key}/seen" in page

    for _ in range(2):
        assert browser.post(f"/admin/health/{sign.key}/seen").status_code == 303

    assert title not in browser.get("/admin/").text
    page = browser.get("/admin/health").text
    assert title in page
    assert "Seen 5 Mar 2027" in page
    recorded(lead, "export_pupils", rows=301)
    assert "A list of 301 pupils" in browser.get("/admin/").text
    over = browser.post("/admin/health/worker/seen")
    assert "That is over." in browser.get(over.location).text


def test_production_refuses_the_database_of_the_demonstration(app, db_session):
    app.config.update(APP_ENV="production", TRUSTED_PROXIES="0")
    deployment.at_start(app)

    with transaction():
        audit.note(actor=COMMAND, action="seed_demo", about=DEMONSTRATION)

    with pytest.raises(BadSetting, match="holds the demonstration"):
        deployment.at_start(app)
    app.config["APP_ENV"] = "development"
    deployment.at_start(app)


def test_forwarded_addresses_that_nobody_trusts_are_noticed_once_and_said(
    app, client, db_session, count_queries, caplog
):
    forwarded = {"X-Forwarded-For": "192.0.2.1"}
    app.extensions.pop("forwarded_noticed", None)
    client.get("/sign-in", headers=forwarded)
    with count_queries() as queries:
        client.get("/sign-in", headers=forwarded)

    assert not [query for query in queries if "security_counts" in query]
    app.config["APP_ENV"] = "production"
    deployment.at_start(app)
    assert "TRUSTED_PROXIES is 0. Set TRUSTED_PROXIES" in caplog.text
    assert any(sign.name == "proxies" for sign in doctor.signs(clock.now()))
    app.config["TRUSTED_PROXIES"] = "1"
    assert not any(sign.name == "proxies" for sign in doctor.signs(clock.now()))


@pytest.mark.sqlite
def test_files_are_for_their_owner_alone(make_app, tmp_path):
    """Whatever the umask: a database that others could read is closed when it is opened."""
    path = tmp_path / "data" / "site.db"
    other = make_app(DATABASE_URL=f"sqlite:///{path}")
    path.touch(mode=0o644)
    path.chmod(0o644)
    with other.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE t (id INTEGER)")
        backup.backup(tmp_path / "copies" / "tonight")
        worker.make_queue(other)

    found = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.rglob("*")}
    assert found.pop("data") == found.pop("copies") == 0o700
    assert {"site.db", "tonight", "tonight.sha256", "queue.db"} <= found.keys()
    assert set(found.values()) == {0o600}


def test_health_data_of_another_school_that_an_overseer_reads_counts_as_opened(later, lead):
    school = schools.make_school(slug="hollow-lane")
    own = schools.make_person(role=Role.COORDINATOR, school=school)
    both = schools.make_person(role=Role.AUDITOR)
    schools.grant(both, Role.COORDINATOR, school)
    for minutes in (0, 5, 10):
        later(minutes * MINUTE)
        for person in (own, both):
            recorded(person, "read_health", school_id=school.id)
    assert wrong() == []

    for minutes in (15, 20, 25):
        later(minutes * MINUTE)
        recorded(lead, "read_health", school_id=school.id)

    assert wrong() == ["Family data of other schools was opened 3 times within an hour"]
