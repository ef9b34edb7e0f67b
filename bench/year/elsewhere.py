"""What happens to the network's money elsewhere: disputes, payouts, refunds that come back."""

from datetime import timedelta

from sqlalchemy import select

from bench.year.world import World
from booking.domain.payment_states import RefundState
from booking.domain.processor_states import OPEN
from booking.foundation import clock
from booking.foundation.db import db
from booking.money.payments import gateway
from booking.money.payments.demo_processor import books as demo_books
from booking.money.payments.demo_processor import gateway as demo_gateway
from booking.money.payments.demo_processor.models import DemoDispute, DemoSession
from booking.money.payments.models import Refund

#: Chances of one day.
DISPUTES, DECIDES, ELSEWHERE, COMES_BACK = 0.015, 0.1, 0.01, 0.02
DECIDED_AFTER = timedelta(days=10)


class Elsewhere:
    """The card processor and the cardholders' banks, which tell nobody."""

    def __init__(self, world: World) -> None:
        self.world = world

    def every_day(self) -> None:
        """Let things happen there."""
        self._disputes_and_refunds()
        if self.world.happens(COMES_BACK):
            self._send_back_a_refund()
        if clock.today().weekday() == 0:
            self.world.act("pay out", lambda: demo_books.pay_out_last_week(clock.now()))

    def _disputes_and_refunds(self) -> None:
        """Let cardholders dispute, banks decide, and somebody refund on the processor's pages."""
        paid = select(DemoSession.id).where(DemoSession.pays_at <= clock.now())
        disputed = self.world.some(paid, DISPUTES)
        if disputed is not None:
            self.world.act(
                "dispute", lambda: demo_books.complain(_session(disputed), now=clock.now())
            )
        decided = select(DemoDispute.id).where(
            DemoDispute.state.in_(OPEN), DemoDispute.opened_at < clock.now() - DECIDED_AFTER
        )
        dispute_id, won = self.world.some(decided, DECIDES), self.world.happens(0.5)
        if dispute_id is not None:
            self.world.act(
                "decide a dispute",
                lambda: demo_books.decide(
                    db.session.get_one(DemoDispute, dispute_id), won=won, now=clock.now()
                ),
            )
        elsewhere = self.world.some(paid, ELSEWHERE)
        if elsewhere is not None:
            self.world.act("refund elsewhere", lambda: _refund_there(str(elsewhere)))

    def _send_back_a_refund(self) -> None:
        """Let the newest refund by card come back from a closed card."""
        newest = select(Refund).where(
            Refund.state == RefundState.SUCCEEDED, Refund.gateway_id.is_not(None)
        )
        refund = db.session.scalars(newest.order_by(Refund.id.desc())).first()
        if refund is None:
            return
        key, session_id = f"refund:{refund.public_id}", str(refund.payment.session_id)
        db.session.rollback()
        self.world.act(
            "refund comes back",
            lambda: demo_books.fail_refund(_session(session_id), key=key, now=clock.now()),
        )


def _session(session_id: object) -> DemoSession:
    return demo_gateway.found(str(session_id), locked=True)


def _refund_there(session_id: str) -> None:
    row = _session(session_id)
    left = demo_books.left_pence(row)
    if not left:
        raise gateway.GatewayRefused("nothing is left")
    demo_books.give_back(row, key=f"office:{len(row.refunds)}", pence=left, now=clock.now())
