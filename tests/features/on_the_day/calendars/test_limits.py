"""How often calendars may be fetched: enough for every program, but not without limit."""

from datetime import timedelta

import pytest

from booking.domain.permissions import Role
from booking.foundation import clock
from tests.builders import events, schools
from tests.builders.calendars import make_feed


def ask(client, token, *, address="192.0.2.7", **headers):
    """Return the answer to a program at an internet address."""
    return client.get(
        f"/calendar/feeds/{token}.ics",
        headers=headers,
        environ_overrides={"REMOTE_ADDR": address},
    )


@pytest.fixture
def token(guest):
    events.make_event(host=guest)
    return make_feed(schools.make_person(role=Role.HOST, school=guest))[1]


def test_wrong_addresses_are_refused_after_sixty_in_an_hour(client, token, time_machine):
    answers = [ask(client, f"wrong{number}") for number in range(61)]

    assert [answer.status_code for answer in answers] == [404] * 60 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert "Wait 60 minutes, then try again." in answers[-1].text
    time_machine.move_to(clock.now() + timedelta(minutes=61))
    assert ask(client, "wrong").status_code == 404


def test_right_addresses_answer_where_wrong_ones_are_refused(client, token):
    for number in range(61):
        ask(client, f"wrong{number}")

    assert ask(client, token).status_code == 200
    assert ask(client, "wrong", address="192.0.2.8").status_code == 404


def test_a_flood_of_wrong_addresses_writes_nothing(client, token, count_queries):
    for number in range(61):
        ask(client, f"wrong{number}")

    with count_queries() as statements:
        assert ask(client, "another").status_code == 429

    # The address, and the name of the network for the page that refuses it.
    verbs = [statement.split()[0] for statement in statements]
    assert [verb for verb in verbs if verb != "BEGIN"] == ["SELECT", "SELECT"]


@pytest.mark.parametrize("tag", ["", '"not what it has"'])
def test_a_calendar_is_sent_whole_so_often_and_then_not_before_the_hour_is_over(
    app, client, token, time_machine, tag
):
    app.config["FEED_FETCHES_PER_HOUR"] = "3"
    known = {"If-None-Match": tag} if tag else {}

    answers = [ask(client, token, **known) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    time_machine.move_to(clock.now() + timedelta(minutes=61))
    assert ask(client, token, **known).status_code == 200


def test_who_asks_whether_anything_is_new_may_ask_without_end(app, client, token):
    app.config["FEED_FETCHES_PER_HOUR"] = "1"
    tag = ask(client, token).headers["ETag"]

    answers = {ask(client, token, **{"If-None-Match": tag}).status_code for _ in range(10)}
    app.extensions["unchanged"].forget()

    assert answers == {304}
    assert ask(client, token, **{"If-None-Match": tag}).status_code == 304
    assert ask(client, token).status_code == 429


def test_one_calendar_too_often_does_not_touch_another(app, client, guest, token):
    app.config["FEED_FETCHES_PER_HOUR"] = "1"
    other = make_feed(schools.make_person(role=Role.HOST, school=guest))[1]
    assert [ask(client, token).status_code for _ in range(2)] == [200, 429]

    assert ask(client, other).status_code == 200
