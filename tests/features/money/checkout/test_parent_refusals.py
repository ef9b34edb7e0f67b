"""What a parent's link refuses: in plain words, keeping what was typed and half writing nothing."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import AVOID_FOR_CONTRIBUTIONS, FeeKind
from booking.domain.payment_states import FundingStatus
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.checkout.models import Consent, Funding, Needs
from booking.money.payments.demo_processor.models import DemoSession
from booking.money.payments.models import Payment
from booking.people.pupils.models import ParentLink
from tests.builders import checkout, events, schools
from tests.builders import places as seats
from tests.builders.stored import mails
from tests.page import soup, words

TABLES = (AuditEntry, DemoSession, Booking, Consent, Funding, Message, Needs, ParentLink, Payment)
PAGES = (
    "",
    "/decline",
    "/needs",
    "/day",
    "/contribution",
    "/charge",
    "/paid",
)
REPLY = {
    "given_by": "Sam Okoro",
    "health": "",
    "access": "",
    "diets": "vegan",
    "photo": "none",
    "collection": "school",
    "emergency_name": "Sam Okoro",
    "emergency_phone": "07700 900123",
}
NOT_KEPT = "What you have just sent was not kept."


@pytest.fixture
def family(db_session):
    return checkout.make_family(checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))


def rows():
    db.session.rollback()
    return {
        table.__tablename__: (
            db.session.scalar(select(func.count()).select_from(table)),
            [tuple(row) for row in db.session.execute(select(*table.__table__.primary_key))],
        )
        for table in TABLES
    }


@pytest.mark.parametrize("kind", list(FeeKind))
@pytest.mark.parametrize("answered", [False, True])
def test_looking_changes_nothing(client, db_session, kind, answered):
    family = checkout.make_family(checkout.make_fee_event(kind))
    if answered:
        checkout.answer(family)
    before = rows()

    for page in PAGES:
        assert client.get(family.url + page).status_code in {200, 303}
        assert client.head(family.url + page, check=False).status_code in {200, 303}

    assert rows() == before


@pytest.mark.parametrize("page", PAGES)
def test_an_unknown_link_is_a_civil_page(client, app, page):
    response = client.get(f"/parent/nobody-was-ever-sent-this{page}")

    assert response.status_code == 404
    assert "This link no longer works" in words(soup(response))


@pytest.mark.parametrize("column", ["expires_at", "revoked_at"])
def test_an_old_link_gets_the_same_page_as_an_unknown_one(client, family, column):
    with transaction() as unit:
        past = clock.now() - timedelta(minutes=1)
        unit.execute(update(ParentLink).values({column: past}))

    for page in PAGES:
        old, unknown = client.get(family.url + page), client.get(f"/parent/x{page}")
        assert old.status_code == 410
        assert reference_left_out(old) == reference_left_out(unknown)
        assert client.post(family.url + page).status_code in {405, 410}


def reference_left_out(response):
    return re.sub(rb'value="[^"]*"', b"", response.data)


def test_a_link_opens_its_own_booking_only(client, family):
    other = checkout.make_family(
        checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION),
        forename="Ben",
        parent_email="ben@parents.example",
    )

    assert b"Ben" not in client.get(family.url).data
    client.post(f"{family.url}/decline")
    assert db.session.get(Booking, other.booking.id).state is BookingState.INVITED


def test_the_database_does_not_hold_the_link(family, db_session):
    assert family.token not in str(db_session.scalars(select(ParentLink.token_hash)).all())


def test_consent_needs_a_name(client, family):
    response = client.post(family.url, data={**REPLY, "given_by": "  "})

    assert response.status_code == 422
    assert "Type your full name to give consent." in words(soup(response))
    assert db.session.scalar(select(func.count()).select_from(Consent)) == 0


def test_no_answer_is_changed_before_the_reply(client, family):
    for page in ("/needs", "/day"):
        assert client.get(family.url + page).location == family.url
        response = client.post(family.url + page, data=REPLY, follow_redirects=True)
        assert response.request.path == family.url
        assert NOT_KEPT in words(soup(response))

    assert db.session.get(Needs, family.booking.id) is None
    assert db.session.get(Booking, family.booking.id).state is BookingState.INVITED


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"health": "wheat " * 100}, "Keep this to 500 characters or fewer."),
        ({"emergency_phone": "ring me"}, "is not a telephone number"),
        ({"emergency_name": ""}, "Enter the name of somebody we can ring"),
        ({"collection": "named_adult"}, "Enter the name of the adult who will collect your child."),
        ({"photo": "everywhere"}, "Choose one of these"),
    ],
)
def test_a_reply_needs_answers_that_help_on_the_day(client, family, change, sentence):
    typed = {**REPLY, "health": "Wasp stings", "access": "Quiet space", **change}

    response = client.post(family.url, data=typed)

    assert response.status_code == 422
    page = soup(response)
    assert sentence in words(page)
    assert db.session.get(Needs, family.booking.id) is None
    assert db.session.scalar(select(func.count()).select_from(Consent)) == 0
    assert page.find(id="health").get_text().strip() == typed["health"].strip()
    for name in ("access", "emergency_name", "emergency_phone", "given_by"):
        assert page.find(id=name)["value"] == typed[name], "everything that was typed stays"
    line = page.find(class_="field-error").find_parent("details")
    assert line.has_attr("open"), "what is to be corrected can be seen"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0.29", "The smallest card payment is 30p"),
        ("0", "The smallest card payment is 30p"),
        ("-5", "not below zero"),
        ("five", "is not an amount"),
        ("", "Enter an amount"),
        ("500.01", "Enter £500.00 or less"),
        ("1,000", "“1,000” could be two amounts"),
    ],
)
def test_an_amount_that_no_card_can_pay_is_refused(client, family, typed, sentence):
    checkout.answer(family)

    response = client.post(
        f"{family.url}/contribution", data={"choice": "another", "amount": typed}
    )

    assert response.status_code == 422
    assert soup(response).find(id="amount")["value"] == typed
    assert sentence in words(soup(response))
    assert db.session.scalar(select(func.count()).select_from(Payment)) == 0


def test_a_forged_amount_does_not_lower_a_charge(client, db_session):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)

    client.post(f"{family.url}/charge", data={"amount": "0.30", "amount_pence": "30"})
    client.post(f"{family.url}/contribution", data={"choice": "another", "amount": "0.30"})

    assert [p.amount_pence for p in db_session.scalars(select(Payment))] == [600]


def test_a_charge_is_not_paid_before_the_answers_are_sent(client, db_session):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))

    assert client.post(f"{family.url}/charge").location == family.url
    assert db_session.scalar(select(func.count()).select_from(Payment)) == 0


def test_a_place_that_lapsed_cannot_be_answered_for_and_the_page_says_why(client, family):
    seats.let_lapse(family.booking)

    response = client.post(family.url, data=REPLY, follow_redirects=True)

    assert "The time to reply has passed" in words(soup(response))
    assert NOT_KEPT in words(soup(response))
    assert db.session.scalar(select(func.count()).select_from(Consent)) == 0


def test_a_cancelled_event_says_so(client, family):
    events.cancel_event(family.booking.event)

    page = words(soup(client.get(family.url)))

    assert "The event has been cancelled" in page
    assert "The hall is flooded." in page
    assert client.post(f"{family.url}/contribution", data={"choice": "suggested"}).location


def test_a_family_named_again_answers_afresh(client, family):
    checkout.answer(family, health="Old words")
    client.post(f"{family.url}/decline")

    with transaction() as unit:
        booking = unit.get_one(Booking, family.booking.id)
        event, school, pupil = booking.event, booking.school, booking.pupil
    seats.hold(event, school)
    seats.name(event, school, pupil)
    again = checkout.link(family.booking, family.parent)

    assert "Yes, Ada can come" in words(soup(client.get(again.url)))
    client.post(again.url, data=REPLY)
    assert db.session.get(Needs, family.booking.id).health is None
    assert db.session.get(Funding, family.booking.id).status is FundingStatus.REQUESTED


def test_words_to_avoid_are_never_said_about_a_contribution(client, family):
    avoided = re.compile(rf"\b({'|'.join(AVOID_FOR_CONTRIBUTIONS)}|reminder)\b", re.IGNORECASE)
    seen = [client.get(family.url + page) for page in ("", "/decline")]
    checkout.answer(family)
    seen += [client.get(family.url + page) for page in PAGES]
    small = {"choice": "another", "amount": "0.10"}
    seen.append(client.post(f"{family.url}/contribution", data=small))
    processor = client.post(f"{family.url}/contribution", data={"choice": "suggested"}).location
    seen += [client.get(processor), client.get(f"{family.url}/paid")]
    client.post(processor, data={"outcome": "pay"})
    seen += [client.get(f"{family.url}{page}") for page in ("/paid", "", "/decline")]
    (mail,) = mails("contribution_thanks")

    said = [words(soup(response).main) for response in seen if response.status_code != 303]
    found = [avoided.findall(text) for text in [*said, mail.subject, mail.text]]

    assert found == [[] for _ in found]


def test_the_school_of_another_pupil_sees_nothing(client, family, app):
    network = schools.make_network(schools=2)
    assert network
    other = app.test_client()
    schools.sign_in(other, "coordinator@" + next(iter(network)) + ".example")

    for path in ("money", "reply"):
        page = f"/school/bookings/{family.booking.public_id}/{path}"
        assert other.get(page).status_code == 404
        assert client.get(page).status_code in {302, 303}
