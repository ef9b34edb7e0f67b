"""Odd characters anywhere in an address or form: a plain refusal, never an error of ours."""

import re
from urllib.parse import quote, quote_plus

import pytest

from tests.trust.matrix import ROWS
from tests.trust.network import ROLES

pytestmark = pytest.mark.sweep

NUL = "%00"
#: What may stand in a part of an address, packed as a browser would send it.
ODD = (
    "x%00y",
    "%ED%A0%80%FF%E2%80%AE",
    "x%0D%0ASet-Cookie:%20x=y",
    "%27%20OR%201%3D1--%25",
    "-1",
    "9" * 40,
    "x" * 5000,
)
#: Every parameter that filters a page, and a few that no page knows.
ASKED = (
    "q",
    "page",
    "school",
    "year",
    "month",
    "host",
    "theme",
    "past",
    "state",
    "kind",
    "event",
    "fund",
    "account",
    "action",
    "who",
    "about",
    "since",
    "until",
    "first",
    "last",
    "from",
    "to",
    "show",
    "section",
    "again",
    "next",
    "narrow",
    "x",
)
PAGES = [row for row in ROWS if row.method == "GET"]
FORMS = [row for row in ROWS if row.method == "POST"]


def one_of(row):
    """Return somebody who may use a row, if possible not a visitor."""
    return sorted(row.who, key=lambda role: (role == "visitor", ROLES.index(role)))[0]


def ask(world, row, address, data=None):
    """Return the status of a request, made by somebody who may make it."""
    sent = {} if data is None else {"data": data}
    response = world.browsers[one_of(row)].open(address, method=row.method, check=False, **sent)
    response.close()
    return response.status_code


def with_part(world, row, number, odd):
    """Return a row's address with something odd in one of its parts."""
    parts = re.split(r"(\{\w+\})", row.address)
    places = [i for i, part in enumerate(parts) if part.startswith("{")]
    return "".join(
        odd if i == places[number] else quote(world.address(part), safe="/:?=&%")
        for i, part in enumerate(parts)
    )


def is_right(odd, status):
    return status in {400, 404, 405} if NUL in odd else status < 500


@pytest.mark.parametrize("row", [row for row in ROWS if row.who and "{" in row.address], ids=str)
def test_odd_text_in_any_part_of_an_address_is_an_address_that_does_not_exist(world, row):
    found = {}
    for number in range(row.address.count("{")):
        for odd in ODD:
            status = ask(
                world, row, with_part(world, row, number, odd), {} if row in FORMS else None
            )
            if not is_right(odd, status):
                found[number, odd] = status
    if row in FORMS:
        world.go_back()
    assert found == {}


@pytest.mark.parametrize("row", [row for row in PAGES if row.who], ids=str)
def test_odd_text_in_any_filter_is_no_error_of_ours(world, row):
    address = world.address(row.address)
    join = "&" if "?" in address else "?"

    found = {}
    for odd in ODD[:-1]:
        query = "&".join(f"{name}={odd}" for name in ASKED)
        status = ask(world, row, f"{address}{join}{query}")
        if (status >= 500 and status != row.answer) or (NUL in odd and status != 400):
            found[odd] = status
    assert found == {}


@pytest.mark.parametrize("row", [row for row in FORMS if row.who and row.data], ids=str)
def test_a_nul_in_any_field_is_refused(world, row, back_again):
    for name in row.data:
        data = {each: world.address(value) for each, value in row.data.items()}
        data[name] += "\0"
        assert ask(world, row, world.address(row.address), data) in {400, 404}, name


def test_the_name_of_a_field_has_no_nul_either(world):
    for sent in (f"?{quote_plus(chr(0))}=x", f"?q{NUL}=x", f"?{NUL}"):
        assert world.browsers["visitor"].get(f"/{sent}", check=False).status_code == 400
