"""How often somebody may try a password: counted in the database, for all processes together."""

from datetime import timedelta

from booking.foundation import clock
from tests import cast
from tests.builders import schools as build

COORDINATOR = "coordinator@hollow-lane.example"


def attempt(client, *, email=COORDINATOR, password="not the password", address="127.0.0.1"):
    return client.post(
        "/sign-in",
        data={"email": email, "password": password},
        environ_overrides={"REMOTE_ADDR": address},
    ).status_code


def test_five_wrong_passwords_close_an_account_for_a_while(client, db_session, time_machine):
    build.make_person(email=COORDINATOR)

    assert [attempt(client) for _ in range(6)] == [422, 422, 422, 422, 422, 429]
    assert attempt(client, password=cast.PASSWORD) == 429

    time_machine.move_to(clock.now() + timedelta(minutes=16))
    assert attempt(client, password=cast.PASSWORD) == 303


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


def test_twenty_wrong_passwords_close_an_internet_address(app, db_session):
    client = app.test_client()
    tries = [attempt(client, email=f"person{n}@hollow-lane.example") for n in range(21)]

    assert tries == [422] * 20 + [429]
    assert attempt(client, email="one.more@hollow-lane.example", address="192.0.2.7") == 422


def test_a_whole_staff_room_may_sign_in_from_one_address(app, db_session):
    build.make_person(email=COORDINATOR)

    tries = [attempt(app.test_client(), password=cast.PASSWORD) for _ in range(25)]

    assert tries == [303] * 25


def test_two_servers_share_one_count(app, make_app, db_session):
    build.make_person(email=COORDINATOR)
    servers = [app.test_client(), make_app().test_client()]

    tries = [attempt(servers[n % 2]) for n in range(6)]

    assert tries == [422, 422, 422, 422, 422, 429]


def test_a_forged_header_is_not_another_address(app, db_session):
    client = app.test_client()
    tries = [
        client.post(
            "/sign-in",
            data={"email": f"p{n}@hollow-lane.example", "password": "wrong"},
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        ).status_code
        for n in range(21)
    ]

    assert tries[-1] == 429


def test_the_answer_says_when_to_come_back(client, db_session):
    for _ in range(5):
        attempt(client)
    response = client.post("/sign-in", data={"email": COORDINATOR, "password": "wrong"})

    assert 0 < int(response.headers["Retry-After"]) <= 15 * 60
