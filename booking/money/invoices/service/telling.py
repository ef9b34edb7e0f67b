"""Write to a school about one of its invoices."""

from datetime import datetime
from typing import Any

from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.invoices import words
from booking.money.invoices.models import Invoice
from booking.people.schools import queries as school_queries


def tell(
    invoice: Invoice, *, template: str, key: str, now: datetime, keep_until: datetime, **facts: Any
) -> int:
    """Write to the school's coordinators, whom the treasurer answers; return how many they are."""
    people = school_queries.coordinators(invoice.school_id)
    for person in people:
        notifications.queue(
            key=f"{key}:{person.id}",
            to=person.email,
            template=template,
            now=now,
            reply_to=school_queries.treasurer(),
            keep_until=keep_until,
            name=person.name,
            number=words.number_of(invoice),
            what=words.subject_of(invoice),
            due_on=invoice.due_on,
            reference=words.reference_of(invoice),
            action_url=absolute_url(addresses.INVOICE(public_id=invoice.public_id)),
            action_label="See the invoice",
            **facts,
        )
    return len(people)
