"""Families choose workshops on their private page, once they have said yes, until it closes."""

from booking.days.groups.models import WorkshopTime
from booking.days.groups.queries import workshops
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.db import db, transaction
from tests.builders import checkout, events
from tests.builders.groups import let_choose, offer_workshop, share_out
from tests.forms_on_pages import form_on, sent
from tests.page import text


def test_a_family_chooses_changes_its_choice_and_reads_where_the_child_goes(
    client, db_session, time_machine
):
    event = events.make_event(title="Code day")
    robots = offer_workshop(event, "Robots", 1, room="Lab", line="Build one that follows a line.")
    maps = offer_workshop(event, "Maps", 1, WorkshopTime.SECOND)
    let_choose(event)
    family = checkout.make_family(event)
    url = f"{family.url}/workshops"
    assert client.get(url).status_code == 303  # nobody has said yes yet
    checkout.answer(family)
    assert "Ada can choose what to do at the event. Choose workshops until" in text(
        client.get(family.url)
    )

    page = client.get(url)
    assert "Build one that follows a line" in text(page)
    assert "deleted 14 days after the event" in text(page)
    form = form_on(page)
    wrong = client.post(url, data=sent(form, first_1="unknown"))
    assert wrong.status_code == 422
    client.post(url, data=sent(form, second_1=maps.public_id))
    again = form_on(client.get(url))
    assert sent(again)["second_1"] == [maps.public_id]
    client.post(url, data=sent(again, first_1=robots.public_id))
    assert "First part of the day 1. Robots Second part of the day 1. Maps" in text(
        client.get(family.url)
    )

    time_machine.move_to(workshops.choice(event.id).closes_at)
    assert client.get(url).status_code == 303
    other_form = sent(form_on(client.get(f"{family.url}/ask")))
    late = client.post(url, data=other_form, follow_redirects=True)
    assert "What you have just sent was not kept." in late.text
    assert "You will hear soon which workshops Ada goes to." in text(client.get(family.url))
    share_out(event, now=clock.now())
    shown = text(client.get(family.url))
    assert "First part of the day Robots, Lab Second part of the day Maps" in shown

    with transaction():
        booking = db.session.get_one(Booking, family.booking.id)
        places.withdraw(actor=PARENT, now=clock.now(), booking=booking)
    assert workshops.spots(event.id) == []
