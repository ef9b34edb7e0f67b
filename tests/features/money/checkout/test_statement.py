"""What the fund's statement of an event says about families: totals, and never small ones."""

import pytest

from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.checkout import panels, service
from tests.builders import checkout, events, schools

pytestmark = pytest.mark.usefixtures("db_session")


def families(event, school, count):
    return [
        checkout.make_family(
            event, school=school, forename=f"Pupil{n}", parent_email=f"family{n}@parents.example"
        )
        for n in range(count)
    ]


def remit(family):
    with transaction():
        service.remit(actor=COMMAND, now=clock.now(), booking=family.booking)


def test_a_free_event_has_nothing_to_say():
    assert panels.of_event(events.make_event()) == []


def test_what_schools_pay_is_asked_of_no_family():
    event = checkout.make_fee_event(FeeKind.PAID_BY_SCHOOL)
    families(event, schools.make_school(), 1)

    assert panels.of_event(event) == []


def test_few_families_are_not_counted_out():
    event = checkout.make_fee_event(FeeKind.CHARGE)
    remit(families(event, schools.make_school(), 4)[0])

    assert dict(panels.of_event(event)) == {
        "Asked": panels.NOT_SHOWN,
        "Received from": panels.NOT_SHOWN,
        "Remitted": panels.NOT_SHOWN,
    }


def test_five_families_and_what_was_remitted_to_them_are_shown():
    event = checkout.make_fee_event(FeeKind.CHARGE)
    asked = families(event, schools.make_school(), 10)
    for family in asked[:5]:
        remit(family)
    for family in asked[5:]:
        checkout.answer(family)
        checkout.pay(family)

    assert panels.of_event(event) == [
        ("Asked", "10 families"),
        ("Received from", "5 families"),
        ("Remitted", "5 families, £30.00 in total"),
    ]


@pytest.mark.parametrize(
    ("gave", "asked", "received"),
    [
        (6, "6 families", "6 families"),
        # Of six, five gave: subtracting would reveal one.
        (5, panels.NOT_SHOWN, "5 families"),
        (4, panels.NOT_SHOWN, panels.NOT_SHOWN),
        (0, "6 families", "no family"),
    ],
)
def test_a_contribution_tells_of_no_few_who_gave_none(gave, asked, received):
    event = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    for family in families(event, schools.make_school(), 6)[:gave]:
        checkout.answer(family)
        checkout.pay(family, 600)

    assert panels.of_event(event) == [("Asked", asked), ("Received from", received)]


def test_few_remitted_cannot_be_worked_out_from_those_who_paid():
    event = checkout.make_fee_event(FeeKind.CHARGE)
    asked = families(event, schools.make_school(), 6)
    remit(asked[0])
    for family in asked[1:]:
        checkout.answer(family)
        checkout.pay(family)

    assert dict(panels.of_event(event)) == {
        "Asked": panels.NOT_SHOWN,
        "Received from": "5 families",
        "Remitted": panels.NOT_SHOWN,
    }


def test_a_family_whose_place_has_ended_no_longer_counts():
    event = checkout.make_fee_event(FeeKind.CHARGE)
    asked = families(event, schools.make_school(), 5)
    decline(asked[0])

    assert dict(panels.of_event(event))["Asked"] == panels.NOT_SHOWN


def decline(family):
    with transaction():
        service.decline(actor=COMMAND, now=clock.now(), booking=family.booking)


def test_the_treasurer_reads_it_on_the_events_statement(client):
    treasurer = schools.make_person(role=Role.TREASURER)
    event = checkout.make_fee_event(FeeKind.CHARGE)
    families(event, schools.make_school(), 1)
    schools.sign_in(client, treasurer)

    page = client.get(f"/fund/events/{event.slug}").text

    assert "Remitted" in page
    assert panels.NOT_SHOWN in page
