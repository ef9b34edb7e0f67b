"""Everything about an event as questions and answers, for the page before publication."""

from booking.days.events import labels, words
from booking.days.events.details import DEADLINES
from booking.days.events.models import Event, Sharing
from booking.domain import charging, money, terms

Row = tuple[str, str]
DAYS = ("reply_days", "offer_days")


def sections(event: Event) -> list[tuple[str, list[Row]]]:
    """Return the sections of the check-your-answers page."""
    return [
        ("What it is", _what(event)),
        ("When and where", _when(event)),
        ("Places", _places(event)),
        ("Money", _money(event)),
    ]


def _what(event: Event) -> list[Row]:
    names = ("title", "theme", "concept", "intended_impact", "led_by")
    return [
        (labels.of("host_school_id"), event.host_school.name),
        *((labels.of(name), getattr(event, name)) for name in names),
        (labels.of("years"), words.years(event)),
    ]


def _when(event: Event) -> list[Row]:
    where = ", ".join(filter(None, (event.venue, event.venue_address)))
    contact = " ".join(filter(None, (event.contact_name, event.contact_phone)))
    return [
        *_dates(event),
        (labels.of("venue"), where),
        (labels.of("contact_name"), contact),
        (labels.of("practicalities"), event.practicalities),
    ]


def _dates(event: Event) -> list[Row]:
    label, dates = labels.of("dates"), words.dates(event)
    if len(dates) == 1:
        return [(label, dates[0])]
    return [(f"{label} ({n} of {len(dates)})", date) for n, date in enumerate(dates, start=1)]


def _places(event: Event) -> list[Row]:
    rows = [
        (labels.of("places"), "" if "places" in event.drafted else f"{event.places:,}"),
        (labels.of("sharing"), words.SHARING_NAMES[event.sharing]),
    ]
    if event.host_places:
        rows.append((labels.of("host_places"), f"{event.host_places:,}"))
    if event.sharing is not Sharing.FIRST_COME:
        rows.append((labels.of("basis"), words.BASIS_NAMES[event.basis]))
        rows.append((labels.of("guarantee"), f"{event.guarantee:,}"))
    cap = event.cap_per_school
    rows.append((labels.of("cap_per_school"), "No limit" if cap is None else f"{cap:,}"))
    least = event.min_pupils
    rows.append((labels.of("min_pupils"), "None" if least is None else f"{least:,}"))
    for name in (*DEADLINES, "decide_at"):
        if (at := getattr(event, name)) is not None:
            rows.append((labels.of(name), terms.deadline_text(at)))
    return [*rows, *((labels.of(name), f"{getattr(event, name)}") for name in DAYS)]


def _money(event: Event) -> list[Row]:
    rows = [(labels.of("fee_kind"), charging.NAMES[event.fee_kind])]
    if event.fee_pence:
        rows.append((labels.of("fee_pence"), money.pounds(event.fee_pence)))
        rows.append((labels.of("fee_parts"), words.breakdown_sentence(event)))
    if event.cost_lines:
        budget = labels.of("cost_lines")
        rows += [(f"{budget}: {line.label}", money.pounds(line.pence)) for line in event.cost_lines]
        rows.append(("The event's cost", words.cost_sentence(event)))
    return rows
