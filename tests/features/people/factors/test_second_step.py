"""The second step of signing in: by code, by recovery code, and what is refused."""

from datetime import timedelta

import pytest
import time_machine as travelling

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.notifications.models import Message
from booking.people.factors import codes, queries
from tests import cast
from tests.builders import factors as build
from tests.builders import schools
from tests.page import soup

WRONG = "This code is not right, or was used before."


def first_step(client, person, where="/sign-in", **more):
    return client.post(where, data={"email": person.email, "password": cast.PASSWORD, **more})


def second_step(client, code, where="/sign-in/second"):
    return client.post(where, data={"code": code})


def code_now(secret, steps=0):
    return codes.step_code(secret, codes.step_now(clock.now()) + steps)


def test_the_password_alone_signs_nobody_in_who_has_an_app(client, lead, with_app):
    answer = first_step(client, lead)

    assert (answer.status_code, answer.location) == (303, "/sign-in/second")
    assert client.get("/account/").location.startswith("/sign-in")


def test_the_password_and_the_code_of_the_app_sign_in(client, lead, with_app, db_session):
    secret, _ = with_app
    first_step(client, lead)

    answer = second_step(client, code_now(secret))

    assert (answer.status_code, answer.location) == (303, "/admin/")
    assert client.get("/account/").status_code == 200
    acts = db_session.query(AuditEntry).filter(AuditEntry.action.like("%sign_in")).all()
    assert [(entry.action, entry.facts["by"]) for entry in acts] == [
        ("begin_sign_in", "password"),
        ("sign_in", "password.code"),
    ]


def test_each_code_works_once(app, lead, with_app):
    secret, _ = with_app
    code = code_now(secret)
    for works in (True, False):
        client = app.test_client()
        first_step(client, lead)
        answer = second_step(client, code)
        assert (answer.status_code == 303) == works
        assert (WRONG in answer.text) != works


@pytest.mark.parametrize("steps", [-2, -1, 1, 2])
def test_codes_of_other_steps_are_refused(client, lead, with_app, steps):
    secret, _ = with_app
    with travelling.travel(clock.now() + timedelta(minutes=5), tick=False):
        first_step(client, lead)
        assert second_step(client, code_now(secret, steps)).status_code == 422


def test_a_code_ends_with_its_half_minute_and_who_typed_it_slowly_is_told(client, lead, with_app):
    secret, _ = with_app
    code = code_now(secret)
    first_step(client, lead)
    with travelling.travel(clock.now() + build.A_STEP, tick=False):
        answer = second_step(client, code)
        assert (answer.status_code, "has just run out" in answer.text) == (422, True)
        assert second_step(client, code_now(secret)).status_code == 303


def test_of_a_code_that_was_used_nobody_is_told_that_it_was_right(app, lead, with_app):
    secret, _ = with_app
    code = code_now(secret)
    for expected in (303, 422):
        client = app.test_client()
        first_step(client, lead)
        answer = second_step(client, code)
        assert answer.status_code == expected
        assert "has just run out" not in answer.text


def test_a_recovery_code_works_once_and_its_person_is_told(app, lead, with_app, db_session):
    _, recovery = with_app
    typed = recovery[3].lower().replace(" ", "-")
    for expected in (303, 422):
        client = app.test_client()
        first_step(client, lead)
        assert second_step(client, typed).status_code == expected
    assert queries.of(lead.id).codes == 9
    told = db_session.query(Message).filter_by(template="factors_changed").all()
    assert [mail.recipient for mail in told if "9 are left" in mail.text] == [lead.email]


def test_another_persons_recovery_code_is_refused(client, lead, host, with_app):
    _, recovery = build.add_app(host)
    first_step(client, lead)

    assert second_step(client, recovery[0]).status_code == 422


def test_somebody_without_a_factor_signs_in_as_ever(client, host):
    assert first_step(client, host).location == "/host/"


def test_who_was_led_to_sign_in_goes_on_where_they_wanted(client, lead, with_app):
    secret, _ = with_app
    asked = client.get("/account/password")
    answer = first_step(client, lead, where=asked.location)
    assert answer.location == "/sign-in/second?next=/account/password"

    page = soup(client.get(answer.location))
    form = page.select_one("form[action^='/sign-in/second']")
    assert (
        second_step(client, code_now(secret), where=form["action"]).location == "/account/password"
    )


def test_the_second_step_waits_for_ten_minutes(client, lead, with_app):
    secret, _ = with_app
    first_step(client, lead)

    with travelling.travel(clock.now() + timedelta(minutes=11)):
        answer = second_step(client, code_now(secret))
        assert (answer.status_code, answer.location) == (303, "/sign-in")
        assert client.get("/account/").status_code == 302


def test_nobody_comes_to_the_second_step_without_the_first(client, lead, with_app):
    secret, _ = with_app

    assert client.get("/sign-in/second").location == "/sign-in"
    assert second_step(client, code_now(secret)).location == "/sign-in"
    assert client.get("/account/").status_code == 302


def test_five_wrong_codes_are_enough_and_a_quarter_of_an_hour_later_the_right_one_works(
    client, lead, with_app
):
    secret, _ = with_app
    first_step(client, lead)
    for _ in range(5):
        assert second_step(client, "BCDF").status_code == 422
    assert second_step(client, code_now(secret)).status_code == 429

    with travelling.travel(clock.now() + timedelta(minutes=16)):
        first_step(client, lead)
        assert second_step(client, code_now(secret)).status_code == 303


def test_the_session_is_another_one_after_each_step(client, lead, with_app):
    secret, _ = with_app
    seen = {""}
    for step in (
        lambda: client.get("/sign-in"),
        lambda: first_step(client, lead),
        lambda: second_step(client, code_now(secret)),
    ):
        step()
        assert client.get_cookie("sid").value not in seen
        seen.add(client.get_cookie("sid").value)


def test_who_has_lost_everything_is_sent_to_somebody_who_can_help(app, lead, with_app, host):
    build.add_app(host)

    def said_to(person):
        client = app.test_client()
        client.post("/sign-in", data={"email": person.email, "password": cast.PASSWORD})
        return client.get("/sign-in/second").text

    assert "A network lead can reset" in said_to(host)
    assert "Only whoever runs this site can reset" in said_to(lead)
    schools.make_person(name="Ola Field", email="ola@hart.example", role=Role.LEAD)
    assert "Another network lead can reset" in said_to(lead)
    assert "Ola Field" not in said_to(lead)
