"""An event as everybody, schools and parents will see it, before it is published."""

import pytest

from booking.days.events.models import Sharing
from booking.domain.charging import FeeKind
from tests.builders import events
from tests.page import soup, words


def shown(browser, slug, who):
    """Return the main part of a preview, on which nothing can be sent, typed or left by."""
    main = soup(browser.get(f"/host/events/{slug}/preview{who}")).main
    assert main.find("form") is None
    controls = main.select("input, button, select, textarea")
    assert [each for each in controls if each.find_parent("fieldset", disabled=True) is None] == []
    leads = {a["href"] for a in main.select("a[href]") if not a["href"].startswith("#")}
    own = f"/host/events/{slug}/"
    assert {address for address in leads if not address.startswith(own)} == set()
    return main


def test_a_draft_is_shown_as_everybody_schools_and_parents_will_see_it(signed_in, host):
    draft = events.make_event(
        host=host,
        published=False,
        title="Puzzle day",
        fee_kind=FeeKind.VOLUNTARY_CONTRIBUTION,
        fee_pence=600,
    )
    everybody = shown(signed_in, draft.slug, "")
    tabs = {words(a): a["href"] for a in everybody.select(".sub-nav a")}
    assert list(tabs) == ["Everybody", "Schools", "Parents"]
    assert "How places are shared" in words(everybody)

    to_schools = words(shown(signed_in, draft.slug, "/schools"))
    assert "How many places would you like in total?" in to_schools
    assert "Requests close" in to_schools

    parents = shown(signed_in, draft.slug, "/parents")
    to_parents = words(parents)
    assert "Yes, Sam can come" in to_parents
    assert "A voluntary contribution of £6.00 is asked for after you reply" in to_parents
    assert "Please reply by 4pm on" in to_parents
    assert "Your consent" in to_parents
    assert parents.find("a", string="Check and publish")["href"].endswith("/publish")
    assert signed_in.get(f"/host/events/{draft.slug}/preview/pupils").status_code == 404


@pytest.mark.parametrize(
    "odd",
    [
        {"sharing": Sharing.FIRST_COME},
        {"sharing": Sharing.SET_QUOTAS, "release_at": None},
        {"fee_kind": FeeKind.CHARGE, "fee_pence": 100, "host_places": 3},
        {"fee_kind": FeeKind.PAID_BY_SCHOOL, "fee_pence": 100},
    ],
)
def test_previews_of_every_kind_of_event_stand(signed_in, host, odd):
    draft = events.make_event(host=host, published=False, **odd)

    for who in ("", "/schools", "/parents"):
        shown(signed_in, draft.slug, who)


def test_the_preview_of_a_title_alone_stands(signed_in, host):
    typed = {"title": "An idea", "host_school_id": host.id, "low_year": 5, "high_year": 6}
    saved = signed_in.post("/host/events/new", data=typed).location

    for who in ("", "/schools", "/parents"):
        shown(signed_in, saved.split("/")[-2], who)
