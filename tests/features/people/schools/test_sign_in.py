"""Signing in and out, and what keeps strangers out."""

from datetime import timedelta

import pytest

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from booking.foundation.web.models import WebSession
from booking.people.schools import passwords, service
from tests import cast
from tests.builders import schools as build

COORDINATOR = "coordinator@hollow-lane.example"
WRONG = "The e-mail address or password is not right."


@pytest.fixture
def school(db_session):
    return build.make_school(slug="hollow-lane")


@pytest.fixture
def person(school):
    return build.make_person(email=COORDINATOR, role=Role.COORDINATOR, school=school)


def try_to_sign_in(client, email=COORDINATOR, password=cast.PASSWORD, **options):
    return client.post("/sign-in", data={"email": email, "password": password}, **options)


def cookie_of(client):
    return client.get_cookie("sid").value


def test_a_coordinator_signs_in_and_out(client, person):
    response = build.sign_in(client, person)

    assert response.location == "/school/"
    assert client.get("/account/").status_code == 200

    build.sign_out(client)
    assert client.get("/account/").status_code == 302


def test_the_whole_cast_can_be_built(db_session):
    schools = build.make_network(schools=23)

    assert len(schools) == 23
    assert build.actor_of(build.person_of("lead@fairplace.example")).has(Role.LEAD)
    several = build.actor_of(build.person_of(COORDINATOR)).school_ids(Role.COORDINATOR)
    assert several == (schools["hollow-lane"].id, schools["brackenholt"].id)


@pytest.mark.parametrize(
    ("role", "at_school", "home"),
    [
        (Role.LEAD, False, "/admin/"),
        (Role.AUDITOR, False, "/admin/"),
        (Role.TREASURER, False, "/fund/"),
        (Role.COORDINATOR, True, "/school/"),
        (Role.HOST, True, "/host/"),
        (None, False, "/account/"),
    ],
)
def test_everybody_begins_at_the_page_of_the_own_role(client, school, role, at_school, home):
    person = build.make_person(role=role, school=school if at_school else None)

    assert build.sign_in(client, person).location == home


def test_capitals_and_spaces_in_the_address_do_not_matter(client, person):
    assert try_to_sign_in(client, email=" Coordinator@Hollow-Lane.example ").status_code == 303


def test_signing_in_is_written_down(client, person, db_session):
    build.sign_in(client, person)

    [entry] = db_session.query(AuditEntry).filter_by(action="sign_in").all()
    assert (entry.person_id, entry.subject_type) == (person.id, "people")


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client, person):
    asked = client.get("/account/password")
    assert (asked.status_code, asked.location) == (302, "/sign-in?next=%2Faccount%2Fpassword")

    came_back = client.post(asked.location, data={"email": COORDINATOR, "password": cast.PASSWORD})
    assert came_back.location == "/account/password"


def test_who_is_signed_in_is_not_asked_again(client, person):
    build.sign_in(client, person)

    assert client.get("/sign-in?next=/account/").location == "/account/"


def test_unknown_addresses_wrong_passwords_and_closed_accounts_look_alike(app, person, db_session):
    closed = build.make_person(email="closed@hollow-lane.example")
    with transaction():
        service.disable_person(actor=COMMAND, now=clock.now(), person=closed)

    def answer(email, password):
        client = app.test_client()
        response = try_to_sign_in(client, email, password)
        assert response.status_code == 422
        page = response.text.replace(email, "…")
        for drawn in ("csrf_token", "form_key"):
            page = page.replace(page.split(f'name="{drawn}" value="')[1].split('"')[0], "…")
        return page

    wrong = answer(COORDINATOR, "not the password")
    assert WRONG in wrong
    assert answer("nobody@hollow-lane.example", "not the password") == wrong
    assert answer("closed@hollow-lane.example", cast.PASSWORD) == wrong


@pytest.mark.parametrize(
    ("email", "password"), [("", "x"), ("not an address", "x"), ("a@b.example", "")]
)
def test_an_empty_or_mistyped_form_is_asked_again(client, db_session, email, password):
    response = try_to_sign_in(client, email, password)

    assert response.status_code == 422
    assert WRONG not in response.text


def test_the_session_is_another_one_after_signing_in(client, person, db_session):
    # Somebody may have planted the visitor's cookie in this browser.
    with client.session_transaction() as session:
        session["planted"] = "yes"
    planted = cookie_of(client)

    build.sign_in(client, person)

    assert cookie_of(client) != planted
    with client.session_transaction() as session:
        assert "planted" not in session
    thief = client.application.test_client()
    thief.set_cookie("sid", planted)
    assert thief.get("/account/").status_code == 302


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(app, client, person):
    build.sign_in(client, person)
    thief = app.test_client()
    thief.set_cookie("sid", cookie_of(client))
    assert thief.get("/account/").status_code == 200

    build.sign_out(client)

    assert thief.get("/account/").status_code == 302


def test_a_closed_account_is_out_at_once(client, person):
    build.sign_in(client, person)

    with transaction():
        service.disable_person(actor=COMMAND, now=clock.now(), person=build.person_of(person.email))

    assert client.get("/account/").status_code == 302


def test_a_role_taken_away_is_gone_on_the_next_request(client, person, school, time_machine):
    build.sign_in(client, person)
    assert client.get("/school/details").status_code == 200

    with transaction():
        [grant] = build.person_of(person.email).grants
        service.revoke_role(actor=COMMAND, now=clock.now(), grant=grant)

    # The session ended with the role; a new one has no way in either.
    assert client.get("/school/details").status_code == 302
    build.sign_in(client, person)
    assert client.get("/school/details").status_code == 404


@pytest.mark.parametrize(
    ("role", "idle_minutes", "hours"),
    [
        (Role.COORDINATOR, 30, 12),
        (Role.TREASURER, 15, 8),
        (Role.LEAD, 15, 8),
        (Role.AUDITOR, 15, 8),
    ],
)
def test_a_session_is_the_shorter_the_more_it_may_do(
    app, school, time_machine, role, idle_minutes, hours
):
    of_school = school if role is Role.COORDINATOR else None
    person = build.make_person(email=f"{role.value}@example.example", role=role, school=of_school)
    idle, busy = app.test_client(), app.test_client()
    for browser in (idle, busy):
        build.sign_in(browser, person)
    signed_in_at = clock.now()

    time_machine.move_to(signed_in_at + timedelta(minutes=idle_minutes - 1))
    assert busy.get("/account/").status_code == 200
    time_machine.move_to(signed_in_at + timedelta(minutes=idle_minutes + 1))
    assert idle.get("/account/").status_code == 302

    minutes = idle_minutes + 1
    while minutes < hours * 60:
        assert busy.get("/account/").status_code == 200, f"after {minutes} minutes"
        minutes += 14
        time_machine.move_to(signed_in_at + timedelta(minutes=minutes))
    time_machine.move_to(signed_in_at + timedelta(hours=hours, minutes=1))
    assert busy.get("/account/").status_code == 302


@pytest.mark.parametrize("role", [Role.LEAD, Role.TREASURER, Role.AUDITOR])
def test_whoever_is_promoted_has_short_sessions_everywhere_at_once(
    app, person, time_machine, role, db_session
):
    idle, busy, kept = (app.test_client() for _ in range(3))
    for browser in (idle, busy, kept):
        build.sign_in(browser, person)
    signed_in_at = clock.now()
    time_machine.move_to(signed_in_at + timedelta(minutes=16))
    assert busy.get("/account/").status_code == 200
    assert kept.get("/account/").status_code == 200

    build.grant(person, role)

    # Idle for longer than a short session may be: ended by the next request. Others go on.
    assert idle.get("/account/").status_code == 302
    assert busy.get("/account/").status_code == 200
    time_machine.move_to(signed_in_at + timedelta(minutes=16 + 14))
    assert kept.get("/account/").status_code == 200
    time_machine.move_to(signed_in_at + timedelta(minutes=16 + 14 + 2))
    assert busy.get("/account/").status_code == 302

    # And it ends after eight hours, though it began with twelve.
    with transaction():
        [row] = db_session.query(WebSession).filter_by(last_seen_at=_last(db_session)).all()
        row.last_seen_at = signed_in_at + timedelta(hours=8)
    time_machine.move_to(signed_in_at + timedelta(hours=8, minutes=1))
    assert kept.get("/account/").status_code == 302


def _last(db_session):
    return max(row.last_seen_at for row in db_session.query(WebSession).all())


def test_scripts_cannot_read_the_cookie_and_the_database_keeps_its_hash(client, person, db_session):
    response = build.sign_in(client, person)

    assert "HttpOnly" in response.headers["Set-Cookie"]
    assert "SameSite=Lax" in response.headers["Set-Cookie"]
    [row] = db_session.query(WebSession).all()
    assert cookie_of(client) not in (row.token_hash, row.public_id)


@pytest.mark.parametrize("url", ["/sign-in", "/sign-out"])
def test_a_form_without_its_token_does_nothing(client, person, url):
    response = (
        try_to_sign_in(client, csrf=False) if url == "/sign-in" else client.post(url, csrf=False)
    )

    assert response.status_code == 400


ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/%09/evil.example\r\n",
    "/ /evil.example",
    "@evil.example",
    "http://localhost@evil.example",
    "//localhost@evil.example",
    "",
    "?next=//evil.example",
    "#//evil.example",
    "/\x01/evil.example",
    "/\x7f",
    "ftp://evil.example",
    ".//evil.example",
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_to_another_site_after_signing_in(client, person, target):
    response = client.post(
        "/sign-in",
        query_string={"next": target},
        data={"email": COORDINATOR, "password": cast.PASSWORD},
    )

    assert response.location == "/school/"


def test_a_password_under_old_parameters_is_stored_anew(client, person, db_session):
    with transaction():
        old = passwords.PasswordHasher(memory_cost=16, time_cost=2, parallelism=1)
        build.person_of(person.email).password_hash = old.hash(cast.PASSWORD)

    build.sign_in(client, person)

    assert "m=8,t=1,p=1" in build.person_of(person.email).password_hash


def test_in_production_a_password_costs_what_it_should():
    parameters = passwords.PRODUCTION

    assert parameters.type.name == "ID"
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (47104, 1, 1)


def test_who_is_signed_in_is_read_in_one_query(client, person, count_queries, app):
    build.sign_in(client, person)
    with count_queries() as queries:
        client.get("/account/details")

    assert sum("FROM people LEFT OUTER JOIN role_grants" in q for q in queries) == 1
