"""Each limit of the one table stops what it says, with a page that says when to come again."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from limits import RateLimitItemPerSecond

from booking.domain.limits import LIMITS
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.web import throttle
from booking.network.resources import service as resources
from tests import cast
from tests.builders import checkout, events, factors, pupils, schools

ANN = "ann@hollow-lane.example"
OPERATIONS = Path(__file__).parents[2] / "docs" / "OPERATIONS.md"


def sent(path: str, **typed: str) -> Callable[..., object]:
    return lambda client, _: client.post(path, data=typed)


def fetched(path: str) -> Callable[..., object]:
    return lambda client, _: client.get(path)


def second_step(client, person):
    factors.add_app(person)
    client.post("/sign-in", data={"email": person.email, "password": cast.PASSWORD})
    return client.post("/sign-in/second", data={"code": "123456"})


def export(client, person):
    schools.sign_in(client, person)
    return client.get("/school/pupils/export.csv")


def everything(client, person):
    schools.sign_in(client, person)
    child = pupils.make_pupil(school=person.grants[0].school, year_group=3)
    path = f"/school/pupils/{child.public_id}/everything"
    return client.post(path, data={"password": cast.PASSWORD, "sure": "y"})


def reader(client, person):
    with transaction():
        token = resources.make_feed(actor=schools.actor_of(person), now=clock.now())
    return client.get(f"/resources/feeds/{token}.atom")


def letter(client):
    school = schools.make_school()
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=school))
    family = checkout.make_family(events.make_event(), school=school)
    return client.post(f"/school/bookings/{family.booking.public_id}/letter")


RESET, LOST = sent("/reset", email=ANN), sent("/lost-link", email=ANN)
LETTER = sent("/letter", code="ABCD-EFGH-JKLM")
#: What comes under each limit.
DOORS = {
    **dict.fromkeys(("link-account", "link-address", "link-all"), RESET),
    **dict.fromkeys(("lost-link-family", "lost-link-address"), LOST),
    **dict.fromkeys(("letter-code", "letter-code-address"), LETTER),
    **dict.fromkeys(("second-step-person", "second-step-address"), second_step),
    "passkey-pages": fetched("/sign-in/passkey"),
    "exports": export,
    "everything": everything,
    "unknown-feed": fetched("/calendar/feeds/nobodys.ics"),
    "unknown-directory-link": fetched("/nominate/nobodys"),
    "reader": reader,
    "unknown-reader": fetched("/resources/feeds/nobodys.atom"),
}
#: Where the way exists only when a provider is set up: tried in its own feature.
ELSEWHERE = {"openid": "test_setting_out_too_often_has_to_wait"}


@pytest.fixture
def coordinator(db_session):
    school = schools.make_school(slug="hollow-lane")
    return schools.make_person(role=Role.COORDINATOR, school=school, email=ANN)


@pytest.fixture
def used_up(monkeypatch):
    def use_up(name):
        real = throttle.rate_of

        def rate(limit):
            if limit.name != name:
                return real(limit)
            return RateLimitItemPerSecond(0, int(limit.within.total_seconds()))

        monkeypatch.setattr(throttle, "rate_of", rate)

    return use_up


def test_every_limit_has_a_door():
    names = [limit.name for limit in LIMITS]

    assert len(set(names)) == len(names)
    assert set(DOORS) | set(ELSEWHERE) == set(names)


@pytest.mark.parametrize("name", DOORS)
def test_a_limit_that_is_used_up_says_when_to_come_again(client, coordinator, used_up, name):
    used_up(name)
    [limit] = [limit for limit in LIMITS if limit.name == name]

    refused = DOORS[name](client, coordinator)

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= limit.within.total_seconds()
    assert "Please wait a moment" in refused.text
    assert re.search(r"Wait \w+ (minutes?|seconds?|hours?|hour)", refused.text), refused.text


@pytest.mark.parametrize("name", DOORS)
def test_another_limit_that_is_used_up_stops_nothing(client, coordinator, used_up, name):
    used_up("no such limit")

    assert DOORS[name](client, coordinator).status_code != 429


def test_twenty_files_an_hour_are_enough_for_anybody(client, coordinator, time_machine):
    schools.sign_in(client, coordinator)

    taken = [client.get("/school/pupils/export.csv").status_code for _ in range(21)]

    assert taken == [200] * 20 + [429]


def test_letters_count_as_files_do_and_the_page_before_them_does_not(client, db_session, used_up):
    printed = letter(client)
    path = printed.request.path
    assert printed.status_code == 200
    used_up("exports")

    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 429


def test_the_handbook_has_every_limit_as_it_is():
    text = OPERATIONS.read_text()
    minutes = {timedelta(hours=1): "an hour"}
    rows = [
        f"| {limit.what} | {limit.times} in "
        f"{minutes.get(limit.within, f'{limit.within.total_seconds() / 60:.0f} minutes')} "
        f"| {limit.why} |"
        for limit in LIMITS
    ]

    assert [row for row in rows if row not in text] == []
    section = text.split("### Limits")[1].split("\n#")[0]
    assert section.count("\n| ") == len(LIMITS) + 2, "and the two lines of its head"
