"""How acts of families and about their fees are told in a history: never what they answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from booking.days.places import history as place_history
from booking.foundation.audit.details import (
    ActWords,
    Named,
    Namer,
    Related,
    Topic,
    act,
)
from booking.money.checkout.models import Consent, Funding, Needs, Objection

_ANSWERS, _CONSENT, _FEE, _PARKED = "Answers of families", "Consent", "Fees", "Money to explain"
_LETTERS = "Letters on paper"
_STATUS = {
    "requested": "asked for",
    "promised": "promised",
    "received": "received",
    "partly": "received in part",
    "declined_no_reason_asked": "not this time",
    "remitted": "let off by the school",
    "school_paid": "paid by the school",
    "refunded": "refunded",
}
_PAGES = {
    "needs": "what the adults need to know",
    "diet note": "what the kitchen needs to know",
    "day": "photographs, getting home and whom to ring",
}


def _from_to(facts: Mapping[str, Any]) -> Mapping[str, str]:
    return {name: _STATUS.get(facts.get(name, ""), "") for name in ("before", "after")}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about replies and fees are told."""
    told = {name: act(*words, topic=Topic.FAMILY) for name, words in _SENTENCES.items()}
    told["tell_needs"] = act(
        _ANSWERS,
        "answered about {subject}{subject.more}: {about}",
        "answered the questions about {subject}{subject.more}",
        topic=Topic.FAMILY,
        parts=lambda facts: {"about": _PAGES.get(facts.get("page", ""), "")},
    )
    told["print_letters"] = act(
        _LETTERS, "printed {letters:letter} for families that have not answered{subject.more}"
    )
    told["print_letter"] = act(
        _LETTERS, "printed the letter for the family of {subject}{subject.more}"
    )
    told["open_letter"] = act(
        _LETTERS,
        "opened the private page of {subject}’s place by the code in a letter{subject.more}",
    )
    told["change_funding"] = act(
        _FEE,
        "moved the fee of {subject}{subject.more} from “{before}” to “{after}”",
        "changed how the fee of {subject} stands{subject.more}",
        topic=Topic.FUNDING,
        parts=_from_to,
    )
    told["remind_of_contribution"] = act(
        _FEE, "reminded the family of {subject}{subject.more}", topic=Topic.FUNDING
    )
    told["find_problem"] = act(
        _PARKED, "set {amount_pence} aside to be explained", topic=Topic.MONEY
    )
    return told


_SENTENCES = {
    "give_consent": (_CONSENT, "agreed that {booking} comes{booking.more}"),
    "refuse_consent": (_CONSENT, "did not agree that {booking} comes{booking.more}"),
    "ask_consent_again": (
        _CONSENT,
        "asked the family of {subject} again, because the event has changed{subject.more}",
    ),
    "consent_stands_again": (_CONSENT, "let the consent for {subject} stand{subject.more}"),
    "object": (_ANSWERS, "did not agree with what became of the place of {booking}{booking.more}"),
    "take_place_again": (_ANSWERS, "took the place of {booking} back{booking.more}"),
    "settle_objection": (_ANSWERS, "settled the disagreement about a place"),
    "ask_school": (_ANSWERS, "asked the school about {booking}{booking.more}"),
    "settle_family_question": (_ANSWERS, "settled what a parent had asked about {booking}"),
}


def namers() -> Sequence[Namer]:
    """Return how replies and fees are named: by their bookings."""
    return (
        Namer(("needs", "funding"), place_history.named, Named("a pupil")),
        place_history.named_by_booking(Objection),
    )


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add replies and fees to the history of a place, and of its pupil and its event."""
    places = place_history.bookings_of(table, row_id)
    if places is None:
        return None
    return (
        Related("needs", select(Needs.booking_id).where(Needs.booking_id.in_(places))),
        Related("funding", select(Funding.booking_id).where(Funding.booking_id.in_(places))),
        Related("consents", select(Consent.id).where(Consent.booking_id.in_(places))),
        Related("objections", select(Objection.id).where(Objection.booking_id.in_(places))),
    )
