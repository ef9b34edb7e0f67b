"""The frame of the pages stays where it is, and each device draws them in our typefaces."""

from typing import Any

from tests.browser.test_accessibility import BROKEN, sign_in
from tests.conftest import Server
from tests.trust import network as building

FUND = ("/fund/", "/fund/events", "/fund/entries", "/fund/bank/", "/fund/years")
#: How our own typefaces stand; those that a device has until then may or may not be used first.
LOADED = """async () => {
  await document.fonts.ready;
  return [...document.fonts].filter(f => f.family.includes("Fairplace")).map(f => f.status);
}"""
#: How far the page that one is on sticks out of its row, to the left or to the right.
OUT_OF_ROW = """() => {
    const row = document.querySelector(".sub-nav ul").getBoundingClientRect();
    const here = document.querySelector(".sub-nav [aria-current]").getBoundingClientRect();
    return Math.max(row.left - here.left, here.right - row.right, 0);
}"""


def treasurer(live_server: Server, page: Any) -> None:
    with live_server.app.app_context():
        network = building.build()
    sign_in(page, network.people["treasurer"])


def test_the_header_stays_in_place_from_page_to_page(live_server: Server, page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    treasurer(live_server, page)
    places = set()
    for path in (*FUND, "/about", "/account/"):
        page.goto(path)
        box = page.locator(".site-name").bounding_box()
        places.add((round(box["x"]), round(box["y"])))

    assert len(places) == 1


def test_rows_of_pages_are_one_row_on_a_phone_with_this_page_in_view(
    live_server: Server, page: Any
) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    treasurer(live_server, page)
    for path in FUND:
        page.goto(path)
        assert page.locator(".sub-nav").first.bounding_box()["height"] < 64, path
        assert page.evaluate(OUT_OF_ROW) == 0, path


def test_the_typefaces_are_ours_and_nothing_comes_from_elsewhere(
    live_server: Server, page: Any
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")

    assert page.evaluate(LOADED).count("loaded") == 2
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    fonts = [url for url in asked if ".woff2" in url]
    assert len(fonts) == len(set(fonts)) == 2


def test_an_amount_that_is_broken_would_be_seen(page: Any) -> None:
    page.set_content("<p style='width: 3ch; overflow-wrap: anywhere'>£1,883.40</p>")

    assert page.evaluate(BROKEN) == ["£1,883.40"]
