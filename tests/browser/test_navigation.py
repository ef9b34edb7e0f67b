"""The links over every page stand on one line, beside the network's name or together below it."""

from typing import Any

import pytest

from booking.domain.permissions import Role
from tests.browser.test_accessibility import sign_in
from tests.builders import schools
from tests.conftest import Server

SHORT, LONG = "Amy Ng", "Marguerite Ellwood-Featherstonehaugh"
#: Where each link is, who is signed in, and the name beside them.
TOPS = """() => {
    const middle = element => {
        const box = element.getBoundingClientRect();
        return Math.round((box.top + box.bottom) / 2);
    };
    const links = [...document.querySelectorAll(".site-nav a"), ...document.querySelectorAll(
        ".site-account-name")];
    return {links: links.map(middle), name: middle(document.querySelector(".site-name"))};
}"""


@pytest.mark.parametrize(
    ("name", "width", "beside"),
    [(SHORT, 1280, True), (SHORT, 1024, False), (LONG, 1280, True), (LONG, 1024, False)],
)
def test_six_links_and_who_is_signed_in_stand_on_one_line(
    live_server: Server, page: Any, name: str, width: int, beside: bool
) -> None:
    with live_server.app.app_context():
        email = schools.make_person(name=name, role=Role.LEAD).email
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, email)

    page.goto("/")
    found = page.evaluate(TOPS)

    assert len(found["links"]) == 7
    assert max(found["links"]) - min(found["links"]) <= 4
    assert (abs(found["name"] - found["links"][0]) <= 4) is beside
