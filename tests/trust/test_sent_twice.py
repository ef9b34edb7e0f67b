"""Every form on every page, sent twice as a slow telephone does: it acts once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from booking.foundation import clock
from tests.forms_on_pages import sent
from tests.trust import contents
from tests.trust.matrix import ROWS
from tests.trust.network import ROLES

pytestmark = pytest.mark.sweep

PAGES = [row for row in ROWS if row.method == "GET"]
#: Tables of the web itself, which note that something was sent and not what it did.
OF_THE_WEB = {"web_sessions", "throttle_counts", "sent_forms"}
#: What is done each time; what it finds is taken in once, by a key of its own.
EACH_TIME = {
    "/fund/payouts/ask",  # asks the card processor what is new
    "/admin/plans/plan-2027/proposal",  # works the plan out again, in place of the last proposal
}
#: Parts of addresses of forms that move money, mail or places, and are carried out here.
MUST_ACT = ("/money/receive", "/money/refund/", "/school/cash/", "/names", "/send-again", "/link")
#: What is typed where a page leaves a field empty.
TYPED = {
    "amount": "1",
    "pence": "1",
    "email": "newcomer@elsewhere.example",
    "phone": "07700 900123",
    "link": "https://elsewhere.example/",
    "url": "https://elsewhere.example/a.ics",
    "count": "1",
    "wanted": "1",
    "places": "1",
    "roll": "100",
}


def filled_in(form: Tag) -> dict[str, Any]:
    """Return what a person sends who fills in whatever is empty and presses the first button."""
    data = sent(form)
    data.pop("csrf_token", None)
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), str(field.get("type", "text"))
        if kind in {"checkbox", "radio"}:
            data.setdefault(name, [str(field.get("value", "on"))])
        elif field.name == "select" and data[name] in ([""], []):
            values = [str(one.get("value", "")) for one in field.select("option")]
            data[name] = next(filter(None, values), "")
        elif kind != "hidden" and not data.get(name):
            data[name] = typed(name, kind)
    button = form.select_one("button[name]")
    return data if button is None else {**data, str(button["name"]): str(button["value"])}


def typed(name: str, kind: str) -> str:
    day = clock.today() + timedelta(days=0 if name.endswith("paid_on") else 1)
    if kind == "date" or name.endswith("_on"):
        return clock.today().isoformat()
    if kind == "datetime-local":
        return f"{day.isoformat()}T16:00"
    return next((text for part, text in TYPED.items() if part in name), "Because it is so")


def forms(world: Any) -> Iterator[tuple[str, str, Tag]]:
    """Yield role, address and form of whatever pages post to, each kind of address once."""
    known = set()
    for row in PAGES:
        role = next((one for one in ("own", "host", "treasurer", *ROLES) if one in row.who), None)
        if role is None:
            continue
        answer = world.browsers[role].get(world.address(row.address), check=False)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for form in BeautifulSoup(answer.text, "html.parser").select("main form[method=post]"):
            address = str(form.get("action", "")) or answer.request.path
            kind = world.app.url_map.bind("localhost").match(address.partition("?")[0], "POST")[0]
            if kind not in known:
                known.add(kind)
                yield role, address, form


def standing() -> dict[str, Any]:
    return {name: rows for name, rows in contents.of_tables().items() if name not in OF_THE_WEB}


@pytest.fixture
def twice(world):
    """Give the kinds of forms that were carried out, and those that acted a second time."""
    done, again = [], []
    for role, address, form in list(forms(world)):
        browser, data = world.browsers[role], filled_in(form)
        before = standing()
        first = browser.post(address, data=data, check=False)
        after = standing()
        if first.status_code == 303 and after != before:
            done.append(address)
            second = browser.post(address, data=data, check=False)
            if standing() != after or (second.status_code, second.location) != (
                303,
                first.location,
            ):
                again.append((address, second.status_code, second.location, first.location))
        world.go_back()
    return done, again


def test_no_form_of_any_page_acts_twice(twice, counted):
    done, again = twice

    assert [what for what in again if what[0] not in EACH_TIME] == []
    assert len(done) > 50
    assert [part for part in MUST_ACT if not any(part in where for where in done)] == []
    counted(f"{len(done)} forms carried out, sent twice, acted once")
