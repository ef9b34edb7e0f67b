"""What checkout adds to pages about an event: totals, never one family's, and a preview."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from booking.days.events.models import Event
from booking.days.events.ports import Consequence, Preview
from booking.days.questions import forms as question_forms
from booking.days.questions import queries as question_queries
from booking.domain import charging, english, money, terms
from booking.domain.payment_states import FundingStatus
from booking.domain.permissions import Actor
from booking.money.checkout import forms, pages, service
from booking.money.checkout.queries import replies
from booking.money.payments import service as payments
from booking.people.schools import queries as school_queries

Row = tuple[str, str]
_RECEIVED = (FundingStatus.RECEIVED, FundingStatus.PARTLY)
NOT_SHOWN = "Not shown, so that no family can be picked out"


def of_event(event: Event) -> list[Row]:
    """Return how many families were asked, how many gave, and what was remitted.

    Nobody can work out a group of fewer than five from it: see `shown_counts`.
    """
    if not charging.asks_parent(event.fee_kind):
        return []
    standings = replies.standings(event.id)
    remitted, remitted_pence = standings.get(FundingStatus.REMITTED, (0, 0))
    shown = charging.shown_counts(
        asked=sum(count for count, _ in standings.values()),
        received=sum(standings.get(status, (0, 0))[0] for status in _RECEIVED),
        remitted=remitted,
    )
    rows = [("Asked", _families(shown.asked)), ("Received from", _families(shown.received))]
    if charging.may_block_place(event.fee_kind):
        words = _families(shown.remitted)
        in_all = f", {money.pounds(remitted_pence)} in total" if shown.remitted else ""
        rows.append(("Remitted", words + in_all))
    return rows


def if_cancelled(event: Event, *, actor: Actor) -> Consequence | None:
    """Return how much money would go back, and whose mail would say so.

    Of a contribution that fewer than five families gave, not how much: who runs the event knows the
    pupils, and nobody may work out who gave.
    """
    if not charging.asks_parent(event.fee_kind):
        return None
    held = [row for row in replies.held_lines_of_event(event.id) if payments.left_of_line(row[0])]
    families = len({booking.id for _, booking in held})
    pence = sum(payments.left_of_line(line) for line, _ in held)
    said = f"{money.pounds(pence)}, to {_families(families)}" if held else "None"
    if charging.is_small(families) and not charging.may_block_place(event.fee_kind):
        said = NOT_SHOWN
    asked = (line.id for line, booking in held if service.chooser(line.payment, booking))
    return Consequence(
        (("Money given back", said),), frozenset(f"refund_choice:{line_id}" for line_id in asked)
    )


def _families(count: int | None) -> str:
    if count is None:
        return NOT_SHOWN
    return english.plural(count, "family") if count else "no family"


def preview(event: Event, *, now: datetime) -> Preview:
    """Return the invitation that a parent will open, for a pupil whom nobody has.

    It is dated as if the pupil were named on the last day.
    """
    named_at = max(now, event.naming_close_at or now)
    reply_by_at = terms.add_school_days(school_queries.calendar(None), named_at, event.reply_days)
    booking: Any = SimpleNamespace(
        id=0,
        event=event,
        event_id=event.id,
        pupil=SimpleNamespace(forename="Sam"),
        school=SimpleNamespace(name="Your child’s school", office_phone=""),
        reply_by_at=reply_by_at,
    )
    link: Any = SimpleNamespace(parent=SimpleNamespace(id=0, name="", phone=""))
    reply: Any = None
    asked = question_queries.of_event(event.id, *question_queries.OF_PUPILS)
    form: Any = question_forms.for_family(forms.ReplyForm, asked, {}, 0).filled(
        given_by="Sam’s parent", emergency_name="Sam’s parent", emergency_phone="01632 960000"
    )
    facts = {
        "visit": pages.Visit("preview", link, booking, reply, pages.FirstPage.INVITED),
        "form": form,
        "asked_by": "",
        "words": service.consent_words(booking).sentences,
        "read": "",
        "day_words": form.day_words,
        "others_answered": False,
    }
    return Preview("parents", "Parents", "money/parent/invitation.html", facts)
