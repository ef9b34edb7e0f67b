"""The state of each booking's fee, its payment and the ledger's entries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from booking.cli.scale.bookings import BookingFacts
from booking.cli.scale.network import public_id
from booking.cli.scale.rows import Rows
from booking.domain import ledger, terms
from booking.domain.booking_states import EXPECTED, BookingState
from booking.domain.charging import FeeKind
from booking.domain.funds import Fund
from booking.domain.payment_states import FundingStatus, PaymentState, RefundState
from booking.money.checkout.models import Funding
from booking.money.fund.models import Entry, EntryLine, EntrySize
from booking.money.payments.models import Method, Payment, PaymentLine, Refund

_OPENING = {Fund.EVENTS: 120_000, Fund.ADMIN: 40_000, Fund.CPD: 250_000}
_CARD_FEE_SHARE, _CARD_FEE_FIXED = 0.015, 20
#: How many in ten parents who are asked for a contribution give it.
_GIVERS_OF_TEN = 7


@dataclass
class Money:
    """Takes the fees and keeps the books."""

    rows: Rows
    rng: Random
    now: datetime

    def open_books(self) -> None:
        """Post what there was when the books began, and a payment to a speaker."""
        began_at = self.now - timedelta(days=240)
        self._post(ledger.opening_balance(key="opening:scale", amounts=_OPENING), began_at)
        speaker = ledger.speaker(key="speaker:scale", pence=35_000, description="Speaker on oracy")
        self._post(speaker, began_at + timedelta(days=60))

    def take_fee(self, booking: BookingFacts) -> None:
        """Add one booking's fee: paid, sometimes given, or still to pay."""
        event = booking.event
        if event.fee_kind is FeeKind.FREE:
            return
        status = self._status(booking)
        self.rows.add(
            Funding,
            booking_id=booking.id,
            status=status,
            asked_pence=event.fee_pence,
            remitted_by_id=None,
            reminded_at=None,
            changed_at=booking.invited_at,
        )
        if status in {FundingStatus.RECEIVED, FundingStatus.REFUNDED}:
            self._pay(booking, back=status is FundingStatus.REFUNDED)

    def _status(self, booking: BookingFacts) -> FundingStatus:
        kind = booking.event.fee_kind
        if kind is FeeKind.PAID_BY_SCHOOL:
            return FundingStatus.SCHOOL_PAID
        if booking.state in {BookingState.WITHDRAWN, BookingState.CANCELLED}:
            return FundingStatus.REFUNDED
        if booking.state not in EXPECTED:
            return FundingStatus.REQUESTED
        if kind is FeeKind.CHARGE or self.rng.randrange(10) < _GIVERS_OF_TEN:
            return FundingStatus.RECEIVED
        return FundingStatus.DECLINED_NO_REASON_ASKED

    def _pay(self, booking: BookingFacts, *, back: bool) -> None:
        event, paid_at = booking.event, booking.invited_at + timedelta(minutes=50)
        fee = round(event.fee_pence * _CARD_FEE_SHARE) + _CARD_FEE_FIXED
        key = public_id(self.rng)
        payment_id = self.rows.add(
            Payment,
            public_id=key,
            parent_id=booking.parent_id,
            method=Method.CARD,
            amount_pence=event.fee_pence,
            refunded_pence=event.fee_pence if back else 0,
            state=PaymentState.REFUNDED if back else PaymentState.PAID,
            session_id=f"scale-{key}",
            session_url="",
            attempt=1,
            session_expires_at=paid_at + timedelta(minutes=30),
            reference=f"scale-{key}",
            card_fee_pence=fee,
            to_explain="",
            opened_at=paid_at - timedelta(minutes=2),
            paid_at=paid_at,
        )
        line_id = self.rows.add(
            PaymentLine,
            payment_id=payment_id,
            number=1,
            booking_id=booking.id,
            event_id=event.id,
            amount_pence=event.fee_pence,
            refunded_pence=event.fee_pence if back else 0,
        )
        payment = ledger.payment(
            key=f"payment:{key}",
            amount_pence=event.fee_pence,
            parts=event.parts,
            fee_kind=event.fee_kind,
            event=event.slug,
            school=booking.school.slug,
        )
        self._post(payment, paid_at, event_id=event.id)
        card_fee = ledger.card_fee(key=f"card-fee:{key}", pence=fee, event=event.slug)
        self._post(card_fee, paid_at, event_id=event.id)
        if back:
            self._refund(booking, payment, (payment_id, line_id), paid_at + timedelta(hours=1))

    def _refund(
        self, booking: BookingFacts, payment: ledger.Draft, ids: tuple[int, int], at: datetime
    ) -> None:
        event, key = booking.event, public_id(self.rng)
        payment_id, line_id = ids
        self.rows.add(
            Refund,
            public_id=key,
            payment_id=payment_id,
            line_id=line_id,
            amount_pence=event.fee_pence,
            reason="The place was given back.",
            state=RefundState.SUCCEEDED,
            gateway_id=f"scale-{key}",
            requested_by_id=None,
            requested_at=at,
            settled_at=at,
        )
        refund = ledger.refund(
            key=f"refund:{key}",
            amount_pence=event.fee_pence,
            posted=payment.lines,
            event=event.slug,
            school=booking.school.slug,
        )
        self._post(refund, at, event_id=event.id)

    def _post(self, draft: ledger.Draft, at: datetime, *, event_id: int | None = None) -> None:
        entry_id = self.rows.add(
            Entry,
            key=draft.key,
            kind=draft.kind.value,
            description=draft.description,
            entered_on=terms.london(at).date(),
            entered_at=at,
            event_id=event_id,
            made_by_id=None,
            reason=draft.reason,
            reverses_id=None,
            school=draft.school or "",
            line_count=len(draft.lines),
        )
        self.rows.add(EntrySize, entry_id=entry_id, pence=ledger.amount(draft.lines))
        for line in draft.lines:
            self.rows.add(
                EntryLine,
                entry_id=entry_id,
                account=line.account,
                fund=line.fund,
                pence=line.pence,
                memo=line.memo,
            )
