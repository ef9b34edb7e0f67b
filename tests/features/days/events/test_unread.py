"""What a draft says that cannot be read yet: kept as it was typed, asked for before publication."""

from sqlalchemy import select

from booking.days.events.models import Event
from tests.features.days.events.test_host_pages import typed
from tests.forms_on_pages import form_on, sent
from tests.page import soup, words


def test_a_draft_keeps_what_cannot_be_read_and_asks_for_it_before_publication(
    signed_in, host, db_session
):
    unread = {
        "places": "many",
        "requests_close_at": "soon",
        "fee_pence": "six",
        "dates-0-ends": "",
        "fee_parts-0-label": "",
        "cost_lines-0-pence": "lots",
    }
    work = signed_in.post("/host/events/new", data=typed(host, **unread)).location
    edit = signed_in.get(f"{work}edit")
    page = soup(edit)

    kept = {name: page.find(id=name).get("value", "") for name in unread}
    # A row that is not finished stands after those that are.
    assert (
        kept | {"fee_parts-0-label": page.find(id="fee_parts-1-label").get("value", "")} == unread
    )
    assert page.find(id="dates-0-on")["value"] == "2027-06-11"
    assert page.find(id="fee_parts-0-label")["value"] == "CPD fund"
    assert page.find(id="fee_parts-1-pence")["value"] == "4.50"
    links = soup(signed_in.get(f"{work}publish")).select('main li a[href*="edit#"]')
    asked = {link["href"].partition("#")[2]: words(link) for link in links}
    assert asked["requests_close_at"] == "Requests close: “soon” cannot be read. Correct it."
    half = "finish what is half typed, or clear its row."
    assert asked["dates-0-on"] == f"When: {half}"
    assert asked["fee_parts-1-label"] == f"Where it goes: {half}"
    assert [name for name in asked if page.find(id=name) is None] == []

    same = signed_in.post(f"{work}edit", data=sent(form_on(edit)), follow_redirects=True)
    assert "Nothing has changed." in same.text
    db_session.rollback()
    signed_in.post(f"{work}edit", data=typed(host))
    db_session.rollback()
    event = db_session.scalars(select(Event)).one()
    assert (event.drafted, event.places, event.fee_pence) == ({}, 30, 600)
    assert signed_in.post(f"{work}publish").status_code == 303
