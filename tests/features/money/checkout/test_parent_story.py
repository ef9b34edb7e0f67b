"""A parent on a phone, from the link in the mail to the place, for each kind of fee."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.needs import Collection, PhotoPermission
from booking.domain.payment_states import FundingStatus
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout.models import Consent, Needs
from booking.money.fund.models import Entry, EntryLine
from booking.money.payments.models import Payment
from booking.people.pupils.models import Parent
from tests.builders import checkout, schools
from tests.builders.stored import funding, mails, state
from tests.page import soup, words

NEEDS = {"health": "Peanut allergy: pen in the blue bag", "access": "Quiet space", "diets": "vegan"}
DAY = {
    "photo": "school_use",
    "collection": "named_adult",
    "collected_by": "Ngozi Okoro",
    "emergency_name": "Ngozi Okoro",
    "emergency_phone": "07700 900456",
}


def reply(client, family):
    """Reply as a parent does, on the one page; return where it leads."""
    page = soup(client.get(family.url))
    read = page.find("input", attrs={"name": "read"})["value"]
    sent = {"given_by": "Sam Okoro", "read": read, **NEEDS, **DAY}
    response = client.post(family.url, data=sent)
    assert response.status_code == 303
    return response.location


def at_processor(client, location):
    """Pay on the demo card processor's page and come back."""
    assert client.get(location).status_code == 200
    back = client.post(location, data={"outcome": "pay"}).location
    return client.get(back, follow_redirects=True)


@pytest.fixture
def family(db_session):
    return checkout.make_family(checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))


def test_a_free_event_is_confirmed_when_the_answers_are_sent(client, db_session):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.FREE))

    assert reply(client, family) == family.url

    assert state(family) is BookingState.CONFIRMED
    assert funding(family) is None
    page = words(soup(client.get(family.url)))
    assert "Ada has a place" in page
    assert "nothing more to do before the day" in page


def test_what_the_parent_told_is_kept(client, family, db_session):
    reply(client, family)

    needs = db_session.get(Needs, family.booking.id)
    assert (needs.health, needs.access) == (NEEDS["health"], "Quiet space")
    assert needs.diets == ["vegan"]
    assert needs.photo is PhotoPermission.SCHOOL_USE
    assert (needs.collection, needs.collected_by) == (Collection.NAMED_ADULT, "Ngozi Okoro")
    assert (needs.emergency_name, needs.emergency_phone) == ("Ngozi Okoro", "+447700900456")
    consent = db_session.scalars(select(Consent)).one()
    assert (consent.given, consent.given_by, consent.channel) == (True, "Sam Okoro", "link")
    assert len(consent.wording_hash) == 64


def test_health_text_is_encrypted_and_never_shown_again(client, family, db_session):
    reply(client, family)

    stored = db_session.connection().exec_driver_sql("SELECT health, access FROM needs").one()
    assert "Peanut" not in stored[0]
    assert "Quiet" not in stored[1]
    for page in ("", "/needs"):
        assert b"Peanut" not in client.get(family.url + page).data


def test_a_contribution_is_asked_after_the_place_is_confirmed(client, family):
    assert reply(client, family) == f"{family.url}/contribution"

    assert state(family) is BookingState.CONFIRMED
    page = words(soup(client.get(f"{family.url}/contribution")))
    assert "There is no obligation to contribute." in page
    assert "£3.40" in page


def test_a_contribution_paid_by_card_is_received_posted_and_thanked_for(client, family):
    reply(client, family)

    processor = client.post(f"{family.url}/contribution", data={"choice": "suggested"})
    page = at_processor(client, processor.location)

    assert "Thank you for your contribution" in words(soup(page))
    assert funding(family).status is FundingStatus.RECEIVED
    (payment,) = db.session.scalars(select(Payment))
    assert (payment.amount_pence, payment.state.value) == (600, "paid")
    lines = db.session.execute(
        select(EntryLine.account, EntryLine.fund, EntryLine.pence)
        .join(Entry)
        .where(Entry.key == f"payment:{payment.public_id}")
    )
    assert {(account, fund.value, pence) for account, fund, pence in lines} == {
        ("assets:card-clearing", "events", 340),
        ("assets:card-clearing", "admin", 60),
        ("assets:card-clearing", "cpd", 200),
        ("income:contributions", "events", -340),
        ("income:contributions", "admin", -60),
        ("income:contributions", "cpd", -200),
    }
    (mail,) = mails("contribution_thanks")
    assert mail.recipient == "sam.okoro@parents.example"
    assert "contribution for Ada at" in mail.subject
    assert mail.attachment.startswith(b"BEGIN:VCALENDAR")


def test_another_amount_is_divided_to_the_penny(client, family):
    reply(client, family)

    answer = {"choice": "another", "amount": "1,01"}
    processor = client.post(f"{family.url}/contribution", data=answer)
    at_processor(client, processor.location)

    (payment,) = db.session.scalars(select(Payment))
    assert payment.amount_pence == 101
    credits = db.session.scalars(
        select(EntryLine.pence).where(EntryLine.account == "income:contributions")
    )
    assert sorted(credits) == [-57, -34, -10]
    assert funding(family).status is FundingStatus.RECEIVED


def test_not_this_time_is_as_good_an_answer(client, family):
    reply(client, family)

    response = client.post(f"{family.url}/contribution", data={"choice": "not_this_time"})

    assert response.location == family.url
    assert funding(family).status is FundingStatus.DECLINED_NO_REASON_ASKED
    assert state(family) is BookingState.CONFIRMED
    assert "Ada has a place" in words(soup(client.get(family.url)))


def test_a_charge_confirms_the_place_once_it_is_paid(client, db_session):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))

    assert reply(client, family) == f"{family.url}/charge"
    assert state(family) is BookingState.INVITED
    page = words(soup(client.get(f"{family.url}/charge")))
    assert "Help with the cost is available: ask your school." in page

    processor = client.post(f"{family.url}/charge")
    page = at_processor(client, processor.location)

    assert "your payment has arrived" in words(soup(page))
    assert state(family) is BookingState.CONFIRMED
    assert funding(family).status is FundingStatus.RECEIVED
    assert len(mails("receipt")) == 1


def test_a_declined_card_takes_nothing_and_can_be_tried_again(client, db_session):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    reply(client, family)
    processor = client.post(f"{family.url}/charge").location

    refused = client.post(processor, data={"outcome": "decline"})
    assert "was declined" in words(soup(client.get(refused.location)))
    page = words(soup(client.get(f"{family.url}/paid")))
    assert "No money was taken" in page
    assert state(family) is BookingState.INVITED

    assert client.post(f"{family.url}/charge").location == processor  # the same open page
    at_processor(client, processor)
    assert state(family) is BookingState.CONFIRMED


def test_slow_money_is_waited_for(client, db_session, time_machine):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    reply(client, family)
    processor = client.post(f"{family.url}/charge").location

    back = client.post(processor, data={"outcome": "slow"}).location
    assert "Please do not pay again" in words(soup(client.get(back, follow_redirects=True)))
    assert client.post(f"{family.url}/charge").location == f"{family.url}/paid"

    time_machine.move_to(clock.now() + timedelta(seconds=30))
    assert "has arrived" in words(soup(client.get(back, follow_redirects=True)))
    assert state(family) is BookingState.CONFIRMED


def test_an_event_that_the_school_pays_for_asks_the_parent_for_nothing(client, db_session):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.PAID_BY_SCHOOL))

    assert "Your child's school is paying" in words(soup(client.get(family.url)))
    assert reply(client, family) == family.url
    assert state(family) is BookingState.CONFIRMED
    assert funding(family).status is FundingStatus.SCHOOL_PAID


def test_declining_asks_for_no_reason_and_frees_the_place(client, family):
    assert "do not need to give a reason" in words(soup(client.get(f"{family.url}/decline")))

    response = client.post(f"{family.url}/decline")

    assert response.location == family.url
    assert state(family) is BookingState.DECLINED
    assert "You have declined the place" in words(soup(client.get(family.url)))
    assert db.session.scalars(select(Consent)).one().given is False


def test_with_nothing_to_tell_the_page_is_sent_as_it_comes(client, family):
    page = soup(client.get(family.url))
    form = page.find("button", string="I agree: Ada takes part").find_parent("form")
    filled = {
        field["name"]: field.get("value", "")
        for field in form.find_all("input")
        if field["type"] not in {"radio", "checkbox"} or field.has_attr("checked")
    }

    assert client.post(family.url, data=filled).location == f"{family.url}/contribution"

    needs = db.session.get(Needs, family.booking.id)
    assert (needs.health, needs.access, needs.diets) == (None, None, [])
    assert (needs.photo, needs.collection) == (PhotoPermission.NONE, Collection.SCHOOL)
    assert (needs.emergency_name, needs.emergency_phone) == ("Sam Okoro", "+447700900123")
    assert db.session.scalars(select(Consent)).one().given_by == "Sam Okoro"
    said = words(page.main)
    assert "goes back to school with the group; no photos" in said
    assert "in an emergency we ring Sam Okoro, 07700 900123" in said
    assert [line.has_attr("open") for line in form.find_all("details")] == [False, False]


def test_a_parent_without_a_number_is_asked_whom_to_ring(client, family):
    with transaction() as unit:
        unit.get_one(Parent, family.parent.id).phone = ""

    page = soup(client.get(family.url))

    assert "please say whom we can ring in an emergency" in words(page.main)
    form = page.find(id="emergency_phone").find_parent("form")
    assert [line.has_attr("open") for line in form.find_all("details")] == [False, True]


def test_the_page_says_who_asks_and_how_to_check_it(client, family):
    schools.make_person(name="Priya Nair", role=Role.COORDINATOR, school=family.booking.school)

    said = words(soup(client.get(family.url)).main)

    asks = f"{family.booking.school.name} has chosen Ada. Coordinator: Priya Nair. Telephone"
    assert f"{asks} 01632 960999" in said


def test_an_answer_changed_later_keeps_the_place_and_the_old_health_text(client, family):
    reply(client, family)

    client.post(f"{family.url}/needs", data={"health": "", "access": "", "diets": "halal"})

    needs = db.session.get(Needs, family.booking.id)
    assert (needs.health, needs.access, needs.diets) == (NEEDS["health"], None, ["halal"])
    assert state(family) is BookingState.CONFIRMED
    client.post(f"{family.url}/needs", data={"forget_health": "y"})
    db.session.expire_all()
    assert db.session.get(Needs, family.booking.id).health is None


def test_a_change_after_sending_leads_straight_back(client, family):
    reply(client, family)
    page = soup(client.get(f"{family.url}/day"))
    assert "Save the change" in words(page)

    changed = client.post(f"{family.url}/day", data={**DAY, "photo": "none"})

    assert changed.location == family.url
    assert "Your change has been saved." in words(soup(client.get(family.url)))
    assert state(family) is BookingState.CONFIRMED


def test_a_confirmed_place_can_be_given_back_and_the_money_returns(client, family):
    checkout.answer(family)
    checkout.pay(family, 600)

    client.post(f"{family.url}/decline")

    assert state(family) is BookingState.WITHDRAWN
    payment = db.session.scalars(select(Payment)).one()
    assert [refund.amount_pence for refund in payment.refunds] == [600]
    assert funding(family).status is FundingStatus.REFUNDED
