"""The site answers to its own name alone; no link, paper or mail is made from another."""

import pytest

from booking.domain.permissions import Role
from booking.foundation.web import hosts
from tests.builders import schools
from tests.house import tree

FOREIGN = "evil.test"


@pytest.mark.parametrize(
    ("environment", "host", "ours"),
    [
        ("production", "days.aldermere.sch.uk", True),
        ("production", "DAYS.aldermere.sch.uk:443", True),
        ("production", "days.aldermere.sch.uk.evil.test", False),
        ("production", "evil.test", False),
        ("production", "localhost", False),
        ("production", "192.0.2.1", False),
        ("production", "[nonsense", False),
        ("production", "", False),
        ("development", "localhost:8000", True),
        ("development", "192.168.0.7:8000", True),
        ("development", "[::1]", True),
        ("development", "evil.test", False),
    ],
)
def test_whose_name_it_is(app, environment, host, ours):
    app.config.update(APP_ENV=environment, BASE_URL="https://days.aldermere.sch.uk")

    assert hosts.is_ours(app, host) is ours


def test_another_name_gets_our_page_for_400_and_nothing_else(app, client, db_session):
    schools.make_network(schools=1)
    assert client.get("/").status_code == 200
    assert client.get("/").status_code == 200, "now from memory"

    for address in ("/", "/events", "/sign-in", "/nowhere"):
        refused = client.get(address, headers={"Host": FOREIGN}, check=False)
        assert (refused.status_code, FOREIGN in refused.text) == (400, False), address
    assert client.post("/sign-in", headers={"Host": FOREIGN}, check=False).status_code == 400
    assert "Reference" in refused.text or refused.headers["X-Request-Id"] in refused.text
    for address in ("/health/web", "/health"):
        assert client.get(address, headers={"Host": "192.0.2.1"}).status_code in {200, 503}


def test_a_redirect_names_no_site(client, db_session):
    schools.make_person(role=Role.LEAD)

    moved = client.get("/admin/")

    assert moved.location.startswith("/sign-in")


def test_no_link_is_made_from_the_name_in_a_request():
    """Every address that leaves the site begins with BASE_URL (`render.absolute_url`)."""
    made = [
        source.path
        for source in tree.under("booking/")
        if any(word in source.text for word in ("_external=True", "url_root", "host_url"))
    ]
    shown = [path for path, text in tree.templates().items() if "_external" in text]

    assert made + shown == []


def test_an_answer_says_its_number_also_from_memory(client, db_session):
    numbers = [client.get("/").headers.get_all("X-Request-Id") for _ in range(3)]

    assert [len(each) for each in numbers] == [1, 1, 1]
    assert len({number for [number] in numbers}) == 3
    lost = client.get("/nowhere")
    assert lost.status_code == 404
