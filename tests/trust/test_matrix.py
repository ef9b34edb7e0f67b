"""Every route and method, requested by everybody: allowed, asked to sign in, or not found."""

from collections import Counter

import pytest

from tests.trust import contents
from tests.trust.matrix import ROWS
from tests.trust.matrix.rows import EVERYBODY, Row
from tests.trust.network import ROLES

FILES = {"static", "bootstrap.static"}
#: What a browser can send that changes nothing by itself.
NOT_ASKED = {"HEAD", "OPTIONS"}
PAGES = [row for row in ROWS if row.method == "GET"]
POSTS = [row for row in ROWS if row.method == "POST"]


def ask(world, role, row, address=""):
    """Make the request of a row as somebody."""
    address = world.address(address or row.address)
    data = {name: world.address(value) for name, value in row.data.items()}
    sent = {"data": data} if row.method == "POST" else {}
    return world.browsers[role].open(address, method=row.method, check=False, **sent)


def asks_to_sign_in(response):
    return response.status_code == 302 and response.location.startswith("/sign-in")


def problem(row, role, response):
    """Return what is wrong with an answer, or nothing."""
    status = response.status_code
    if role not in row.who:
        right = asks_to_sign_in(response) if role == "visitor" else status == 404
    elif row.method == "GET":
        right = status == row.answers.get(role, row.answer)
    else:
        right = status < 500 and status != 404 and not asks_to_sign_in(response)
    return "" if right else f"{row} as {role}: {status} {response.location or ''}"


def test_every_route_has_a_row_and_every_row_a_route(world, counted):
    routes = Counter(
        (rule.endpoint, method)
        for rule in world.app.url_map.iter_rules()
        if rule.endpoint not in FILES
        for method in rule.methods - NOT_ASKED
    )
    rows = Counter((row.endpoint, row.method) for row in ROWS)

    assert sorted(routes - rows) == [], "routes without a row in tests/trust/matrix"
    assert sorted(rows - routes) == [], "rows without a route"
    counted(f"{len(ROWS)} routes × {len(ROLES)} roles = {len(ROWS) * len(ROLES)} answers asserted")


def test_whoever_may_not_is_refused_and_nothing_is_written(world, counted):
    before = contents.of_tables()
    cells = [(row, role) for row in ROWS for role in ROLES if role not in row.who]

    problems = [problem(row, role, ask(world, role, row)) for row, role in cells]

    assert list(filter(None, problems)) == []
    assert contents.of_tables() == before
    counted(f"{len(cells)} refusals")


def test_whoever_may_look_sees_the_page_and_looking_changes_nothing(world, counted):
    before = contents.of_tables()
    cells = [(row, role) for row in PAGES for role in ROLES if role in row.who]

    problems = [problem(row, role, ask(world, role, row)) for row, role in cells]

    assert list(filter(None, problems)) == []
    assert contents.of_tables() == before
    counted(f"{len(cells)} pages seen, {len(before)} tables as before")


def test_a_scanner_that_looks_at_every_link_many_times_spends_none(world):
    before = contents.of_tables()
    agents = ("curl/8", "Mozilla/5.0", "BingPreview/1.0", "GoogleImageProxy", "SafeLinks")

    for agent in agents:
        for row in (row for row in PAGES if row.unknown):
            address, headers = world.address(row.address), {"User-Agent": agent}
            scanner = world.app.test_client()
            assert scanner.head(address, headers=headers, check=False).status_code < 400, row
            assert scanner.get(address, headers=headers, check=False).status_code < 400, row

    assert contents.of_tables() == before


def test_whoever_may_write_is_let_in(world, back_again, counted):
    problems, cells = [], [(row, role) for row in POSTS for role in ROLES if role in row.who]
    for row, role in cells:
        if row.who == EVERYBODY and role not in {"visitor", "own"}:
            continue  # an address with its own secret asks nobody who they are
        response = ask(world, role, row)
        problems.append(problem(row, role, response))
        if response.status_code < 400:
            world.go_back()  # something may have been done

    assert list(filter(None, problems)) == []
    counted(f"{len(problems)} forms sent")


SECRETS = [row for row in ROWS if row.unknown]


@pytest.mark.parametrize("row", SECRETS, ids=str)
def test_an_unknown_secret_finds_a_civil_page(world, row: Row):
    for role in ("visitor", "own", "lead"):
        response = ask(world, role, row, row.unknown)

        assert response.status_code == 404
        assert response.mimetype == "text/html"
        assert "<h1" in response.text
        assert row.unknown.split("/")[2] not in response.text
