"""One payment for several places of one family: what the page offers, and what it never shows."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import FundingStatus
from booking.domain.permissions import COMMAND, PARENT
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.details import PaymentWish
from booking.money.checkout.models import Funding
from booking.money.payments.models import Payment, PaymentLine
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.models import ParentLink, PupilParent
from tests.builders import checkout, places, pupils, schools
from tests.builders.stored import mails, state
from tests.page import soup, words


@pytest.fixture
def school(db_session):
    return schools.make_school(name="Ashdale Primary School")


@pytest.fixture
def event(school):
    return checkout.make_fee_event(FeeKind.CHARGE, title="Puzzle day")


@pytest.fixture
def ada(event, school):
    """Ada's parent has answered, and has a charge to pay for the place."""
    return answered(event, school, "Ada")


@pytest.fixture
def ben(event, school, ada):
    """Ada's brother, at the same event."""
    return answered(event, school, "Ben")


def answered(event, school, forename, **facts):
    family = checkout.make_family(event, school=school, forename=forename, **facts)
    checkout.answer(family)
    return family


def another_day(kind=FeeKind.CHARGE, **details):
    return checkout.make_fee_event(kind, title="Chess day", **details)


def offered(client, family):
    """Return what the page offers: each label, and whether it is ticked."""
    response = client.get(f"{family.url}/together")
    if response.status_code == 303:
        return None
    boxes = soup(response).select("input[type=checkbox]")
    labels = {box["id"]: box.find_next("label").find(string=True).strip() for box in boxes}
    return {labels[box["id"]]: box.has_attr("checked") for box in boxes}


def keys(*families):
    return [family.booking.public_id for family in families]


def test_one_payment_confirms_both_children_and_is_one_total_at_the_processor(client, ada, ben):
    location = client.post(
        f"{ada.url}/together", data={"charges": keys(ada, ben)}, follow_redirects=False
    ).location

    assert "£12.00" in words(soup(client.get(location)))
    back = client.post(location, data={"outcome": "pay"}).location
    page = words(soup(client.get(back, follow_redirects=True)))

    assert "£12.00 was received" in page
    assert "Ada: Puzzle day, £6.00: the place is confirmed" in page
    assert "Ben: Puzzle day, £6.00: the place is confirmed" in page
    assert "A receipt for each place" in page
    assert {state(ada), state(ben)} == {BookingState.CONFIRMED}
    payment = db.session.scalars(select(Payment)).one()
    assert (payment.amount_pence, [line.amount_pence for line in payment.lines]) == (
        1200,
        [600] * 2,
    )
    receipts = [mail.text for mail in mails("receipt")]
    assert len(receipts) == 2
    assert all("£6.00" in text and "£12.00" in text for text in receipts)


def test_the_charge_page_leads_there_only_when_something_else_waits(client, ada, event, school):
    alone = client.get(f"{ada.url}/charge").get_data(as_text=True)
    answered(event, school, "Ben")
    together = client.get(f"{ada.url}/charge").get_data(as_text=True)

    assert "/together" not in alone
    assert client.get(f"{ada.url}/together").status_code == 200
    assert "Pay £12.00 for 2 places together" in together


def test_charges_are_ticked_and_contributions_never(client, ada, ben, school):
    answered(another_day(FeeKind.VOLUNTARY_CONTRIBUTION), school, "Cy")

    assert offered(client, ada) == {
        "Cy: Chess day, £6.00": False,
        "Ada: Puzzle day, £6.00": True,
        "Ben: Puzzle day, £6.00": True,
    }
    page = words(soup(client.get(f"{ada.url}/together")))
    assert "There is no obligation to contribute, and no place depends on it." in page
    assert page.count("£6.00 = £3.40 speaker") == 3


def test_a_charge_and_a_contribution_are_paid_together(client, ada, school):
    cy = answered(another_day(FeeKind.VOLUNTARY_CONTRIBUTION), school, "Cy")

    location = client.post(
        f"{ada.url}/together", data={"charges": keys(ada), "contributions": keys(cy)}
    ).location
    assert "no place depends on a contribution" in words(soup(client.get(location)))
    client.get(client.post(location, data={"outcome": "pay"}).location, follow_redirects=True)

    assert state(ada) is BookingState.CONFIRMED
    assert {f.status for f in db.session.scalars(select(Funding))} == {FundingStatus.RECEIVED}
    assert len(mails("receipt")) == len(mails("contribution_thanks")) == 1


def test_what_is_left_out_stays_as_it_was(client, ada, ben):
    assert offered(client, ada)

    charge = client.post(f"{ada.url}/together", data={"charges": keys(ben)}).location
    client.post(charge, data={"outcome": "pay"})
    client.get(f"{ada.url}/together")
    service.settle_open(clock.now())

    assert (state(ada), state(ben)) == (BookingState.INVITED, BookingState.CONFIRMED)


def test_another_familys_child_at_the_same_event_is_never_there(client, ada, event, school):
    answered(event, school, "Eve", parent_email="other@parents.example", parent_name="Other")

    assert offered(client, ada) is None


def test_the_same_address_at_another_school_is_another_reader(client, ada, event):
    elsewhere = schools.make_school(name="Birchwood Primary School")
    answered(event, elsewhere, "Kit")

    assert offered(client, ada) is None


def test_a_pupils_other_parent_does_not_see_the_first_ones_other_children(client, event, school):
    ada = answered(event, school, "Ada")
    answered(event, school, "Ben")
    other = checkout.make_family(event, school=school, forename="Cy", parent_email="b@p.example")
    with transaction() as unit:
        unit.add(PupilParent(pupil_id=ada.booking.pupil_id, parent_id=other.parent.id))
    link = checkout.link(ada.booking, other.parent)

    assert offered(client, link) is None
    assert len(offered(client, ada)) == 2


@pytest.mark.parametrize("column", ["revoked_at", "expires_at"])
def test_what_no_link_of_the_same_parent_opens_any_more_is_not_there(client, ada, ben, column):
    with transaction() as unit:
        unit.execute(
            update(ParentLink)
            .where(ParentLink.booking_id == ben.booking.id)
            .values({column: clock.now() - timedelta(hours=1)})
        )

    assert offered(client, ada) is None


def test_a_parent_taken_off_a_pupils_record_sees_that_pupil_no_more(client, ada, ben):
    with transaction() as unit:
        unit.delete(unit.get_one(PupilParent, (ben.booking.pupil_id, ben.parent.id)))

    assert offered(client, ada) is None


def test_nothing_of_health_or_needs_is_on_the_page(client, event, school):
    ada = answered(
        event,
        school,
        "Ada",
    )
    ben = checkout.make_family(event, school=school, forename="Ben")
    checkout.answer(ben, health="Peanut allergy", access="Quiet space")

    page = client.get(f"{ada.url}/together").get_data(as_text=True)

    assert "Ben" in page
    assert "Peanut" not in page
    assert "Quiet" not in page
    assert ben.token not in page


def test_what_is_settled_remitted_declined_or_unanswered_is_not_asked_for(client, event, school):
    ada, ben, cy, dan, eve = (
        answered(event, school, name) for name in ("Ada", "Ben", "Cy", "Dan", "Eve")
    )
    checkout.make_family(event, school=school, forename="Fay")  # not answered yet
    checkout.pay(cy)
    with transaction() as unit:
        service.remit(actor=COMMAND, now=clock.now(), booking=unit.get_one(Booking, dan.booking.id))
        service.decline(
            actor=PARENT, now=clock.now(), booking=unit.get_one(Booking, eve.booking.id)
        )

    assert set(offered(client, ada)) == {"Ada: Puzzle day, £6.00", "Ben: Puzzle day, £6.00"}
    assert ben


def test_not_this_time_is_not_asked_about_again(client, ada, ben, school):
    cy = answered(another_day(FeeKind.VOLUNTARY_CONTRIBUTION), school, "Cy")
    client.post(f"{cy.url}/contribution", data={"choice": "not_this_time"})

    assert "Cy: Chess day, £6.00" not in offered(client, ada)


def test_a_remitted_sibling_leaves_the_same_bytes_as_one_who_was_paid_for(app, event, school):
    ada, ben, cy = (answered(event, school, name) for name in ("Ada", "Ben", "Cy"))

    def look():
        browser = app.test_client()
        bodies = [browser.get(ada.url + page).data for page in ("", "/charge", "/together")]
        return [checkout.without_tokens(body) for body in bodies]

    with transaction() as unit:
        service.remit(actor=COMMAND, now=clock.now(), booking=unit.get_one(Booking, ben.booking.id))
    remitted = look()
    with transaction() as unit:
        unit.get_one(Funding, ben.booking.id).status = FundingStatus.RECEIVED

    assert look() == remitted
    assert cy


@pytest.mark.parametrize(
    ("ticked", "sentence"),
    [
        ({}, "Tick what you would like to pay for."),
        ({"charges": ["not-a-booking"]}, "Something on this page has just changed."),
    ],
)
def test_a_tick_that_means_nothing_is_refused_and_nothing_is_written(
    client, ada, ben, ticked, sentence
):
    response = client.post(f"{ada.url}/together", data=ticked)

    assert response.status_code == 422
    assert sentence in words(soup(response))
    assert db.session.scalar(select(Payment)) is None


def test_a_strangers_place_cannot_be_slipped_into_the_basket(client, ada, ben, event, school):
    stranger = answered(event, school, "Eve", parent_email="other@parents.example")

    response = client.post(f"{ada.url}/together", data={"charges": keys(ada, stranger)})

    assert response.status_code == 422
    with pytest.raises(service.NotPayable, match="the link that we sent you for it"):
        service.begin(
            parent_id=ada.parent.id,
            wishes=[PaymentWish(ada.booking.id), PaymentWish(stranger.booking.id)],
        )


def test_the_amounts_are_ours_whatever_the_page_sends(client, ada, ben):
    forged = {"charges": keys(ada, ben), "amount": "1", "amount_pence": "1"}

    client.post(f"{ada.url}/together", data=forged)

    assert [line.amount_pence for line in db.session.scalars(select(PaymentLine))] == [600, 600]


def test_another_basket_closes_the_page_of_the_first(client, ada, ben):
    first = client.post(f"{ada.url}/charge").location
    second = client.post(f"{ada.url}/together", data={"charges": keys(ada, ben)}).location

    assert first != second
    assert client.post(first, data={"outcome": "pay"}).location == first
    assert "no longer open" in words(soup(client.get(first)))
    states = [row.state.value for row in db.session.scalars(select(Payment).order_by(Payment.id))]
    assert states == ["lapsed", "opened"]


def test_the_same_basket_again_is_the_same_page(client, ada, ben):
    ticked = {"charges": keys(ada, ben)}

    first = client.post(f"{ada.url}/together", data=ticked).location
    second = client.post(f"{ben.url}/together", data=ticked).location

    assert first == second


def test_a_second_tab_that_paid_for_one_is_told_and_shown_the_rest(client, ada, ben, event, school):
    answered(event, school, "Cy")
    client.get(f"{ada.url}/together")
    first = client.post(f"{ben.url}/charge").location
    checkout.pay_at_demo_processor(first.rpartition("/")[2])

    response = client.post(f"{ada.url}/together", data={"charges": keys(ada, ben)})

    assert response.location == f"{ada.url}/together"
    page = words(soup(client.get(response.location)))
    assert "One of these has just been paid." in page
    assert "Ben: Puzzle day" not in page


def test_whoever_pays_again_for_money_on_its_way_is_told_to_wait(client, ada, ben):
    ticked = {"charges": keys(ada, ben)}
    processor = client.post(f"{ada.url}/together", data=ticked).location
    client.post(processor, data={"outcome": "slow"})

    again = client.post(f"{ada.url}/together", data=ticked).location

    assert again == f"{ada.url}/paid"
    page = words(soup(client.get(again)))
    assert "Please do not pay again" in page
    assert "£12.00" in page


def test_the_other_parent_is_told_that_money_is_on_its_way(client, event, school):
    both = [
        ParentDetails("Ngozi Okoro", "ngozi@parents.example"),
        ParentDetails("Sam Okoro", "sam@parents.example"),
    ]
    pupil = pupils.make_pupil(school=school, year_group=event.low_year, parents=both)
    booking = places.make_booking(event=event, school=school, pupil=pupil)
    ngozi, sam = (checkout.link(booking, parent) for parent in booking.pupil.parents)
    checkout.answer(ngozi)
    client.post(client.post(f"{ngozi.url}/charge").location, data={"outcome": "slow"})

    response = client.post(f"{sam.url}/charge", follow_redirects=True)

    assert response.request.path == sam.url
    assert "A payment for this is on its way, so please do not pay again." in words(soup(response))


def test_a_declined_card_leads_back_to_all_that_was_chosen(client, ada, ben):
    processor = client.post(f"{ada.url}/together", data={"charges": keys(ada, ben)}).location
    client.post(processor, data={"outcome": "decline"})

    page = soup(client.get(f"{ada.url}/paid"))

    assert page.find("a", string="Try again")["href"] == f"{ada.url}/together"


def test_a_page_with_one_thing_left_leads_to_where_things_stand(client, ada):
    assert client.get(f"{ada.url}/together").location == ada.url


def test_more_children_cost_no_more_queries(client, ada, ben, event, school, count_queries):
    client.get(f"{ada.url}/together")
    with count_queries() as few:
        client.get(f"{ada.url}/together")
    for name in ("Cy", "Dan", "Eve"):
        answered(event, school, name)
    with count_queries() as many:
        client.get(f"{ada.url}/together")

    assert len(many) == len(few)


def test_the_page_says_what_the_family_has_to_pay_in_all(client, school, ada, ben):
    day = another_day(FeeKind.VOLUNTARY_CONTRIBUTION)
    answered(day, school, "Cleo", parent_email="sam.okoro@parents.example")

    page = soup(client.get(f"{ada.url}/together"))

    assert "Charges in all: £12.00" in words(page)
    assert "Suggested contributions in all: £6.00." in words(page)
    button = page.find("button", attrs={"data-pence": True})
    assert button.get_text() == "Pay by card", "without a script the card page says the total"
    assert sum(json.loads(button["data-pence"]).values()) == 1800
    charge = words(soup(client.get(f"{ada.url}/charge")))
    assert "Pay £18.00 for 3 places together" in charge
    assert "Pay £6.00 to confirm Ada’s place." in words(soup(client.get(ada.url)))
