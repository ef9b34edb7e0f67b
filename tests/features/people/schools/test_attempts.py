"""How often somebody may try a password: counted in the database, for all processes together."""

from datetime import timedelta

import pytest

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from booking.foundation.web.models import ThrottleCount
from booking.people.schools import service
from booking.people.schools.models import KnownBrowser
from booking.people.schools.routes import attempts
from tests import cast
from tests.builders import schools as build
from tests.features.people.schools.test_accounts import ask_link

COORDINATOR = "coordinator@hollow-lane.example"
NEW = "seven purple walruses admire"
ELSEWHERE = "192.0.2.7"


def attempt(client, *, email=COORDINATOR, password="not the password", address="127.0.0.1"):
    return client.post(
        "/sign-in",
        data={"email": email, "password": password},
        environ_overrides={"REMOTE_ADDR": address},
    ).status_code


@pytest.fixture
def person(db_session):
    return build.make_person(email=COORDINATOR)


@pytest.fixture
def known(app, person):
    """Provide a browser in which the owner has signed in before."""
    browser = app.test_client()
    assert attempt(browser, password=cast.PASSWORD) == 303
    browser.post("/sign-out")
    return browser


def test_five_wrong_passwords_make_a_stranger_wait(client, person, time_machine):
    assert [attempt(client) for _ in range(6)] == [422, 422, 422, 422, 422, 429]
    assert attempt(client, password=cast.PASSWORD) == 429

    time_machine.move_to(clock.now() + timedelta(seconds=61))
    assert attempt(client, password=cast.PASSWORD) == 303


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(client, person, time_machine):
    for _ in range(5):
        attempt(client)
    waits = []
    for _ in range(6):
        refused = client.post("/sign-in", data={"email": COORDINATOR, "password": "wrong"})
        wait = timedelta(seconds=int(refused.headers["Retry-After"]))
        waits.append(round(wait / timedelta(minutes=1)))
        time_machine.move_to(clock.now() + wait)
        assert attempt(client) == 422

    assert waits == [1, 2, 4, 8, 15, 15]
    time_machine.move_to(clock.now() + timedelta(minutes=15))
    assert attempt(client, password=cast.PASSWORD) == 303


def test_a_stranger_shuts_the_owner_out_nowhere(app, known):
    stranger = app.test_client()
    for _ in range(30):
        attempt(stranger)

    # At the stranger's own address, where she has signed in before; and anywhere else.
    assert attempt(stranger, password=cast.PASSWORD) == 429
    assert attempt(known, password=cast.PASSWORD) == 303
    assert attempt(app.test_client(), password=cast.PASSWORD, address=ELSEWHERE) == 303


def test_strangers_everywhere_make_a_new_browser_wait_and_no_known_one(
    app, known, monkeypatch, time_machine
):
    monkeypatch.setattr(attempts, "STRANGERS", attempts.FreeTries(free=12))
    tries = [attempt(app.test_client(), address=f"192.0.2.{n // 4}") for n in range(14)]

    assert (tries.count(422), tries[-2:]) == (12, [429, 429])
    assert attempt(app.test_client(), password=cast.PASSWORD, address="198.51.100.1") == 429
    assert attempt(known, password=cast.PASSWORD) == 303
    time_machine.move_to(clock.now() + timedelta(minutes=15))
    assert attempt(app.test_client(), password=cast.PASSWORD, address="198.51.100.1") == 303


def test_a_known_browser_counts_alone(app, known):
    assert [attempt(known) for _ in range(6)] == [422, 422, 422, 422, 422, 429]
    assert attempt(app.test_client(), password=cast.PASSWORD) == 303


def test_a_known_browser_is_known_for_its_own_people_only(app, known):
    colleague = build.make_person(email="colleague@hollow-lane.example").email
    for _ in range(6):
        attempt(app.test_client(), email=colleague)

    assert attempt(known, email=colleague, password=cast.PASSWORD) == 429
    assert attempt(known, password=cast.PASSWORD) == 303


def test_two_people_may_share_a_known_browser(known, db_session):
    colleague = build.make_person(email="colleague@hollow-lane.example").email
    for email in (colleague, COORDINATOR):
        assert attempt(known, email=email, password=cast.PASSWORD) == 303
        known.post("/sign-out")

    [one, other] = db_session.query(KnownBrowser).all()
    assert one.token_hash == other.token_hash


def test_a_planted_cookie_is_not_kept(app, person, db_session):
    victim = app.test_client()
    victim.set_cookie("known", "planted-by-somebody-else")
    assert attempt(victim, password=cast.PASSWORD) == 303

    cookie = victim.get_cookie("known")
    assert cookie.value != "planted-by-somebody-else"
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")
    [row] = db_session.query(KnownBrowser).all()
    assert cookie.value not in repr(vars(row))


@pytest.mark.parametrize(
    ("way", "left"), [("password", 1), ("end-others", 1), ("reset", 1), ("closed", 0)]
)
def test_browsers_are_forgotten(app, person, known, db_session, way, left):
    here = app.test_client()
    assert attempt(here, password=cast.PASSWORD) == 303
    if way == "password":
        data = {"current": cast.PASSWORD, "password": NEW, "again": NEW}
        assert here.post("/account/password", data=data).status_code == 303
    elif way == "end-others":
        here.post("/account/sessions/end-others")
    elif way == "reset":
        assert here.post(ask_link(here, db_session), data={"password": NEW}).status_code == 303
    else:
        with transaction():
            service.disable_person(actor=COMMAND, now=clock.now(), person=person)

    db_session.rollback()
    assert db_session.query(KnownBrowser).count() == left


def test_the_account_says_where_one_is_known(known):
    attempt(known, password=cast.PASSWORD)

    assert "Browsers we know" in known.get("/account/").text


def test_a_link_from_the_mailbox_lets_its_owner_in_whoever_tries(
    app, person, db_session, monkeypatch
):
    monkeypatch.setattr(attempts, "STRANGERS", attempts.FreeTries(free=4))
    for _ in range(4):
        attempt(app.test_client(), address=ELSEWHERE)
    new = app.test_client()
    assert attempt(new, password=cast.PASSWORD) == 429

    assert new.post(ask_link(new, db_session), data={"password": NEW}).status_code == 303
    assert attempt(new, password=NEW) == 303


def test_the_owner_is_told_once_that_strangers_try(app, person, db_session, monkeypatch):
    monkeypatch.setattr(attempts, "TELL_AT", 3)
    for email in (COORDINATOR, "nobody@hollow-lane.example"):
        for _ in range(5):
            attempt(app.test_client(), email=email)

    told = db_session.query(Message).filter_by(template="sign_in_tried").all()
    assert [message.recipient for message in told] == [COORDINATOR]


def test_an_own_slip_of_the_fingers_is_told_nobody(known, db_session, monkeypatch):
    monkeypatch.setattr(attempts, "TELL_AT", 3)
    for _ in range(5):
        attempt(known)

    assert db_session.query(Message).filter_by(template="sign_in_tried").count() == 0


def test_an_unknown_address_is_closed_in_the_same_way(client, db_session):
    tries = [attempt(client, email="nobody@hollow-lane.example") for _ in range(6)]

    assert tries == [422, 422, 422, 422, 422, 429]


def test_another_account_stays_open(client, db_session):
    build.make_person(email=COORDINATOR)
    for _ in range(6):
        attempt(client, email="somebody@hollow-lane.example")

    assert attempt(client, password=cast.PASSWORD) == 303


def test_the_right_password_starts_the_count_anew(app, db_session):
    build.make_person(email=COORDINATOR)
    for _ in range(3):
        client = app.test_client()
        assert [attempt(client) for _ in range(4)] == [422] * 4
        assert attempt(client, password=cast.PASSWORD) == 303


def test_one_client_behind_a_proxy_shuts_nobody_else_out(app, person):
    client = app.test_client()
    tries = [attempt(client, email=f"person{n}@hollow-lane.example") for n in range(22)]

    assert tries == [422] * 22
    assert attempt(app.test_client(), password=cast.PASSWORD) == 303


def test_where_many_were_wrong_each_account_has_one_try(app, person, monkeypatch):
    monkeypatch.setattr(attempts, "WARY_FROM", 3)
    for n in range(3):
        attempt(app.test_client(), email=f"person{n}@hollow-lane.example")

    assert [attempt(app.test_client()) for _ in range(2)] == [422, 429]
    assert attempt(app.test_client(), address=ELSEWHERE) == 422


def test_a_flood_from_an_address_is_no_longer_looked_at_but_known_browsers_are(
    client, known, monkeypatch
):
    monkeypatch.setattr(attempts, "MOST", 5)
    tries = [attempt(client, email=f"person{n}@hollow-lane.example") for n in range(6)]

    assert tries == [422] * 5 + [429]
    assert attempt(known, password=cast.PASSWORD) == 303


def test_a_whole_staff_room_may_sign_in_from_one_address(app, db_session):
    build.make_person(email=COORDINATOR)

    tries = [attempt(app.test_client(), password=cast.PASSWORD) for _ in range(25)]

    assert tries == [303] * 25


def test_two_servers_share_one_count(app, make_app, db_session):
    build.make_person(email=COORDINATOR)
    servers = [app.test_client(), make_app().test_client()]

    tries = [attempt(servers[n % 2]) for n in range(6)]

    assert tries == [422, 422, 422, 422, 422, 429]


def test_a_forged_header_is_not_another_address(client, db_session):
    tries = [
        client.post(
            "/sign-in",
            data={"email": COORDINATOR, "password": "wrong"},
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        ).status_code
        for n in range(6)
    ]

    assert tries[-1] == 429


def test_right_tries_leave_nothing_behind(app, person, db_session):
    attempt(app.test_client(), password=cast.PASSWORD)

    assert {row.count for row in db_session.query(ThrottleCount)} <= {0}


def test_the_answer_says_when_to_come_back(client, db_session):
    for _ in range(5):
        attempt(client)
    response = client.post("/sign-in", data={"email": COORDINATOR, "password": "wrong"})

    assert 0 < int(response.headers["Retry-After"]) <= 15 * 60
