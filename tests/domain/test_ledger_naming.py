"""What entries are called: what happened, for which event and school, and nothing of a machine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.charging import FeeKind
from booking.domain.ledger import EntryKind, naming

EVENT, SCHOOL = "Fossil hunt", "Tindlebrook Primary School"
#: Kinds that a person describes.
TYPED = (
    *(EntryKind.EVENT_COST, EntryKind.ADMIN_COST, EntryKind.SPEAKER, EntryKind.SUBSIDY),
    EntryKind.GRANT,
)
names = st.text(st.characters(categories=("L", "N", "Zs", "Pd")), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("kind", "description", "fee_kind", "title"),
    [
        (
            EntryKind.PAYMENT,
            "Payment",
            FeeKind.VOLUNTARY_CONTRIBUTION,
            "Contribution, Fossil hunt, Tindlebrook Primary School",
        ),
        (
            EntryKind.PAYMENT,
            "Payment, explained",
            FeeKind.CHARGE,
            "Charge, Fossil hunt, Tindlebrook Primary School",
        ),
        (
            EntryKind.SCHOOL_INVOICE_PAID,
            "Invoice paid by a school",
            FeeKind.PAID_BY_SCHOOL,
            "Invoice paid, Fossil hunt, Tindlebrook Primary School",
        ),
        (
            EntryKind.REVERSAL,
            "Reversal: Payment",
            FeeKind.CHARGE,
            "Reversal: Charge, Fossil hunt, Tindlebrook Primary School",
        ),
        (
            EntryKind.REVERSAL,
            "Reversal: Coach, one way",
            FeeKind.CHARGE,
            "Reversal: Coach, one way, Fossil hunt, Tindlebrook Primary School",
        ),
        (
            EntryKind.SPEAKER,
            "Speaker for the Fossil Hunt",
            FeeKind.FREE,
            "Speaker for the Fossil Hunt, Tindlebrook Primary School",
        ),
    ],
)
def test_title_says_what_happened_where_and_for_whom(kind, description, fee_kind, title):
    found = naming.title(kind, description, fee_kind=fee_kind, event=EVENT, school=SCHOOL)

    assert found == title


def test_surplus_is_named_by_its_event():
    found = naming.title(EntryKind.EVENT_CLOSED, "Surplus of an event", event=EVENT)

    assert found == "Surplus, Fossil hunt"


def test_what_belongs_to_no_event_or_school_is_named_by_its_description():
    assert naming.title(EntryKind.GRANT, "Aldermere Rotary Club") == "Aldermere Rotary Club"


@given(st.sampled_from(EntryKind), names, st.sampled_from(FeeKind), names, names)
def test_every_title_names_its_event_and_its_school(kind, description, fee_kind, event, school):
    title = naming.title(kind, description, fee_kind=fee_kind, event=event, school=school)

    assert event.casefold() in title.casefold()
    assert school.casefold() in title.casefold()


@given(st.sampled_from(TYPED), names)
def test_no_typed_description_is_lost(kind, description):
    assert description in naming.title(kind, description)
