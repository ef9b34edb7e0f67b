"""What a treasurer did about card money is taken back there; the processor's entries lead on."""

import pytest
from sqlalchemy import select

from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.models import Explanation
from booking.money.fund import ports as fund_ports
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.payments.models import Instead, Payout, Refund
from booking.upkeep import doctor
from tests.builders import checkout, schools
from tests.builders.stored import refunds
from tests.features.money.checkout import processor_days
from tests.features.money.checkout.processor_days import reconcile, total

PARKED, CLEARING, BANK = "assets:to-explain", "assets:card-clearing", "assets:bank"
WHY = {"reason": "It was another payment."}


@pytest.fixture
def treasurer(processor, client):
    schools.sign_in(client, schools.make_person(name="Tom Treasurer", role=Role.TREASURER))
    return client


def unsound():
    db.session.rollback()
    asked = filter(doctor.can_be_asked, doctor.checks())
    return [text for check in asked for text in check.problems()]


def test_a_note_is_taken_back_and_the_money_explained_anew(processor, treasurer):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    session_id = checkout.begin(family)
    processor.pay(session_id, client_reference_id="another")
    service.settle(session_id)
    found = db.session.scalars(select(Explanation)).one().public_id
    here = f"/fund/to-explain/{found}"
    treasurer.post(here, data={"resolution": "noted", "reason": "A gift."})
    assert (total(PARKED), total("income:grants")) == (0, -600)
    assert "Undo the note" in treasurer.get(here).text
    entry = treasurer.get(f"/fund/entries/noted:{found}").text
    assert "made by a note on money to explain" in entry

    assert treasurer.post(f"{here}/undo", data=WHY).status_code == 303

    assert (total(PARKED), total("income:grants")) == (-600, 0)
    assert unsound() == []
    assert "already been undone" in treasurer.post(f"{here}/undo", data=WHY).text
    treasurer.post(here, data={"resolution": "noted", "reason": "A gift after all."})
    assert (total(PARKED), total("income:grants")) == (0, -600)
    treasurer.post(f"{here}/undo", data=WHY)
    treasurer.post(here, data={"resolution": "attached", "reason": "Spoke with the family."})
    assert (total(PARKED), total("income:charges")) == (0, -600)
    assert unsound() == []


def test_a_payout_that_was_reversed_by_hand_is_recorded_again(processor, treasurer, paid):
    payout = processor.books.pay_out()
    reconcile()
    here, key = f"/fund/payouts/{payout['id']}", f"payout:{payout['id']}"
    assert "made by a payout of the card processor" in treasurer.get(f"/fund/entries/{key}").text
    refused = treasurer.post(f"/fund/entries/{key}/reverse", data=WHY)
    assert refused.status_code == 422
    assert "Record it again" not in treasurer.get(here).text
    with fund_ports.entry_sources.instead(), transaction():
        entry = fund_queries.by_key(key)
        fund.reverse(actor=COMMAND, now=clock.now(), entry=entry, reason="By hand")
    assert any(f"payout {payout['id']}" in problem for problem in unsound())
    assert "Record it again" in treasurer.get(here).text

    assert treasurer.post(f"{here}/again").status_code == 303

    assert (total(BANK), total(CLEARING), unsound()) == (565, 0, [])
    assert "is in the ledger" in treasurer.post(f"{here}/again", follow_redirects=True).text
    assert total(BANK) == 565
    db.session.rollback()
    assert db.session.scalars(select(Payout)).one().posted_at is not None


def test_a_refund_handed_back_another_way_is_on_the_list_again(processor, treasurer, paid):
    processor.refund_status = "failed"
    processor_days.ask_for_refund(400)
    db.session.rollback()
    failed = db.session.scalars(select(Refund.id)).one()
    with transaction() as unit:
        again = service.hand_back(
            actor=COMMAND,
            now=clock.now(),
            refund=unit.get_one(Refund, failed),
            by=Instead.BANK_TRANSFER,
            note="T-1",
        )
        handed = again.public_id
    assert total(BANK) == -400
    entry = treasurer.get(f"/fund/entries/refund:{handed}").text
    assert "handed back another way" in entry
    assert 'href="/fund/refunds"' in entry

    assert treasurer.post(f"/fund/refunds/{handed}/undo", data=WHY).status_code == 303

    assert refunds() == [(400, "failed", ""), (400, "failed", "bank_transfer")]
    assert total(BANK) == 0
    assert "Try the card again" in treasurer.get("/fund/refunds").text
    assert unsound() == []
    assert "already been undone" in treasurer.post(f"/fund/refunds/{handed}/undo", data=WHY).text
