"""Events that schools pay for, and their invoices."""

from datetime import datetime, timedelta

from booking import settings
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain import payee
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.ledger import accounts
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.invoices import service as invoices
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from tests.builders import events, places
from tests.builders.rewritten import rewritten

PAYEE = payee.of_settings(settings.PRETEND_PAYEE)
PARTS = (FeePart("speaker", 450, Fund.EVENTS), FeePart("CPD fund", 150, Fund.CPD))


@rewritten
def make_event(pupils: dict[School, int], *, days: int = -1, **facts: object) -> Event:
    """Return an event, `days` from today, for which schools pay £6.00 for each of these pupils."""
    now = clock.now()
    event = events.make_event(
        now=now - timedelta(days=90),
        dates=[events.one_date(now + timedelta(days=days))],
        places=max(12, sum(pupils.values())),
        fee_kind=FeeKind.PAID_BY_SCHOOL,
        fee_pence=600,
        fee_parts=PARTS,
        **facts,
    )
    for school, count in pupils.items():
        for _ in range(count):
            add(event, school, BookingState.CONFIRMED)
    return event


@rewritten
def add(
    event: Event,
    school: School,
    state: BookingState,
    *,
    pupil: Pupil | None = None,
    now: datetime | None = None,
) -> Booking:
    """Return a booking of the event, made two months ago."""
    now = now or clock.now() - timedelta(days=60)
    return places.make_booking(event=event, school=school, state=state, pupil=pupil, now=now)


@rewritten
def raise_for(event: Event) -> list[Invoice]:
    """Bill the schools of an event."""
    with transaction():
        return invoices.raise_invoices(actor=COMMAND, now=clock.now(), event=event, to=PAYEE)


@rewritten
def pay(invoice: Invoice, pence: int) -> InvoicePayment:
    """Record that a school paid some of an invoice by bank transfer today."""
    with transaction():
        return invoices.record_payment(
            actor=COMMAND,
            now=clock.now(),
            invoice=invoice,
            pence=pence,
            account=accounts.BANK,
            paid_on=clock.today(),
        )
