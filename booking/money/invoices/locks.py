"""Lock an invoice before counting money against it or cancelling it."""

from sqlalchemy import select

from booking.foundation.db import db
from booking.money.invoices.models import Invoice


def invoice(invoice_id: int) -> Invoice:
    """Return an invoice as it is now, locked until the transaction ends."""
    return db.session.scalars(
        select(Invoice)
        .where(Invoice.id == invoice_id)
        .with_for_update(of=Invoice)
        .execution_options(populate_existing=True)
    ).one()
