"""Once parents have been invited, what they are asked for stays as published."""

from dataclasses import replace

import pytest

from booking.days.events import service as events
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from tests.builders import checkout, schools
from tests.builders import places as build
from tests.page import soup

pytestmark = pytest.mark.usefixtures("db_session")
FIXED = (
    "Parents have been invited already, so what is asked of them, and where it goes, "
    "stays as it was published."
)
DEARER = {"fee_pence": 700, "fee_parts": (FeePart("speaker", 700, Fund.EVENTS),)}


@pytest.fixture
def event(app):
    """An event with a contribution of £6.00."""
    return checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)


@pytest.fixture
def invited(event):
    """The same event, with a pupil whose parents have been invited."""
    build.make_booking(event=event, school=schools.make_school())
    return event


def change(event, **changes):
    details = replace(events.details_of(event), **changes)
    with transaction():
        return events.change(actor=COMMAND, now=clock.now(), event=event, details=details)


def refused_fields(event, **changes):
    with pytest.raises(events.EventRefused) as refusal:
        change(event, **changes)
    assert {problem.words for problem in refusal.value.problems} == {FIXED}
    return [problem.field for problem in refusal.value.problems]


def test_the_fee_may_change_while_nobody_was_invited(event):
    assert change(event, **DEARER) == ("fee_pence", "fee_parts")


def test_a_reserve_was_not_asked_and_fixes_nothing(event):
    build.reserve(event, schools.make_school())

    assert change(event, **DEARER) == ("fee_pence", "fee_parts")


def test_neither_kind_nor_amount_nor_parts_change_once_a_parent_was_invited(invited):
    assert refused_fields(invited, **DEARER) == ["fee_pence", "fee_parts"]
    free = {"fee_kind": FeeKind.FREE, "fee_pence": 0, "fee_parts": ()}
    assert refused_fields(invited, **free) == ["fee_kind", "fee_pence", "fee_parts"]
    elsewhere = tuple(replace(part, fund=Fund.CPD) for part in events.details_of(invited).fee_parts)
    assert refused_fields(invited, fee_parts=elsewhere) == ["fee_parts"]
    assert (invited.fee_kind, invited.fee_pence, len(invited.fee_parts)) == (
        FeeKind.VOLUNTARY_CONTRIBUTION,
        600,
        3,
    )


def test_it_stays_fixed_when_the_one_who_was_invited_said_no(event):
    build.make_booking(event=event, school=schools.make_school(), state=BookingState.DECLINED)

    assert refused_fields(event, **DEARER) == ["fee_pence", "fee_parts"]


def test_everything_else_may_change(invited):
    assert change(invited, venue="Sports hall") == ("venue",)


def test_the_host_reads_why_beside_the_amount(client, invited):
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=invited.host_school))
    address = f"/host/events/{invited.slug}/edit"
    typed = typed_in(soup(client.get(address)))
    assert "Nothing has changed." in client.post(address, data=typed, follow_redirects=True).text

    answer = client.post(address, data={**typed, "fee_pence": "7.00", "fee_parts-0-pence": "4.40"})

    assert answer.status_code == 422
    assert answer.text.count(FIXED) >= 2
    assert soup(answer).find(id="fee_pence")["value"] == "7.00"
    assert invited.fee_pence == 600


def typed_in(page):
    """Return what the form holds, as a browser would send it."""
    data = {
        f["name"]: f.get("value", "")
        for f in page.select("main input[name]")
        if f.get("type") != "radio" or f.has_attr("checked")
    }
    data |= {f["name"]: f.text.strip() for f in page.select("main textarea")}
    return data | {
        f["name"]: f.find("option", selected=True)["value"] for f in page.select("main select")
    }
