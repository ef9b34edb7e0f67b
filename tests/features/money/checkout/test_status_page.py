"""What the private link shows once there is an answer: whose place it is, and whom to ask."""

from datetime import timedelta

import pytest

from booking.domain.charging import FeeKind
from booking.money.payments.models import Payment
from tests.builders import checkout
from tests.builders.stored import the_only
from tests.page import check_page, soup, words


@pytest.fixture
def charged(db_session):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    return family


def shown(client, family):
    return words(check_page(client.get(family.url)))


def after_the_day(time_machine, family):
    time_machine.move_to(family.booking.event.last_ends_at + timedelta(hours=2))


def test_every_page_says_whose_place_it_is(client, charged, time_machine):
    named = f"{charged.booking.pupil.forename}, {charged.booking.event.title}"

    assert named in shown(client, charged)
    checkout.pay(charged)
    after_the_day(time_machine, charged)
    assert named in shown(client, charged)


def test_the_name_is_not_in_the_title_that_browsers_remember(client, charged):
    title = soup(client.get(charged.url)).title.string

    assert charged.booking.pupil.forename not in title


def test_whoever_would_like_money_back_while_the_child_is_coming_asks_the_school(client, charged):
    school = charged.booking.school.name
    question = f"what you have paid back although Ada is coming? Ask {school}"
    assert question not in shown(client, charged)

    checkout.pay(charged)

    assert question in shown(client, charged)


def test_nobody_is_told_how_to_have_money_back_that_was_not_given(client, db_session):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))
    checkout.answer(family)
    assert "back although" not in shown(client, family)

    checkout.pay(family, 300)

    assert "Would you like your contribution back although Ada is coming?" in shown(client, family)


def test_after_the_day_whoever_paid_finds_thanks_and_a_receipt(client, charged, time_machine):
    checkout.pay(charged)
    assert "Your receipt" not in shown(client, charged)

    after_the_day(time_machine, charged)

    text = shown(client, charged)
    assert "Thank you for coming" in text
    assert "Received £6.00 by card" in text
    assert the_only(Payment).public_id in text


def test_after_the_day_there_is_no_receipt_where_nothing_was_paid(client, db_session, time_machine):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))
    checkout.answer(family)
    after_the_day(time_machine, family)

    text = shown(client, family)
    assert "Thank you for coming" in text
    assert "receipt" not in text
