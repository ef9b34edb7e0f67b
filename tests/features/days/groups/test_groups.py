"""Groups: proposed by the rule, moved by hand, taken back, and never saved over somebody else."""

import pytest
from sqlalchemy import select

from booking.days.events import service as events
from booking.days.events.models import Event
from booking.days.groups import queries, service
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.money.checkout.queries import needing
from tests.builders.groups import propose_groups
from tests.builders.rosters import expect_pupil
from tests.forms_on_pages import form_on, sent
from tests.page import soup, text, words


def url(event, more=""):
    return f"/host/events/{event.slug}/groups{more}"


def boxes(response):
    """Return who is in which group, as the page says it."""
    return {
        words(box.h2).rpartition(" (")[0]: sorted(
            words(name).split()[0] for name in box.select(".register-pupil")
        )
        for box in soup(response).select("section[data-group]")
    }


def moving(client, event, **to):
    """Return what is sent when somebody chooses other groups for some pupils."""
    response = client.get(url(event))
    form = form_on(response)
    data, named = sent(form), {}
    for label in form.select("label[for^=group-]"):
        named[words(label).split()[2]] = label["for"]
    group_ids = {words(option): option["value"] for option in form.select("option")}
    return {**data, **{named[name]: group_ids[group] for name, group in to.items()}}


def acts_of(event):
    rows = select(AuditEntry).where(AuditEntry.subject_id == str(event.id))
    return [(e.action, e.facts) for e in db.session.scalars(rows) if "group" in e.action]


def test_a_host_proposes_groups_moves_a_pupil_and_takes_it_back(host_client, event, expected):
    assert "No groups yet" in text(host_client.get(url(event)))
    asked = host_client.get(url(event, "/propose"))
    missing = host_client.post(url(event, "/propose"), data=sent(form_on(asked)))
    assert missing.status_code == 422
    assert "Say how many groups, or how many pupils in each." in text(missing)

    made = host_client.post(
        url(event, "/propose"), data=sent(form_on(asked), number="3", by="size")
    )
    assert made.status_code == 303
    page = host_client.get(made.location)
    assert boxes(page) == {"Red": ["Ada", "Cal", "Eve"], "Blue": ["Ben", "Dot", "Fin"]}
    assert "6 pupils expected, 2 groups." in text(page)

    host_client.post(url(event), data=moving(host_client, event, Ada="Blue", Fin="No group"))
    page = host_client.get(url(event))
    assert boxes(page) == {
        "Without a group": ["Fin"],
        "Red": ["Cal", "Eve"],
        "Blue": ["Ada", "Ben", "Dot"],
    }
    assert "Last changed by Sam Okafor" in text(page)

    undo = soup(page).select_one(f"form[action='{url(event, '/undo')}']")
    button = undo.button
    host_client.post(url(event, "/undo"), data={**sent(undo), "version": button["value"]})
    assert boxes(host_client.get(url(event))) == {
        "Red": ["Ada", "Cal", "Eve"],
        "Blue": ["Ben", "Dot", "Fin"],
    }
    assert acts_of(event) == [
        ("propose_groups", {"groups": 2, "pupils": 6}),
        ("arrange_groups", {"moved": 2}),
        ("undo_groups", {}),
    ]


def test_who_was_moved_by_hand_stays_there_when_groups_are_proposed_again(
    host_client, event, expected
):
    propose_groups(event, groups=2)
    host_client.post(url(event), data=moving(host_client, event, Ada="Blue", Cal="Blue"))

    propose_groups(event, groups=3)

    spots = queries.arrangement(event.id).spots
    assert [spots[expected[name].id] for name in ("Ada", "Cal")] == [(1, True), (1, True)]
    assert queries.arrangement(event.id).names == ("Red", "Blue", "Green")
    assert len({spot.group for spot in spots.values()}) == 3


def test_two_people_moving_pupils_at_once_lose_nothing(host_client, lead_client, event, expected):
    lead_client.post(f"/host/events/{event.slug}/open", data={"reason": "The host asked for help"})
    propose_groups(event, groups=2)
    joans = moving(lead_client, event, Eve="Blue")
    host_client.post(url(event), data=moving(host_client, event, Ada="Blue"))

    refused = lead_client.post(url(event), data=joans)

    assert refused.status_code == 422
    assert "This was changed while you had the page open, by Sam Okafor" in text(refused)
    lead_client.post(url(event), data=sent(form_on(refused)))
    assert boxes(host_client.get(url(event))) == {
        "Red": ["Cal"],
        "Blue": ["Ada", "Ben", "Dot", "Eve", "Fin"],
    }


def test_a_button_on_a_page_opened_before_a_change_does_nothing(host_client, event, expected):
    propose_groups(event, groups=2)
    old = {"version": "0"}

    page = host_client.post(url(event, "/undo"), data=old, follow_redirects=True)

    assert "The groups have been changed since you opened the page." in page.text
    assert len(queries.arrangement(event.id).names) == 2


def test_a_late_comer_fills_a_gap_and_a_place_that_ends_leaves_its_group(event, expected):
    propose_groups(event, groups=2)
    before = queries.names_by_booking(event.id)
    with transaction():
        places.withdraw(actor=COMMAND, now=clock.now(), booking=expected["Eve"])
    late = expect_pupil(event=event, school=expected["Ada"].school, forename="Gus")
    assert queries.names_by_booking(event.id).keys() == before.keys() - {expected["Eve"].id}

    with transaction():
        placed = service.fill(actor=COMMAND, now=clock.now(), event=event, seen=1)

    now = queries.names_by_booking(event.id)
    assert (placed, now.pop(late.id)) == (1, "Red")
    assert now == {id_: before[id_] for id_ in now}


def test_names_are_changed_each_has_its_own_and_a_repeated_event_has_them_too(
    host_client, event, expected
):
    propose_groups(event, groups=2)
    data = moving(host_client, event)
    [red, blue] = sorted(name for name in data if name.startswith("name-"))
    same = host_client.post(url(event), data={**data, red: "Owls", blue: "owls"})
    assert (same.status_code, "Give each group a name of its own." in text(same)) == (422, True)

    host_client.post(url(event), data={**data, red: "Owls"})
    with transaction():
        draft = events.clone(
            actor=COMMAND, now=clock.now(), event=db.session.get_one(Event, event.id)
        )

    assert queries.arrangement(draft.id).names == ("Owls", "Blue")
    assert queries.arrangement(draft.id).spots == {}
    with transaction():
        events.discard(actor=COMMAND, now=clock.now(), event=draft)
    assert queries.groups(draft.id) == []


def test_needs_are_spread_by_a_list_that_says_nothing_about_them(event, expected):
    assert needing.with_needs(event.id) == {expected["Ada"].id}


def test_groups_of_an_event_that_does_not_take_place_stay_as_they_are(event, expected):
    propose_groups(event, groups=2)
    with transaction():
        events.cancel(actor=COMMAND, now=clock.now(), event=event, reason="Snow")

    assert queries.members(event.id) == []
    with pytest.raises(service.NotYetOrOver), transaction():
        service.fill(actor=COMMAND, now=clock.now(), event=event, seen=1)
    states = {booking.state for booking in db.session.scalars(select(Booking))}
    assert states == {BookingState.CANCELLED}
