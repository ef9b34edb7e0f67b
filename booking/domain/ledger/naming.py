"""What an entry is called, for people: what happened, for which event and school.

The ledger keeps its own short description for ever; people read "Contribution, Fossil hunt,
Tindlebrook Primary School", and no slug or key.
"""

from booking.domain.charging import FeeKind
from booking.domain.ledger.entries import EntryKind

#: What a family's payment is called, by what was asked for.
PAYMENT_WORDS = {
    FeeKind.FREE: "Contribution",
    FeeKind.VOLUNTARY_CONTRIBUTION: "Contribution",
    FeeKind.CHARGE: "Charge",
    FeeKind.PAID_BY_SCHOOL: "Payment",
}
#: What these kinds are called once their event and school are named beside them.
SHORT_WORDS = {
    EntryKind.SCHOOL_INVOICE: "Invoice",
    EntryKind.SCHOOL_INVOICE_PAID: "Invoice paid",
}
#: The descriptions of entries that nobody words, for their reversals, which have no other kind.
KINDS = {
    "Payment": EntryKind.PAYMENT,
    "Payment, explained": EntryKind.PAYMENT,
    "Invoice to a school": EntryKind.SCHOOL_INVOICE,
    "Invoice paid by a school": EntryKind.SCHOOL_INVOICE_PAID,
    "Surplus of an event": EntryKind.EVENT_CLOSED,
    "Deficit of an event": EntryKind.EVENT_CLOSED,
}
REVERSED = "Reversal: "


def title(
    kind: EntryKind,
    description: str,
    *,
    fee_kind: FeeKind | None = None,
    event: str = "",
    school: str = "",
) -> str:
    """Return what happened, then the event's title and the school's name, if it has them.

    What the description says already is not said twice.
    """
    happened = _happened(kind, description, fee_kind)
    named = [happened]
    for name in (event, school):
        if name and name.casefold() not in happened.casefold():
            named.append(name)
    return ", ".join(named)


def _happened(kind: EntryKind, description: str, fee_kind: FeeKind | None) -> str:
    if kind is EntryKind.REVERSAL:
        undone = description.removeprefix(REVERSED)
        of_kind = KINDS.get(undone)
        return REVERSED + (undone if of_kind is None else _happened(of_kind, undone, fee_kind))
    if kind is EntryKind.PAYMENT:
        return description if fee_kind is None else PAYMENT_WORDS[fee_kind]
    if kind is EntryKind.EVENT_CLOSED:
        return description.removesuffix(" of an event")
    return SHORT_WORDS.get(kind, description)
