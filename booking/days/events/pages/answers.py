"""Everything about an event as questions and answers, for the page before publication."""

from booking.days.events import words
from booking.days.events.models import Event, Sharing
from booking.domain import charging, money, terms

Row = tuple[str, str]


def sections(event: Event) -> list[tuple[str, list[Row]]]:
    """Return the sections of the check-your-answers page."""
    return [
        ("What it is", _what(event)),
        ("When and where", _when(event)),
        ("Places", _places(event)),
        ("Money", _money(event)),
    ]


def _what(event: Event) -> list[Row]:
    return [
        ("Hosted by", event.host_school.name),
        ("Title", event.title),
        ("Theme", event.theme),
        ("What pupils will do", event.concept),
        ("Intended impact", event.intended_impact),
        ("Led by", event.led_by),
        ("For", words.years(event)),
    ]


def _when(event: Event) -> list[Row]:
    dates = words.dates(event)
    label = "Date {n} of {all}" if len(dates) > 1 else "Date"
    return [
        *((label.format(n=n, all=len(dates)), text) for n, text in enumerate(dates, start=1)),
        ("Venue", ", ".join(filter(None, (event.venue, event.venue_address)))),
        ("Contact on the day", " ".join(filter(None, (event.contact_name, event.contact_phone)))),
        ("Good to know", event.practicalities),
    ]


def _places(event: Event) -> list[Row]:
    rows = [
        ("Places", f"{event.places:,}"),
        ("How they are shared", words.SHARING_NAMES[event.sharing]),
    ]
    if event.host_places:
        rows.append(("Kept for the host’s own school", f"{event.host_places:,}"))
    if event.sharing is not Sharing.FIRST_COME:
        rows.append(("Whose turn it is", words.BASIS_NAMES[event.basis]))
        rows.append(("Guaranteed to each school", f"{event.guarantee:,}"))
    cap = event.cap_per_school
    rows.append(("Most places for one school", "No limit" if cap is None else f"{cap:,}"))
    deadlines = [
        ("Requests close", event.requests_close_at),
        ("Unclaimed places are released", event.release_at),
        ("Naming closes", event.naming_close_at),
    ]
    rows += [(label, terms.deadline_text(at)) for label, at in deadlines if at is not None]
    return [
        *rows,
        ("A parent answers within", f"{event.reply_days} school days"),
        ("A school takes up an offer within", f"{event.offer_days} school days"),
    ]


def _money(event: Event) -> list[Row]:
    rows = [("What is asked", charging.NAMES[event.fee_kind])]
    if event.fee_pence:
        rows.append(("For each place", money.pounds(event.fee_pence)))
        rows.append(("Where it goes", words.breakdown_sentence(event)))
    if event.cost_lines:
        rows += [(f"Budget: {line.label}", money.pounds(line.pence)) for line in event.cost_lines]
        rows.append(("The event's cost", words.cost_sentence(event)))
    return rows
