"""Each event reaches the security log with who, where from, what and how it ended; no secrets."""

import json
import logging
import re

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation import clock, security
from booking.foundation.audit import service as audit
from booking.foundation.db import db, transaction
from booking.foundation.security import counts, events
from booking.foundation.security.counts import SecurityCount
from booking.foundation.web import logs
from booking.people.schools.models import School
from tests import cast
from tests.builders import schools
from tests.house import tree

EMAIL = "coordinator@hollow-lane.example"
ELSEWHERE = {"Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def told(tmp_path):
    """Provide a way to read what the security log says, as events with their outcomes."""
    path, logger = tmp_path / "security.log", logging.getLogger(security.LOGGER)
    handler = logs.PrivateFile(path)
    handler.setFormatter(logs.formatter("json"))
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in path.read_text().splitlines()]
    logger.setLevel(level)
    logger.removeHandler(handler)
    handler.close()


@pytest.fixture
def person(db_session):
    school = schools.make_school(slug="hollow-lane")
    return schools.make_person(email=EMAIL, role=Role.COORDINATOR, school=school)


def outcomes(lines):
    return [(line["event"], line["outcome"]) for line in lines]


def sign_in(client, password=cast.PASSWORD, email=EMAIL):
    return client.post("/sign-in", data={"email": email, "password": password})


def test_every_sign_in_is_told_with_its_outcome(client, person, told):
    for _ in range(5):
        sign_in(client, "a wrong password")
    refused = sign_in(client)

    lines = told()
    assert outcomes(lines) == [("sign_in", "failed")] * 5 + [("sign_in", "throttled")]
    assert len({line["account"] for line in lines}) == 1
    last = lines[-1]
    assert last["request_id"] == refused.headers["X-Request-Id"]
    assert (last["address"], last["endpoint"]) == ("127.0.0.1", "account.sign_in")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", last["time"])
    assert EMAIL not in str(lines)
    assert "wrong password" not in str(lines)


def test_a_sign_in_and_an_export_are_told_with_who_and_which_school(client, person, told):
    sign_in(client)
    client.get("/school/pupils/export.csv")
    client.post("/sign-out")

    good, export, out = told()
    assert outcomes([good, export, out]) == [
        ("sign_in", "good"),
        ("export", "done"),
        ("sign_out", "done"),
    ]
    assert good["person_id"] == export["person_id"] == person.id
    assert good["by"] == "password"
    school = db.session.scalars(select(School)).one()
    assert (export["school_id"], export["rows"]) == (school.id, 0)
    assert (export["endpoint"], export["object"]) == ("pupils.export", f"schools:{school.id}")


def test_what_is_refused_is_told(app, client, person, told):
    schools.sign_in(client, person)
    strange = app.test_client()
    strange.get("/parent/Zm9vYmFyYmF6cXV4LTEyMzQ1Njc4OTAtYWJjZGVmZ2g")
    strange.get("/nothing-is-here")
    client.get("/invoices/another-schools")
    client.get("/admin/")
    client.post("/sign-out", headers=ELSEWHERE)
    client.get("/", headers={"Host": "evil.test"})
    client.post("/sign-out", csrf=False, check=False)
    strange.post("/webhooks/demo", data=b"{}")
    strange.post("/reset", data={"email": EMAIL}, check=False)
    lines = told()

    found = [(e, o) for e, o in outcomes(lines) if e not in {"sign_in", "sign_out"}]
    assert found[:6] == [
        ("denied", "unknown"),
        ("denied", "refused"),
        ("denied", "refused"),
        ("forged", "other_site"),
        ("forged", "other_name"),
        ("forged", "no_token"),
    ]
    assert ("webhook", "refused") in found
    denied = [line for line in lines if line["outcome"] == "refused" and line["event"] == "denied"]
    assert [(line["endpoint"], line["object"]) for line in denied] == [
        ("invoices.show", "another-schools"),
        ("admin.home", ""),
    ]
    assert {line["person_id"] for line in denied} == {person.id}
    assert "Zm9v" not in str(lines), "a guessed link may be a right one, mistyped"


def test_links_asked_for_and_other_throttling_are_told(app, client, person, told):
    for _ in range(4):
        client.post("/reset", data={"email": EMAIL})
    for _ in range(11):
        client.post("/letter", data={"code": "ABCDEFGH"}, check=False)

    assert outcomes(told()) == [
        *[("link_asked", "asked")] * 3,
        ("link_asked", "throttled"),
        ("throttled", "refused"),
    ]


def test_every_act_of_the_trail_that_matters_is_told_once_it_is_kept(app, person, told):
    actor = schools.actor_of(person)
    db.session.rollback()
    for action in events.OF_ACTS:
        with transaction():
            audit.record(actor=actor, action=action, subject=person, now=clock.now(), rows=1)
    with pytest.raises(ZeroDivisionError):
        export_in_vain(actor, person)

    lines = told()
    assert [line["act"] for line in lines] == list(events.OF_ACTS)
    assert outcomes(lines) == [(e.name, outcome) for e, outcome in events.OF_ACTS.values()]
    assert {line["person_id"] for line in lines} == {person.id}


def export_in_vain(actor, person):
    with transaction():
        audit.record(actor=actor, action="export_pupils", subject=person)
        raise ZeroDivisionError


def test_each_event_is_explained_where_the_log_is_documented():
    manual = tree.document("docs/OPERATIONS.md")

    explained = re.findall(r"^\| `(\w+)` \| ", manual.partition("### Its events")[2], re.MULTILINE)
    assert set(explained) >= set(events.EVENTS)
    source = "\n".join(file.text for file in tree.under("booking/"))
    recorded = set(
        re.findall(r"\"(\w+)\"", " ".join(re.findall(r"(?:action=|_record\()(.+)", source)))
    )
    assert events.OF_ACTS.keys() <= recorded


def test_a_fact_that_somebody_typed_is_no_fact_for_a_log(app):
    with pytest.raises(security.NotForALog), app.app_context():
        security.note(events.EXPORT, "done", name="Ada Lovelace")


def rows():
    db.session.rollback()
    return {(row.kind, row.key): row.count for row in db.session.scalars(select(SecurityCount))}


def test_wrong_sign_ins_are_counted_by_account_and_in_all(client, person, told):
    sign_in(client, "a wrong password")
    sign_in(client, "a wrong password")
    sign_in(client, "a wrong password", email="nobody@hollow-lane.example")
    sign_in(client)
    client.get("/")

    found = rows()
    assert found.pop((counts.SIGN_INS, "")) == 3
    assert sorted(found.values()) == [1, 2]
    assert {kind for kind, _key in found} == {counts.ACCOUNT}


def test_a_flood_is_counted_so_far_and_no_further(app, db_session, count_queries):
    now = clock.now()
    for number in range(counts.ENOUGH + 20):
        with count_queries() as queries, app.app_context():
            counts.add([(counts.SIGN_INS, ""), (counts.ACCOUNT, f"{number}")], now=now)

    found = rows()
    assert found[counts.SIGN_INS, ""] == counts.ENOUGH
    assert len(found) == counts.ENOUGH + 1
    assert queries == []
    counts.add([(counts.SIGN_INS, "")], now=now + counts.QUARTER)
    assert [row.count for row in counts.since(now + counts.QUARTER)] == [1]
