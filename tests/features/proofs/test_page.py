"""What the public page says of the proofs, whom a failure is told, and how age makes it worse."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.domain.proving import ProofOutcome, ProofPart, Standing
from booking.foundation import clock
from booking.foundation.audit.sealing import Reached
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.proofs import pages, retention, service
from booking.proofs.details import Found, WhyNot
from booking.upkeep import doctor, jobs
from booking.upkeep.details import PROOF, Level
from tests.builders import schools

SECRET = "Every ledger entry is found by its size"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def write(part, found=None):
    """Write down a proof of a part that has just ended."""
    found = found or Found(checks=3, counted=7, reached=Reached(9, "h", 900))
    with transaction():
        service.write_down(part, found, begun_at=clock.now(), now=clock.now(), milliseconds=1200)


@pytest.fixture
def proved(app, db_session):
    """Every part was proved just now."""
    for part in ProofPart:
        write(part)


@pytest.fixture
def failed(proved):
    """Then the accounts failed."""
    write(ProofPart.LEDGER, Found(checks=3, broken=[SECRET]))


def page():
    db.session.rollback()
    return pages.proved_page(clock.now())


def signs():
    db.session.rollback()
    return [sign for sign in doctor.signs(clock.now()) if sign.name == PROOF]


def test_a_new_site_says_that_nothing_is_proved_yet(client):
    said = client.get("/proved").text

    assert "Nothing has been proved yet" in said
    assert said.count("night night-none") == 30


def test_what_is_proved_is_said_in_numbers(client, proved):
    said = client.get("/proved").text

    assert "Everything is proved" in said
    assert "3 checks of 900 acts, 7 of them new" in said
    assert said.count("For parents.") == said.count("For schools.") == len(ProofPart)


def test_programs_read_the_same(client, proved):
    answer = client.get("/proved.json")

    told = json.loads(answer.text)
    assert told["standing"] == "proved"
    assert {each["part"] for each in told["parts"]} == {part.value for part in ProofPart}
    assert told["parts"][0]["proved_at"] == f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"
    assert len(told["nights"]) == 30
    assert told["nights"][-1]["standing"] == "proved"


@pytest.mark.parametrize("address", ["/proved", "/proved.json"])
def test_whoever_has_the_page_is_told_that_it_is_the_same(client, proved, address, time_machine):
    schools.make_person(role=Role.LEAD)  # an act: before the first, no page is kept
    tag = client.get(address).headers["ETag"]

    time_machine.move_to(clock.now() + timedelta(minutes=2))
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    write(ProofPart.LEDGER, Found(checks=1, broken=[SECRET]))
    time_machine.move_to(clock.now() + timedelta(minutes=2))
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_page_says_what_failed_and_never_what_was_found(client, failed):
    said = client.get("/proved").text

    assert "4 of 5 are proved" in said
    assert "Failed" in said
    assert SECRET not in said + client.get("/proved.json").text


def test_a_failure_is_told_once_to_the_leads_and_the_auditor(client, failed):
    lead = schools.make_person(role=Role.LEAD)
    auditor = schools.make_person(role=Role.AUDITOR)
    schools.make_person(role=Role.TREASURER)

    for _ in range(2):
        db.session.rollback()
        jobs.tell_leads(clock.now())

    told = db.session.scalars(select(Message).where(Message.template == "site_unwell")).all()
    assert sorted(each.recipient for each in told) == sorted([lead.email, auditor.email])
    assert all(SECRET in each.text for each in told)


def test_the_lead_sees_which_promise_does_not_hold(client, failed):
    schools.sign_in(client, schools.make_person(role=Role.LEAD))

    assert SECRET in client.get("/admin/health").text
    assert "Not so: The accounts are as they were written" in client.get("/admin/").text


def test_a_proof_that_holds_again_is_over(failed):
    assert [(sign.level, sign.about) for sign in signs()] == [(Level.BROKEN, "ledger")]

    write(ProofPart.LEDGER)

    assert [sign.level for sign in signs()] == [Level.WELL]


def test_what_was_proved_too_long_ago_is_no_longer_green(proved, time_machine):
    time_machine.move_to(clock.now() + 37 * HOUR)
    assert {each.standing for each in page().shown} == {Standing.OLD}
    assert {sign.level for sign in signs()} == {Level.WATCH}

    time_machine.move_to(clock.now() + 2 * DAY)

    assert page().standing is Standing.WORTHLESS
    assert {sign.level for sign in signs()} == {Level.BROKEN}


def test_a_key_that_is_kept_elsewhere_is_said_and_alarms_nobody(client, proved, time_machine):
    time_machine.move_to(clock.now() + 10 * DAY)
    for part in ProofPart:
        write(part, Found(reason=WhyNot.LOCKED) if part is ProofPart.COPY else None)

    said = client.get("/proved").text

    assert "4 of 5 are proved" in said
    assert "its key is kept elsewhere" in said
    assert [sign.level for sign in signs()] == [Level.WELL]


def test_a_copy_that_is_gone_is_told_to_the_lead_and_not_to_everybody(client, proved, time_machine):
    time_machine.move_to(clock.now() + 10 * DAY)
    for part in ProofPart:
        write(part, Found(reason=WhyNot.AWAY) if part is ProofPart.COPY else None)

    assert "no longer where it was made" not in client.get("/proved").text
    [sign] = signs()
    assert (sign.level, sign.story) == (
        Level.WATCH,
        "The newest copy is no longer where it was made.",
    )


def test_a_part_that_was_never_proved_is_told_after_a_while(proved, time_machine):
    with transaction() as session:
        for row in session.scalars(select(service.NightlyProof)).all():
            if row.part is ProofPart.COPY:
                session.delete(row)
    assert [sign.level for sign in signs()] == [Level.WELL]

    time_machine.move_to(clock.now() + 35 * HOUR)
    for part in list(ProofPart)[:-1]:
        write(part)
    time_machine.move_to(clock.now() + 2 * HOUR)

    assert [sign.title for sign in signs()] == [
        "Never proved: The newest copy can be restored, and is whole"
    ]


def test_each_night_has_its_square(proved, time_machine):
    time_machine.move_to(clock.now() + DAY)
    write(ProofPart.LEDGER, Found(checks=1, broken=[SECRET]))
    time_machine.move_to(clock.now() + DAY)
    write(ProofPart.LEDGER, Found(checks=1, broken=[SECRET]))
    write(ProofPart.LEDGER)
    time_machine.move_to(clock.now() + DAY)

    said = [night.standing for night in page().nights]

    assert said[-4:] == [Standing.PROVED, Standing.FAILED, Standing.PROVED, None]
    assert said[:-4] == [None] * 26


def test_proofs_are_kept_for_400_days(proved, time_machine):
    [rule] = retention.rules()
    time_machine.move_to(clock.now() + timedelta(days=399))
    assert rule.overdue(clock.now()) == 0
    time_machine.move_to(clock.now() + timedelta(days=2))

    with transaction():
        assert rule.purge(clock.now(), 10) == len(ProofPart)


def test_the_page_reads_as_much_after_a_month_as_after_a_night(
    client, proved, time_machine, count_queries
):
    with count_queries() as one:
        page()
    for _ in range(3):
        time_machine.move_to(clock.now() + DAY)
        write(ProofPart.TRAIL)
    with count_queries() as several:
        page()

    assert len(one) == len(several)


def test_outcomes_have_words(proved):
    assert {ProofOutcome(each.outcome) for each in (Found(), Found(reason="x"))} == {
        ProofOutcome.PROVED,
        ProofOutcome.UNPROVED,
    }
