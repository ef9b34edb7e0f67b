"""Mail about disputes, to the pupil's school and the treasurer and nobody else."""

from datetime import datetime

from booking.domain.permissions import Role
from booking.domain.processor_states import DisputeState
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.checkout import locks as checkout_locks
from booking.money.payments.models import Dispute
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

OUTCOMES = {
    DisputeState.WON: "The cardholder’s bank decided for the network, and the money is back.",
    DisputeState.LOST: "The cardholder’s bank decided for the cardholder, who keeps the money.",
    DisputeState.CLOSED: "The cardholder’s bank closed its inquiry. No money was taken.",
}


def opened(held: checkout_locks.HeldPayment, row: Dispute, *, now: datetime) -> None:
    """Tell them that a payment is disputed, and how long there is to give evidence."""
    _send(held, row, template="dispute_opened", now=now)


def closed(held: checkout_locks.HeldPayment, row: Dispute, *, now: datetime) -> None:
    """Tell them how the cardholder's bank decided."""
    _send(held, row, template="dispute_closed", now=now)


def _send(held: checkout_locks.HeldPayment, row: Dispute, *, template: str, now: datetime) -> None:
    """Write to the school, and to the treasurer, each of whom the other answers."""
    first = held.lines[0].booking
    of_school = absolute_url(addresses.BOOKING_MONEY(public_id=first.public_id))
    of_fund = absolute_url(addresses.FUND_DISPUTES())
    coordinators = school_queries.coordinators(held.school_id)
    treasurers = school_queries.people_with(Role.TREASURER)
    for readers, url, others in (
        (coordinators, of_school, treasurers),
        (treasurers, of_fund, coordinators),
    ):
        for person in readers:
            reply_to = school_queries.mailbox_of(others)
            _write(person, held, row, url, reply_to, template=template, now=now)


def _write(
    person: Person,
    held: checkout_locks.HeldPayment,
    row: Dispute,
    url: str,
    reply_to: str,
    *,
    template: str,
    now: datetime,
) -> None:
    notifications.queue(
        key=f"{template}:{row.id}:{row.state.value}:{person.id}",
        to=person.email,
        template=template,
        now=now,
        keep_until=row.evidence_due_at,
        reply_to=reply_to,
        name=person.name,
        titles=[each.event.title for each in held.lines],
        amount_pence=row.amount_pence,
        reference=held.payment.public_id,
        processor_reference=row.gateway_id,
        why=row.reason.replace("_", " "),
        due_at=row.evidence_due_at,
        outcome=OUTCOMES.get(row.state, ""),
        action_url=url,
        action_label="See the payment",
    )
