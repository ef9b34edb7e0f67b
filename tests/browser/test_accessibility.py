"""Everybody's main pages, wide and narrow, light and dark: axe finds no violation of WCAG 2.2 AA,
nothing scrolls sideways, and no amount is broken into two lines.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import cast
from tests.conftest import Server
from tests.trust import network as building
from tests.trust.network import Network

WIDTHS, SCHEMES = (1280, 375), ("light", "dark")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
#: A page is the same at every width and in light and dark: it is opened once, and all rules are
#: checked once; its colours and the size of its targets are checked in each state.
RUN_AXE = "async what => (await axe.run({runOnly: what, resultTypes: ['violations']})).violations"
LOOKS = ("color-contrast", "target-size")
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: The amounts of money on a page that do not stand on one line.
BROKEN = r"""() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const broken = [];
    while (texts.nextNode()) {
        for (const found of texts.currentNode.data.matchAll(/[-−]?£[\d,]+(\.\d+)?/g)) {
            const range = document.createRange();
            range.setStart(texts.currentNode, found.index);
            range.setEnd(texts.currentNode, found.index + found[0].length);
            const tops = [...range.getClientRects()].map((box) => Math.round(box.top));
            if (new Set(tops).size > 1) broken.push(found[0]);
        }
    }
    return broken;
}"""

VISITOR = (
    "/",
    "/events/{open_round}",
    "/events/{shared}/allocation",
    "/events/{cancelled}",
    "/calendar",
    "/plans/{accepted_plan}",
    "/sign-in",
    "/help/",
    "/help/host",
    "/help/host/take-the-register",
    "/no-such-page",
)
PARENT = (
    "/parent/{fresh}",
    "/parent/{to_pay}/needs",
    "/parent/{fresh}/ask",
    "/parent/{to_pay}/day",
    "/parent/{unpaid}/contribution",
    "/parent/{to_pay}/charge",
    "/parent/{paid}",
    "/parent/{paid}/object",
    "/parent/{fresh}/calendar",
)
COORDINATOR = (
    "/school/",
    "/school/events/{open_round}/",
    "/school/events/{day_event}/",
    "/school/events/{day_event}/money",
    "/school/pupils/",
    "/school/pupils/{pupil}",
    "/school/pupils/import",
    "/school/bookings/{invited}/reply",
    "/school/bookings/{invited}/mail",
    "/school/bookings/{confirmed}/still-fine",
    "/school/objections/{objection}",
    "/school/questions/{question}",
    "/school/pupils/new-year",
    "/school/walk-ins/{walk_in}/",
    "/account/",
    "/account/feeds",
    "/account/feeds/{feed}",
    "/school/plans/{plan}/",
    "/school/plans/{plan}/pupils/{pupil}",
    "/school/plans/{accepted_plan}/",
    "/cpd/",
    "/cpd/apply",
    "/cpd/bids/{approved_bid}",
    "/cpd/bids/{approved_bid}/claim",
    "/meetings/",
    "/meetings/{meeting}",
)
HOST = (
    "/host/",
    "/host/events/new",
    "/host/events/{day_event}/",
    "/host/events/{day_event}/roster",
    "/host/events/{day_event}/register",
    "/host/events/{day_event}/paper",
    "/host/events/{day_event}/door",
    "/host/events/{shared}/round",
    "/host/events/{kept}/quotas",
    "/host/events/{draft}/publish",
    "/host/events/{shared}/cancel",
)
TREASURER = (
    "/fund/",
    "/fund/entries",
    "/fund/events",
    "/fund/entries/{entry}",
    "/fund/events/{over}",
    "/fund/entries/new/speaker",
    "/fund/bids",
    "/fund/bids/rules",
    "/cpd/bids/{bid}/decide",
    "/cpd/bids/{claimed_bid}/pay",
    "/cpd/spent",
    "/fund/statements/",
    "/fund/statements/account?account=assets:bank",
    "/fund/bank/",
    "/fund/bank/import",
    "/fund/bank/matching",
    "/fund/bank/statements/{bank_statement}",
    "/fund/invoices/",
    "/fund/years",
    "/fund/funds",
)
LEAD = (
    "/admin/",
    "/admin/schools/",
    "/admin/schools/{own_school}",
    "/admin/people/",
    "/admin/people/{helper}",
    "/admin/people/invite",
    "/admin/days",
    "/admin/schools/import",
    "/admin/audit",
    "/admin/outbox?show=all",
    "/admin/partners/",
    "/admin/plans/",
    "/admin/plans/new",
    "/admin/plans/{plan}/",
    "/admin/plans/{plan}/proposal",
    "/meetings/new",
    "/meetings/{meeting}/answers",
    "/meetings/{meeting}/cancel",
    "/meetings/{past_meeting}/minutes",
)

Visit = Callable[[str, Sequence[str]], list[str]]


@pytest.fixture
def visit(live_server: Server, browser: Any) -> Visit:
    """Provide a way to open pages as somebody and find out what is wrong with them."""
    with live_server.app.app_context():
        network = building.build()

    def visiting(who: str, paths: Sequence[str]) -> list[str]:
        with browser.new_context(base_url=live_server.url, reduced_motion="reduce") as context:
            page = context.new_page()
            if who:
                sign_in(page, network.people[who])
            return [wrong for path in paths for wrong in problems(page, path, network)]

    return visiting


def sign_in(page: Any, email: str) -> None:
    page.goto("/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", cast.PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.locator("text=Sign out").first.wait_for(state="attached")  # in the menu, on a phone


def problems(page: Any, path: str, network: Network) -> list[str]:
    answer = page.goto(path.format(**network.facts))
    assert answer.status == (404 if path == "/no-such-page" else 200), f"{path}: {answer.status}"
    page.evaluate(Axe().axe_script)
    return [
        f"{path} at {width}, {scheme}: {words}"
        for width in WIDTHS
        for scheme in SCHEMES
        for words in look(page, width, scheme)
    ]


def look(page: Any, width: int, scheme: str) -> list[str]:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    sideways = page.evaluate(OVERFLOW)
    everything = (width, scheme) == (375, "light")
    found = page.evaluate(RUN_AXE, RULES if everything else LOOKS)
    broken = [f"{amount} is in two lines" for amount in page.evaluate(BROKEN)]
    return [*([f"{sideways}px too wide"] if sideways > 0 else []), *broken, *map(told, found)]


def told(violation: dict[str, Any]) -> str:
    places = [(node["target"], node["failureSummary"]) for node in violation["nodes"][:3]]
    return f"{violation['id']} ({violation['help']}): {json.dumps(places)}"


def test_the_pages_of_visitors_are_for_everybody(visit: Visit) -> None:
    assert visit("", VISITOR) == []


def test_the_pages_of_parents_are_for_everybody(visit: Visit) -> None:
    assert visit("", PARENT) == []


def test_the_pages_of_coordinators_are_for_everybody(visit: Visit) -> None:
    assert visit("own", COORDINATOR) == []


def test_the_pages_of_hosts_are_for_everybody(visit: Visit) -> None:
    assert visit("host", HOST) == []


def test_the_pages_of_the_treasurer_are_for_everybody(visit: Visit) -> None:
    assert visit("treasurer", TREASURER) == []


def test_the_pages_of_the_lead_are_for_everybody(visit: Visit) -> None:
    assert visit("lead", LEAD) == []
