"""What tests of payouts, disputes and refunds share: a paid family, messages, and the books."""

import json

import stripe as stripe_library
from sqlalchemy import select

from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.models import Explanation
from booking.money.clearing import service as clearing
from booking.money.fund import queries as fund_queries
from booking.money.payments import processor_account
from booking.money.payments.models import Payment, PaymentLine
from tests.builders import checkout
from tests.features.money.payments.conftest import WEBHOOK_SECRET


def paid_family(processor, *, kind=FeeKind.CHARGE, event=None, number=1, fee=35):
    """A family whose payment has arrived, and its payment."""
    event = event or checkout.make_fee_event(kind)
    family = checkout.make_family(
        event, parent_email=f"p{number}@parents.example", forename=f"Pupil{number}"
    )
    checkout.answer(family)
    amount = None if kind is FeeKind.CHARGE else checkout.FEE_PENCE
    session_id = checkout.begin(family, amount)
    processor.pay(session_id, fee=fee)
    service.settle(session_id)
    return family, payment_of(session_id)


def payment_of(session_id):
    db.session.rollback()
    return db.session.scalars(select(Payment).where(Payment.session_id == session_id)).one()


def send(app, event):
    """Let Stripe send an event as a webhook; return the answer's text."""
    raw = json.dumps(event).encode()
    stamp = int(clock.now().timestamp())
    header = stripe_library.WebhookSignature.generate_signature_header(
        raw.decode(), WEBHOOK_SECRET, stamp
    )
    answer = app.test_client().post(
        "/webhooks/stripe", data=raw, csrf=False, headers={"Stripe-Signature": header}
    )
    return answer.text


def reconcile():
    """Do what the worker does about messages and payouts."""
    news = clearing.hear_missed(clock.now())
    return news, clearing.reconcile_payouts(clock.now())


def total(account):
    """What an account holds over all funds, in pence."""
    db.session.rollback()
    return sum(fund_queries.held_by_fund(account).values())


def by_fund(account):
    db.session.rollback()
    return {name: pence for name, pence in fund_queries.held_by_fund(account).items() if pence}


def agrees():
    """Whether card clearing equals what the processor holds, to the penny."""
    db.session.rollback()
    return total("assets:card-clearing") == processor_account.current().balance_pence()


def problems():
    """Things to explain, in words."""
    db.session.rollback()
    found = select(Explanation.problem).where(Explanation.resolved_at.is_(None))
    return list(db.session.scalars(found.order_by(Explanation.id)))


def at_processor_time(stripe):
    """Let Stripe's clock follow ours, so that it lists things from today."""
    stripe.books.now = int(clock.now().timestamp())


def request_refund(pence=None):
    """Request a refund of the only payment line, all of it unless told otherwise."""
    with transaction():
        line = db.session.scalars(select(PaymentLine)).one()
        service.refund(
            actor=COMMAND, now=clock.now(), line=line, reason="Asked for it", amount_pence=pence
        )


def ask_for_refund(pence=None):
    """Request a refund, and let the worker ask the processor for it."""
    request_refund(pence)
    service.execute_refunds(clock.now())
