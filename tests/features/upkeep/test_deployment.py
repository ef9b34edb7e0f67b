"""Whether the site is ready for use: one line for each thing, and never an error."""

import base64
import json
import os
import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking import worker
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.upkeep import backup, copies, deployment, jobs, queries, records
from tests.builders import schools
from tests.features.foundation.files.test_viruses import listening
from tests.postbox import serving

Usage = namedtuple("Usage", "total used free")
READY = {
    "APP_ENV": "production",
    "SECRET_KEY": "a long text of our own, quite at random",
    "FIELD_KEY": "ours:" + base64.b64encode(bytes(range(32))).decode(),
    "BASE_URL": "https://days.aldermere.sch.uk",
    "MAIL_FROM": "Aldermere days <days@aldermere.sch.uk>",
    "CONTACT_EMAIL": "office@aldermere.sch.uk",
    "TRUSTED_PROXIES": "1",
    "PAYMENTS": "stripe",
    "DKIM_SELECTOR": "s1",
}
DOMAIN = "aldermere.sch.uk"
RECORDS = {
    ("MX", DOMAIN): ["mx.post.net."],
    ("TXT", DOMAIN): ["verified=1", "v=spf1 include:spf.post.net ~all"],
    ("TXT", f"s1._domainkey.{DOMAIN}"): ["v=DKIM1; k=rsa; p=MIIB"],
    ("TXT", f"_dmarc.{DOMAIN}"): ["v=DMARC1; p=none"],
}


class Known:
    """A resolver that knows some records, and that there are no others."""

    def __init__(self, records):
        self.records, self.asked = records, []

    def _find(self, kind, name):
        self.asked.append((kind, name))
        found = self.records.get((kind, name), [])
        if isinstance(found, Exception):
            raise found
        return found

    def texts(self, name):
        """Return the texts of a name."""
        return self._find("TXT", name)

    def exchanges(self, name):
        """Return the mail servers of a name."""
        return self._find("MX", name)


@pytest.fixture
def ready(app, db_session, time_machine, monkeypatch):
    """Have a site that is set up, with a worker, a copy and a mail server."""
    if db.engine.dialect.name == "postgresql":  # its clock cannot be moved
        time_machine.move_to(db.session.scalar(select(func.clock_timestamp())))
        db.session.rollback()
    worker.run_all(app)
    backup.record(clock.now())
    with serving() as (box, address):
        app.config.update(READY, SMTP_URL=address)
        monkeypatch.setitem(app.extensions, deployment.RESOLVER, Known(dict(RECORDS)))
        yield box


def check(app, *options):
    """Return the lines that the command prints, and its exit code."""
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["check", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output.splitlines(), result.exit_code


def test_a_copy_that_is_kept_longer_than_promised_is_named(app, ready, tmp_path):
    app.config["BACKUP_FOLDER"] = str(tmp_path)
    copy = tmp_path / "september"
    copy.write_bytes(b"a copy")
    copies.beside(copy).write_text(f"{backup.checksum(copy)}  september\n")
    made = clock.now().timestamp()
    os.utime(copy, (made, made - timedelta(days=35).total_seconds()))
    in_time, code = check(app, "--deploy")
    assert code == 0
    os.utime(copy, (made, made - timedelta(days=36, minutes=1).total_seconds()))

    late, code = check(app, "--deploy")

    assert code == 1
    told = [line for line in late if not line.startswith("ok  ")]
    assert f"1 copy in {tmp_path} should be gone" in told[0]
    assert len(in_time) == len([line for line in late if line[:4].strip()])


def test_a_site_that_is_ready_has_a_good_line_for_each_thing(app, ready):
    lines, code = check(app, "--deploy")

    assert [line for line in lines if not line.startswith("ok  ")] == []
    assert code == 0
    assert len(lines) == 20
    assert "ok  Mail comes from Aldermere days <days@aldermere.sch.uk>." in lines
    assert ready.mails == []


@pytest.mark.parametrize(
    ("setting", "value", "line"),
    [
        ("APP_ENV", "development", "no  APP_ENV is development."),
        ("SECRET_KEY", "development-only-secret", "no  SECRET_KEY can be read in the source code."),
        ("BASE_URL", "http://localhost:8000", "no  Links in mail would begin with http://localho"),
        ("BASE_URL", "https://days.example", "no  Links in mail would begin with https://days.ex"),
        ("TRUSTED_PROXIES", "0", "no  No reverse proxy is trusted"),
        ("MAIL_FROM", "Days <days@fairplace.example>", "no  MAIL_FROM names no address that exis"),
        ("PAYMENTS", "demo", "no  PAYMENTS is demo: nobody's money would move."),
        ("SMTP_URL", "", "no  No mail is sent: SMTP_URL is empty."),
        ("SMTP_URL", "smtp://127.0.0.1:9", "no  The mail server takes no mail. It is 127.0.0.1: "),
        ("SMTP_URL", "mail.aldermere.sch.uk", "no  The mail server could not be checked. BadSett"),
        ("DATABASE_URL", "nonsense", "no  The disk could not be checked. ArgumentError."),
    ],
)
def test_what_is_wrong_is_one_line_that_says_what_to_do(app, ready, setting, value, line):
    app.config[setting] = value

    lines, code = check(app, "--deploy")

    [wrong] = [each for each in lines if not each.startswith("ok  ")]
    assert wrong.startswith(line)
    assert wrong.count(". ") >= 1
    assert code == 1


def test_a_virus_checker_that_is_away_is_said_and_shown_to_the_lead(app, ready):
    with listening() as server:
        app.config["CLAMD"] = server.url
        assert "ok  Files are checked for viruses." in check(app, "--deploy")[0]

    lines, code = check(app, "--deploy")  # it has gone
    said = "No file is taken: the virus checker does not answer"
    [wrong] = [each for each in lines if not each.startswith("ok  ")]
    assert (wrong.startswith(f"no  {said}. CLAMD is tcp://127.0.0.1:"), code) == (True, 1)
    jobs.read_records()
    assert said in [sign.title for sign in deployment.for_lead(clock.now())]


def test_a_server_that_may_be_spoken_to_in_clear_is_pointed_out(app, ready):
    app.config["SMTP_URL"] += "?tls=optional"

    lines, code = check(app, "--deploy")

    assert "see Mail may travel to the mail server in clear. It is 127.0.0.1." in "\n".join(lines)
    assert code == 1


@pytest.mark.parametrize(("free", "mark"), [(10**8, "no "), (5 * 10**8, "see"), (10**9, "ok ")])
def test_a_full_disk_is_seen_before_it_is_full(app, ready, monkeypatch, free, mark):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**11, 10**11 - free, free))

    [line] = [line for line in check(app, "--deploy")[0] if " on the disk of " in line]

    assert line.startswith(f"{mark} {free / 10**9:.1f} GB are free")


def test_a_clock_behind_what_was_written_is_wrong(app, ready):
    with transaction():
        db.session.add(
            AuditEntry(
                at=clock.now() + timedelta(hours=1),
                actor_kind="worker",
                action="test",
                subject_type="test",
                subject_id="1",
            )
        )

    assert "no  This machine's clock is wrong." in "\n".join(check(app, "--deploy")[0])


def test_an_error_in_one_check_leaves_the_other_lines(app, ready, monkeypatch):
    monkeypatch.setitem(deployment.OF_SETTINGS, "keys", lambda _settings: 1 / 0)

    lines, code = check(app, "--deploy")

    assert "no  The keys could not be checked. ZeroDivisionError. The log may say more." in lines
    assert len(lines) == 20
    assert code == 1


def test_a_program_reads_the_same_and_no_advice_where_all_is_well(app, ready):
    app.config["TRUSTED_PROXIES"] = "0"
    db.session.rollback()

    found = json.loads(app.test_cli_runner().invoke(args=["check", "--deploy", "--json"]).output)

    assert {each["name"]: bool(each["advice"]) for each in found if each["advice"]} == {
        "proxies": True
    }


def test_without_the_option_only_how_the_site_runs_is_looked_at(app, ready):
    app.config["TRUSTED_PROXIES"] = "0"

    lines, code = check(app)

    assert [line.partition(" ")[0] for line in lines] == ["ok"] * 6
    assert code == 0


@pytest.fixture
def of_lead(client, db_session):
    """Return the lead's browser."""
    schools.sign_in(client, schools.make_person(role=Role.LEAD))
    return client


def test_the_lead_reads_it_on_the_home_where_the_site_is_in_earnest(app, of_lead, ready):
    app.config.update(TRUSTED_PROXIES="0", BASE_URL="https://localhost")

    assert "No reverse proxy is trusted" in of_lead.get("/admin/").text
    assert "No reverse proxy is trusted" in of_lead.get("/admin/health").text

    app.config["APP_ENV"] = "development"
    assert "No reverse proxy is trusted" not in of_lead.get("/admin/").text


@pytest.mark.parametrize(
    ("name", "found", "line"),
    [
        (("MX", DOMAIN), [], f"see Mail that comes back cannot reach {DOMAIN}. It has no MX"),
        (("MX", DOMAIN), ["."], f"see Mail that comes back cannot reach {DOMAIN}. It has no MX"),
        (
            ("TXT", DOMAIN),
            ["verified=1"],
            f"see {DOMAIN} does not say which servers send its mail (SPF). Add a TXT record to "
            f"{DOMAIN} such as “v=spf1 include:… -all”, with the name that your mail provider "
            "gives. docs/MAIL.md has the steps.",
        ),
        (
            ("TXT", DOMAIN),
            ["v=spf1 -all", "v=spf1 mx -all"],
            f"see {DOMAIN} has 2 SPF records, so none counts. Write all into one",
        ),
        (
            ("TXT", DOMAIN),
            ["v=spf1 +all"],
            f"see The SPF record of {DOMAIN} lets anybody send mail in its name. ",
        ),
        (
            ("TXT", f"s1._domainkey.{DOMAIN}"),
            ["v=DKIM1; p="],
            f"see The key that signs our mail is not at s1._domainkey.{DOMAIN} (DKIM). Add ",
        ),
        (
            ("TXT", f"_dmarc.{DOMAIN}"),
            [],
            f"see {DOMAIN} does not say what becomes of forged mail (DMARC). Add a TXT record to "
            f"_dmarc.{DOMAIN}: “v=DMARC1; p=none” to begin with.",
        ),
    ],
)
def test_a_record_that_is_missing_or_wrong_is_told_in_a_line(app, ready, name, found, line):
    app.extensions[deployment.RESOLVER].records[name] = found

    lines, code = check(app, "--deploy")

    assert [each for each in lines if not each.startswith("ok  ")] == [
        each for each in lines if each.startswith(line)
    ]
    assert code == 1
    assert len(lines) == 20


def test_a_dns_that_does_not_answer_is_asked_once_and_is_no_fault(app, ready):
    resolver = app.extensions[deployment.RESOLVER]
    resolver.records[("MX", DOMAIN)] = records.NotAsked("no answer")

    lines, code = check(app, "--deploy")

    for name in ("MX", "SPF", "DKIM", "DMARC"):
        assert f"ok  {name} could not be asked: no answer from the DNS." in lines
    assert resolver.asked == [("MX", DOMAIN)]
    assert code == 0


def test_the_record_of_the_domain_above_counts_and_where_mail_is_returned_to(app, ready):
    resolver = app.extensions[deployment.RESOLVER]
    app.config["MAIL_FROM"] = "Days <days@mail.aldermere.sch.uk>"
    app.config["BOUNCE_ADDRESS"] = f"returns@{DOMAIN}"
    app.config["DKIM_SELECTOR"] = ""

    lines, _ = check(app, "--deploy")

    assert [line for line in lines if not line.startswith("ok  ")] == [
        "see Nobody has said which key signs our mail (DKIM). Switch DKIM on at your mail "
        "provider, and set DKIM_SELECTOR. docs/MAIL.md has the steps."
    ]
    assert resolver.asked == [
        ("MX", DOMAIN),
        ("TXT", DOMAIN),
        ("TXT", "_dmarc.mail.aldermere.sch.uk"),
        ("TXT", f"_dmarc.{DOMAIN}"),
    ]


def test_the_lead_reads_what_the_worker_heard_from_the_dns(app, ready, client):
    app.config["BASE_URL"] = "http://localhost"  # so this browser calls us
    schools.sign_in(client, schools.make_person(role=Role.LEAD, email="lead@aldermere.sch.uk"))
    resolver = app.extensions[deployment.RESOLVER]
    missing = "aldermere.sch.uk does not say what becomes of forged mail (DMARC)"
    resolver.records[("TXT", f"_dmarc.{DOMAIN}")] = []

    assert jobs.read_records() == 4
    assert missing in client.get("/admin/").text
    assert "says which servers send its mail (SPF)" in client.get("/admin/health").text

    resolver.records.update(RECORDS)
    assert jobs.read_records() == 4
    assert missing not in client.get("/admin/").text


def test_a_sender_that_is_only_an_example_leaves_nothing_that_was_read(app, ready):
    jobs.read_records()
    app.config["MAIL_FROM"] = "Days <days@fairplace.example>"

    assert jobs.read_records() == 0
    assert queries.record_signs() == []


def test_the_dns_is_not_asked_for_a_site_that_is_tried_out(app, ready):
    app.config["APP_ENV"] = "development"

    assert jobs.read_records() == 0
    assert app.extensions[deployment.RESOLVER].asked == []


def test_no_page_asks_the_dns(app, ready, client):
    app.config["BASE_URL"] = "http://localhost"  # so this browser calls us
    schools.sign_in(client, schools.make_person(role=Role.LEAD, email="lead@aldermere.sch.uk"))
    resolver = app.extensions[deployment.RESOLVER]

    client.get("/admin/health")
    client.get("/admin/")

    assert resolver.asked == []
