"""Erasure on request: what goes, what stays, and what has to be settled first."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import RefundState
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import Model, db, transaction
from booking.foundation.notifications.models import Message
from booking.money.checkout import service as checkout
from booking.money.fund import service as fund_service
from booking.money.fund.models import EntryLine
from booking.money.payments.models import Method, Payment, Refund
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.models import Parent, Pupil
from booking.rights.subjects import service as subjects
from tests import cast
from tests.builders import checkout as families
from tests.builders import incidents, places
from tests.builders.checkout import make_family, make_fee_event
from tests.builders.pupils import make_pupil
from tests.builders.schools import as_, make_person, make_school, sign_in
from tests.page import soup, words

MARK = "Zqxvorbel"


@pytest.fixture
def school(db_session):
    return make_school(name="Ashdale Primary School")


@pytest.fixture
def event(db_session):
    return make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION, places=1)


@pytest.fixture
def family(event, school):
    found = make_family(
        event,
        school=school,
        forename=f"{MARK}ada",
        parent_name=f"{MARK}sam Okoro",
        parent_email="zqxvorbelsam@parents.example",
    )
    families.answer(
        found,
        given_by=f"{MARK}signed",
        health=f"{MARK}health",
        access=f"{MARK}access",
        emergency_name=f"{MARK}ring",
    )
    families.pay(found, 600)
    return found


@pytest.fixture
def coordinator(client, school):
    person = make_person(role=Role.COORDINATOR, school=school)
    sign_in(client, person)
    return person


def path(family):
    return f"/school/pupils/{family.booking.pupil.public_id}/erase"


def press(client, address):
    return client.post(address, data={"password": cast.PASSWORD, "sure": "y"})


def marked():
    """Return the tables in which a marked word stands, decrypted."""
    db.session.rollback()
    return {
        table.name
        for table in Model.metadata.sorted_tables
        for row in db.session.execute(select(table))
        if MARK.lower() in str(row).lower()
    }


def erase(pupil):
    with transaction():
        return subjects.erase_pupil(actor=COMMAND, now=clock.now(), pupil=db.session.merge(pupil))


def test_one_press_erases_a_family_and_keeps_counts_and_money(app, client, family, coordinator):
    waiting = make_pupil(school=family.booking.school, forename="Ben")
    places.reserve(family.booking.event, family.booking.school, waiting)
    host = make_person(role=Role.HOST, school=family.booking.event.host_school)
    before = db.session.scalar(select(func.sum(EntryLine.pence).filter(EntryLine.pence > 0)))
    bookings = db.session.scalar(select(func.count(Booking.id)))
    assert {"pupils", "parents", "consents", "needs", "messages"} <= marked()
    address, booking_id = path(family), family.booking.id

    page = client.get(address)
    assert "Given up first, for whoever is next" in words(soup(page).find("main"))
    assert client.post(address, data={"password": "wrong", "sure": "y"}).status_code == 422
    assert press(client, address).status_code == 303
    assert "The pupil has been erased." in client.get("/school/pupils/").text

    assert marked() == set()
    told = select(Message.recipient).where(Message.template == "pupil_erased")
    assert db.session.scalars(told).all() == [host.email]
    booking = db.session.get_one(Booking, booking_id)
    assert (booking.state, booking.pupil.name) == (BookingState.WITHDRAWN, "Former pupil")
    assert booking.pupil.year_group == 5
    assert db.session.scalar(select(func.count(Booking.id))) == bookings
    then = select(Booking.state).where(Booking.pupil_id == waiting.id)
    assert db.session.scalar(then) is BookingState.INVITED
    paid = select(func.sum(Payment.amount_pence)).where(Payment.paid_at.is_not(None))
    assert db.session.scalar(paid) == 600
    after = db.session.scalar(select(func.sum(EntryLine.pence).filter(EntryLine.pence > 0)))
    assert after >= before
    with transaction():
        audit.seal(now=clock.now())
        fund_service.seal(now=clock.now())
    assert (audit.first_broken(), fund_service.first_broken()) == (None, None)
    # Money that was paid by card goes back to the card, to nobody by name.
    assert checkout.execute_refunds(families.after_choice()) == 1
    assert set(db.session.scalars(select(Refund.state))) <= {
        RefundState.SUCCEEDED,
        RefundState.PENDING,
    }
    # Late, both ways: by the school, and by the parent whose page was open.
    assert press(client, address).status_code == 404
    assert app.test_client().get(family.url).status_code == 404
    assert app.test_client().post(f"{family.url}/answers", data={}).status_code == 404


def test_a_brother_keeps_the_parents(client, family, coordinator, school):
    same = ParentDetails(f"{MARK}sam Okoro", "zqxvorbelsam@parents.example", "07700 900123")
    brother = make_pupil(school=school, forename="Obi", surname="Okoro", parents=[same])
    assert "another child here: Obi Okoro" in client.get(path(family)).text

    erase(family.booking.pupil)

    assert [child.name for child in db.session.scalars(select(Parent)).one().pupils] == [
        brother.name
    ]
    assert db.session.scalar(select(Pupil.id).where(Pupil.forename == f"{MARK}ada")) is None


def test_an_open_incident_keeps_a_pupil_until_it_is_closed(client, family, event, coordinator):
    teacher = make_person(role=Role.HOST, school=event.host_school)
    incidents.write_incident(day=event.dates[0], by=teacher, about=[family.booking])

    refused = press(client, path(family))

    assert refused.status_code == 422
    assert "An incident of the pupil is open" in refused.text
    assert "Erase</button>" not in client.get(path(family)).text


def test_nobody_is_erased_in_the_middle_of_a_day(family, event, time_machine):
    time_machine.move_to(event.first_starts_at + timedelta(hours=1))

    with pytest.raises(subjects.EventBegun):
        erase(family.booking.pupil)


def test_money_on_its_way_comes_first(event, school):
    found = make_family(event, school=school)
    families.answer(found)
    families.begin(found, 600)

    with pytest.raises(subjects.MoneyOnItsWay):
        erase(found.booking.pupil)


def test_cash_for_a_coming_place_is_handed_back_first(event, school):
    found = make_family(event, school=school)
    families.answer(found)
    with transaction():
        checkout.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=db.session.merge(found.booking),
            method=Method.CASH,
            amount_pence=600,
        )

    with pytest.raises(subjects.HandBackFirst):
        erase(found.booking.pupil)


def test_the_lead_erases_somebody_with_an_account(app, db_session):
    teacher = make_person(role=Role.HOST, school=make_school(), name=f"{MARK}harriet")
    theirs, lead = as_(app, teacher), as_(app, make_person(role=Role.LEAD))
    address = f"/admin/people/{teacher.public_id}/erase"
    assert theirs.get("/account/").status_code == 200

    assert press(lead, address).status_code == 303

    assert marked() == set()
    assert theirs.get("/account/").status_code == 302
    assert press(lead, address).status_code == 422
