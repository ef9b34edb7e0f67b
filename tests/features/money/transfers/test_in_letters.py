"""Mails and letters that ask for money name the account and the family's reference."""

import random

from sqlalchemy import select

from booking.cli.demo.families import Families
from booking.days.places.models import Booking
from booking.domain import transferring
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout_service
from booking.money.payments.models import Method, Payment
from booking.money.transfers import service
from booking.money.transfers.models import TransferReference
from tests.builders import checkout
from tests.builders.stored import mails


def reference_of(family):
    db.session.rollback()
    row = db.session.scalars(
        select(TransferReference).where(TransferReference.booking_id == family.booking.id)
    ).one()
    return transferring.reference(row.number)


def test_a_mail_that_asks_for_a_charge_names_account_and_reference(client, no_cards):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))

    [mail] = mails("invited")

    said = reference_of(family)
    sort_code = no_cards.config["PAYEE_SORT_CODE"]
    assert "Once you have replied, you can pay by bank transfer to " in mail.text
    assert f"sort code {sort_code}, account number " in mail.text
    assert f": please quote {said}." in mail.text
    assert " card" not in f"{mail.subject} {mail.text} {mail.html}".replace("cardigan", "")
    # The page gives the same, and so does a letter on paper.
    checkout.answer(family)
    assert said in client.post(f"{family.url}/transfer", follow_redirects=True).text
    [letter] = _letters(checkout.make_family(family.booking.event))
    assert letter.way_to_pay.endswith(f"quote {reference_of_newest()}.")


def reference_of_newest():
    row = db.session.scalars(
        select(TransferReference).order_by(TransferReference.id.desc()).limit(1)
    ).one()
    return transferring.reference(row.number)


def _letters(family):
    with transaction():
        return checkout_service.write_letters(
            actor=COMMAND,
            now=clock.now(),
            event=family.booking.event,
            school=family.booking.school,
            key="a key",
            booking_id=family.booking.id,
        )


def test_no_mail_names_a_transfer_where_none_is_offered_or_nothing_is_to_pay(no_cards):
    checkout.make_family(checkout.make_fee_event(FeeKind.PAID_BY_SCHOOL))
    checkout.make_family(checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))
    with transaction():
        service.set_offered(actor=COMMAND, now=clock.now(), offered=False)
    checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))

    found = mails("invited")

    assert len(found) == 3
    assert [mail for mail in found if "bank transfer" in mail.text.lower()] == []
    assert db.session.scalars(select(TransferReference)).all() == []


def test_the_demonstrations_families_pay_by_transfer_where_no_card_is_taken(no_cards):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    pence = family.booking.event.fee_pence
    db.session.rollback()
    booking = db.session.get_one(Booking, family.booking.id)

    Families(random.Random(1))._send(booking, pence, None, clock.now())

    row = db.session.scalars(select(TransferReference)).one()
    paid = db.session.scalars(select(Payment.method)).all()
    assert row.sent_at is not None
    assert paid == ([] if row.number % 8 == 0 else [Method.BANK_TRANSFER])
