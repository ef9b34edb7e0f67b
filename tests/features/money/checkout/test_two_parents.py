"""Two parents of one child: neither reads the other's answers, and both hear of the place."""

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.needs import Collection, Diet
from booking.domain.payment_states import RefundState
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.models import Needs, Objection
from booking.money.payments.models import Refund
from booking.people.pupils import service as pupils
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.models import Parent
from tests.builders import checkout, places, schools
from tests.builders.pupils import make_pupil
from tests.builders.stored import mails
from tests.page import soup, words

MOTHER = ParentDetails("Ngozi Mother", "ngozi@parents.example", "+447700900111")
FATHER = ParentDetails("Sam Father", "sam@parents.example", "+447700900222")
BOTH = ["ngozi@parents.example", "sam@parents.example"]
#: What only the mother told.
OWN = ("Ngozi", "Auntie Bisi", "07700 900333", "900333", "Peanut", "Vegan", "Ramp", "Uncle Tunde")


@pytest.fixture
def school(db_session):
    found = schools.make_school(name="Ashdale Primary School")
    schools.make_person(role=Role.COORDINATOR, school=found, email="lead@ashdale.example")
    return found


def family_of_two(school, kind=FeeKind.FREE, **details):
    """Name a pupil with two parents; return each one's private link."""
    event = checkout.make_fee_event(kind, **details)
    pupil = make_pupil(
        school=school, forename="Ada", year_group=event.low_year, parents=[MOTHER, FATHER]
    )
    booking = places.make_booking(event=event, school=school, pupil=pupil)
    by_email = {parent.email: parent for parent in db.session.scalars(select(Parent))}
    links = [checkout.link(booking, by_email[email]) for email in BOTH]
    db.session.rollback()
    return links


def mother_answers(mother, **changes):
    told = {
        "given_by": "Ngozi Mother",
        "emergency_name": "Auntie Bisi",
        "emergency_phone": "+447700900333",
        "health": "Peanut allergy",
        "access": "Ramp",
        "diets": [Diet.VEGAN],
        "collection": Collection.NAMED_ADULT,
        "collected_by": "Uncle Tunde",
    }
    return checkout.answer(mother, **{**told, **changes})


def text(client, url):
    return words(soup(client.get(url)).find("main"))


def state(family):
    db.session.rollback()
    return db.session.get_one(Booking, family.booking.id).state


def needs_of(family):
    db.session.rollback()
    return db.session.get_one(Needs, family.booking.id)


def told(template, **words_said):
    """Return who got the mails of a template, sorted; of news only those of one kind."""
    return sorted(
        mail.recipient
        for mail in mails(template)
        if all(said in mail.text for said in words_said.values())
    )


@pytest.mark.parametrize("kind", [FeeKind.FREE, FeeKind.CHARGE])
def test_the_other_parent_reads_nothing_that_one_told(client, school, kind):
    mother, father = family_of_two(school, kind)
    mother_answers(mother)

    for page in ("", "/needs", "/day", "/decline"):
        body = client.get(father.url + page, follow_redirects=True).get_data(as_text=True)
        assert [
            secret for secret in OWN if secret.lower() in body.lower().replace("such as vegan", "")
        ] in ([], ["Vegan"])  # "Vegan" is a choice of the form
        assert 'value="vegan" checked' not in body.replace("\n", " ")
    overview = text(client, father.url)
    assert "In an emergency ring Given by another parent" in overview
    assert "Emergencies Given by another parent" in overview
    assert "Auntie Bisi, 07700 900333" in text(client, mother.url)
    assert "What another parent of Ada sees" in overview
    assert "What another parent of Ada sees" in text(client, mother.url)


def whole_reply(**changes):
    return {
        "given_by": "Sam Father",
        "photo": "none",
        "collection": "school",
        "emergency_name": "Sam Father",
        "emergency_phone": "07700 900222",
        **changes,
    }


def test_a_reply_that_the_other_parent_overtook_is_kept_and_asked_about(client, school):
    mother, father = family_of_two(school)
    mother_answers(mother)  # while his page was open

    answer = client.post(father.url, data=whole_reply(health="Asthma"))

    assert answer.status_code == 422
    page = soup(answer)
    assert "Another parent has replied since this page was opened" in words(page)
    assert page.find(id="health").get_text().strip() == "Asthma"
    assert needs_of(mother).health == "Peanut allergy"
    assert "Auntie Bisi" not in words(page)

    again = client.post(father.url, data=whole_reply(health="Asthma", after_others="yes"))

    assert again.status_code == 303
    kept = needs_of(mother)
    assert (kept.health, kept.access) == ("Peanut allergy\nAsthma", "Ramp")
    assert kept.emergency_name == "Sam Father"


def test_an_empty_line_of_the_second_parent_takes_nothing_out(client, school):
    mother, father = family_of_two(school)
    mother_answers(mother)

    client.post(father.url, data=whole_reply(after_others="yes"))

    kept = needs_of(mother)
    assert (kept.health, kept.access, kept.diets) == ("Peanut allergy", "Ramp", ["vegan"])


def test_a_second_parent_adds_to_health_and_food_and_loses_none_of_it(client, school):
    mother, father = family_of_two(school)
    mother_answers(mother)

    client.post(f"{father.url}/needs", data={"health": "Asthma", "access": "", "diets": "halal"})

    kept = needs_of(mother)
    assert kept.health == "Peanut allergy\nAsthma"
    assert kept.access == "Ramp"
    assert kept.diets == ["halal", "vegan"]
    for one in (mother, father):
        assert "Food Given on paper, or by more than one parent" in text(client, one.url)


def test_a_second_parent_cannot_take_out_what_another_wrote_about_health(client, school):
    mother, father = family_of_two(school)
    mother_answers(mother)

    answer = client.post(f"{father.url}/needs", data={"forget_health": "y", "access": ""})

    assert answer.status_code == 422
    assert "Somebody else wrote it" in words(soup(answer).find("main"))
    assert needs_of(mother).health == "Peanut allergy"
    client.post(f"{mother.url}/needs", data={"forget_health": "y", "access": "Ramp"})
    assert needs_of(mother).health is None


def test_whom_to_ring_is_as_told_last_and_both_hear_that_it_changed(client, school):
    mother, father = family_of_two(school)
    mother_answers(mother)
    day = {"photo": "none", "collection": "school", "emergency_name": "Sam Father"}

    client.post(f"{father.url}/day", data={**day, "emergency_phone": "07700 900222"})

    assert told("place_news", said="given again") == BOTH
    assert "07700 900222" not in text(client, mother.url)
    assert "In an emergency ring Given by another parent" in text(client, mother.url)
    for mail in mails("place_news"):
        assert "900222" not in mail.text
        assert "Sam Father" not in mail.text or mail.recipient == "sam@parents.example"


def test_both_hear_when_one_consents_and_the_charge_is_still_to_pay(school):
    mother, _ = family_of_two(school, FeeKind.CHARGE)
    mother_answers(mother)
    assert told("place_news", said="given consent") == BOTH


def test_both_hear_when_the_place_is_confirmed(school):
    mother, _ = family_of_two(school)
    mother_answers(mother)
    assert told("booking_confirmed") == BOTH
    assert told("place_news") == []


def test_when_one_pays_the_other_hears_that_the_place_is_confirmed_and_not_who_paid(school):
    mother, _ = family_of_two(school, FeeKind.CHARGE)
    mother_answers(mother)
    checkout.pay(mother)

    assert told("receipt") == ["ngozi@parents.example"]
    assert told("booking_confirmed") == ["sam@parents.example"]
    [mail] = mails("booking_confirmed")
    assert "Ngozi" not in mail.text
    assert "£" not in mail.text


def test_both_hear_when_one_gives_back_and_only_who_paid_gets_the_money(client, school):
    mother, father = family_of_two(school, FeeKind.CHARGE)
    mother_answers(mother)
    payment = checkout.pay(mother)

    client.post(f"{father.url}/decline", data={})

    assert state(mother) is BookingState.WITHDRAWN
    assert told("place_news", said="given the place back") == BOTH
    [refund] = db.session.scalars(select(Refund)).all()
    assert (refund.payment.public_id, refund.payment.parent_id) == (
        payment.public_id,
        mother.parent.id,
    )
    assert refund.state is RefundState.REQUESTED
    service.execute_refunds(clock.now())
    assert told("refund_sent") == ["ngozi@parents.example"]


def test_both_hear_when_one_declines_or_time_runs_out(client, school, time_machine):
    mother, father = family_of_two(school)
    client.post(f"{father.url}/decline", data={})
    assert told("place_news", said="declined the place") == BOTH
    assert "The place has been declined" in words(soup(client.get(mother.url)))
    assert "You have declined the place" in words(soup(client.get(father.url)))


def test_a_parent_taken_off_the_list_is_told_nothing_and_their_link_opens_nothing(client, school):
    mother, father = family_of_two(school)
    with transaction():
        pupil = db.session.get_one(Booking, mother.booking.id).pupil
        pupils.change_pupil(
            actor=COMMAND,
            now=clock.now(),
            pupil=pupil,
            forename="Ada",
            surname=pupil.surname,
            year_group=pupil.year_group,
            parents=[MOTHER],
        )
    mother_answers(mother)
    client.post(f"{mother.url}/decline", data={})

    assert told("booking_confirmed") == told("place_news") == ["ngozi@parents.example"]
    assert client.get(father.url).status_code == 410


def test_one_parents_gift_is_not_said_to_the_other(client, school):
    mother, father = family_of_two(school, FeeKind.VOLUNTARY_CONTRIBUTION)
    mother_answers(mother)
    checkout.pay(mother, 600)

    assert "Thank you for your contribution" in text(client, mother.url)
    assert "Thank you for your contribution" not in text(client, father.url)
    assert "Your contribution" not in text(client, f"{father.url}/decline")
    assert "Your contribution" in text(client, f"{mother.url}/decline")


def test_an_objection_is_one_task_of_the_home_school_until_it_is_dealt_with(client, school):
    mother, father = family_of_two(school)
    mother_answers(mother)
    assert "Tell Ashdale Primary School" in text(client, father.url)

    for _ in range(2):
        client.post(f"{father.url}/object", data={})

    [objection] = db.session.scalars(select(Objection)).all()
    assert (objection.parent_id, objection.took_back) == (father.parent.id, False)
    assert told("objection") == ["lead@ashdale.example"]
    assert state(mother) is BookingState.CONFIRMED
    coordinator = schools.make_person(role=Role.COORDINATOR, school=school)
    schools.sign_in(client, coordinator)
    assert "A parent of Ada P. does not agree" in text(client, "/school/")
    page = text(client, f"/school/objections/{objection.public_id}")
    assert "Who Sam Father" in page
    assert "07700 900222" in page
    assert "900111" not in page

    client.post(f"/school/objections/{objection.public_id}", data={})

    assert "does not agree" not in text(client, "/school/")


def test_a_place_given_back_by_one_may_be_asked_for_again_while_it_is_free(client, school):
    mother, father = family_of_two(school)
    mother_answers(mother)
    client.post(f"{father.url}/decline", data={})
    assert "Another parent has given the place back" in text(client, mother.url)
    assert "You have given the place back" in text(client, father.url)
    assert "Ask for the place again" in text(client, mother.url)

    client.post(f"{mother.url}/take-again", data={})

    assert state(mother) is BookingState.INVITED
    assert needs_of(mother).sent_at is not None  # kept, but to an earlier invitation
    [objection] = db.session.scalars(select(Objection)).all()
    assert (objection.parent_id, objection.took_back) == (mother.parent.id, True)
    assert told("objection") == ["lead@ashdale.example"]
    assert len(mails("invited")) == 4  # both, twice


def test_it_may_be_asked_for_again_only_once(client, school):
    mother, father = family_of_two(school)
    mother_answers(mother)
    client.post(f"{father.url}/decline", data={})
    client.post(f"{mother.url}/take-again", data={})
    with transaction():
        booking = db.session.get_one(Booking, mother.booking.id)
        service.decline(actor=PARENT, now=clock.now(), booking=booking, parent_id=father.parent.id)
    anew = checkout.link(mother.booking, mother.parent)

    assert "Ask for the place again" not in text(client, anew.url)
    client.post(f"{anew.url}/take-again", data={})
    assert state(mother) is BookingState.DECLINED


def test_a_place_that_a_reserve_has_is_not_taken_from_it(client, school):
    mother, father = family_of_two(school, places=1)
    mother_answers(mother)
    waiting = make_pupil(school=school, year_group=mother.booking.pupil.year_group)
    places.reserve(mother.booking.event, school, waiting)
    client.post(f"{father.url}/decline", data={})

    assert "Ask for the place again" not in text(client, mother.url)
    client.post(f"{mother.url}/take-again", data={})

    assert state(mother) is BookingState.WITHDRAWN
    assert "Tell Ashdale Primary School" in text(client, mother.url)


def test_who_changed_their_own_mind_takes_it_again_without_a_task(client, school):
    mother, _ = family_of_two(school)
    client.post(f"{mother.url}/decline", data={})

    client.post(f"{mother.url}/take-again", data={})

    assert state(mother) is BookingState.INVITED
    assert told("objection") == []


def test_on_paper_nobody_knows_who_told_and_neither_parent_is_shown(client, school):
    mother, father = family_of_two(school)
    with transaction():
        service.record_paper_reply(
            actor=COMMAND,
            now=clock.now(),
            booking=db.session.get_one(Booking, mother.booking.id),
            reply=service.PaperReply("Ngozi Mother", checkout.answers(health="Asthma")),
        )
    for one in (mother, father):
        page = text(client, one.url)
        assert "In an emergency ring Given on paper, or by more than one parent" in page
        assert "900123" not in page
