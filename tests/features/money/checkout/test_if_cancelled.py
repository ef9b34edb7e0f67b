"""Before an event is cancelled: its host reads which schools, pupils and pounds, and how much mail.

And once its last date is over it is not cancelled at all.
"""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.days.events import service as event_service
from booking.days.events.models import EventState
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.checkout import service
from booking.money.payments.models import Method
from tests.builders import checkout, places, schools
from tests.page import soup, words

FLOODED = {"reason": "The hall is flooded."}


def pay_in_cash(family, pence=600):
    checkout.answer(family)
    with transaction():
        service.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=family.booking,
            amount_pence=pence,
            method=Method.CASH,
            reference="",
        )


@pytest.fixture
def school(db_session):
    """Provide a school with a coordinator."""
    school = schools.make_school(name="Fern Lane")
    schools.make_person(role=Role.COORDINATOR, school=school)
    return school


def hosted(client, kind=FeeKind.CHARGE, **details):
    """Return an event with a fee, signed in as one of its two hosts."""
    event = checkout.make_fee_event(kind, **details)
    schools.make_person(role=Role.HOST, school=event.host_school)
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=event.host_school))
    return event


def families(event, school, count):
    return [
        checkout.make_family(
            event, school=school, parent_email=f"parent{n}@parents.example", forename=f"Ada{n}"
        )
        for n in range(count)
    ]


def rows(client, event):
    page = soup(client.get(f"/host/events/{event.slug}/cancel"))
    return {words(row.dt): words(row.dd) for row in page.main.find_all("div", class_="summary-row")}


def count_mails():
    return db.session.scalar(select(func.count()).select_from(Message))


def test_the_page_names_schools_pupils_pounds_and_how_many_mails_go(client, school):
    event = hosted(client)
    for family in families(event, school, 3)[:2]:
        pay_in_cash(family)
    places.reserve(event, school)

    shown = rows(client, event)
    before = count_mails()
    client.post(f"/host/events/{event.slug}/cancel", data=FLOODED)

    assert shown == {
        "Schools with places": "1: Fern Lane",
        "Pupils named": "3 pupils, and 1 reserve",
        "Money given back": "£12.00, to 2 families",
        "E-mails sent at once": f"{count_mails() - before} e-mails",
    }
    assert count_mails() - before == 7  # three families, two of them twice; a coordinator; a host


def test_of_an_event_that_nobody_has_taken_up_the_page_says_so(client, school):
    event = hosted(client)

    assert rows(client, event) == {
        "Schools with places": "None",
        "Pupils named": "None",
        "Money given back": "None",
        "E-mails sent at once": "1 e-mail",
    }


def test_what_fewer_than_five_families_gave_is_not_shown(client, school):
    event = hosted(client, FeeKind.VOLUNTARY_CONTRIBUTION)
    pay_in_cash(families(event, school, 4)[0])

    assert rows(client, event)["Money given back"].startswith("Not shown")


def test_an_event_whose_last_date_is_over_is_not_cancelled(client, school, time_machine):
    event = hosted(client)
    pay_in_cash(families(event, school, 1)[0])
    url = f"/host/events/{event.slug}/cancel"
    time_machine.move_to(event.last_ends_at - timedelta(minutes=1))
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=event.host_school))
    page = client.get(url)
    time_machine.move_to(event.last_ends_at)
    before = count_mails()

    answers = [client.post(url, data=FLOODED), client.get(url)]
    work = client.get(f"/host/events/{event.slug}/")

    assert page.status_code == 200
    assert [answer.location for answer in answers] == [f"/host/events/{event.slug}/"] * 2
    assert "is over, so it can no longer be cancelled" in work.text
    assert "Cancel this event" not in work.text
    assert (event.state, count_mails()) == (EventState.PUBLISHED, before)


def test_the_service_refuses_it_too(school, time_machine):
    event = checkout.make_fee_event(FeeKind.CHARGE)
    time_machine.move_to(event.last_ends_at)

    with pytest.raises(event_service.OverAlready), transaction():
        event_service.cancel(actor=COMMAND, now=clock.now(), event=event, reason="Snow")
