"""The columns of a roster: the only table from which page, CSV, XLSX and PDF are all made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from booking.foundation import contacts
from booking.on_the_day.rosters.pages.choice import ADULTS
from booking.on_the_day.rosters.pages.extras import Extra
from booking.on_the_day.rosters.pages.rows import USUAL_WAY_HOME, Adult, RosterRow


@dataclass(frozen=True)
class Column:
    """One column: its heading, its content and its width in characters."""

    heading: str
    cell: Callable[[RosterRow], str]
    width: int
    #: The same for all pupils from one school: a column in files, beside the school on pages.
    of_school: bool = False
    #: Shown only while this part of the roster is open; "" means always.
    part: str = ""
    #: Whether a cell says by itself what it is about, so that a card needs no label beside it.
    says_itself: bool = False
    #: What most cells say: it is said once for all where there is little room.
    usual: str = ""


NEEDS, HEALTH = "needs", "health"
#: A column that is there only while a parent has not answered a second question.
CONSENT = "consent"
PUPIL, ALERT, EMERGENCY = "Pupil", "Life-safety alert", "School’s emergency number"
#: What says which pupil it is.
WHO = frozenset({"School", PUPIL, "Year group"})


def adults_text(adults: Sequence[Adult]) -> str:
    """Return the adults in one cell: "Sam Lane 07700 900123; Jo Ray …"."""
    return "; ".join(f"{adult.name} {contacts.readable_phone(adult.mobile)}" for adult in adults)


COLUMNS = (
    Column("School", lambda row: row.school, 22, of_school=True, says_itself=True),
    Column(PUPIL, lambda row: row.name, 22),
    Column("Year group", lambda row: row.year_group, 9, says_itself=True),
    Column("Consent", lambda row: row.consent, 14, part=CONSENT),
    Column(ALERT, lambda row: row.health, 34, part=HEALTH, says_itself=True),
    Column("Food", lambda row: row.diet, 16, part=NEEDS),
    Column("Access", lambda row: row.access, 20, part=NEEDS),
    Column("Photos", lambda row: row.photo, 18, says_itself=True),
    Column("Way home", lambda row: row.collection, 20, says_itself=True, usual=USUAL_WAY_HOME),
    Column(ADULTS, lambda row: adults_text(row.adults), 22, of_school=True),
    Column(
        EMERGENCY,
        lambda row: contacts.readable_phone(row.emergency_phone),
        15,
        of_school=True,
    ),
)


def open_to(parts: frozenset[str], extras: Sequence[Extra]) -> list[Column]:
    """Return the columns that a reader may see now, the event's own before the adults.

    Closed ones are left out: an empty cell would mean "none".
    """
    shown = [column for column in COLUMNS if not column.part or column.part in parts]
    before = next(place for place, column in enumerate(shown) if column.heading == ADULTS)
    return [*shown[:before], *_added(extras), *shown[before:]]


def of_answers(extras: Sequence[Extra]) -> list[Column]:
    """Return the columns of the list of what was answered to the host: who, and what."""
    return [*(column for column in COLUMNS if column.heading in WHO), *_added(extras)]


def _added(extras: Sequence[Extra]) -> list[Column]:
    return list(map(_column_of, range(len(extras)), extras))


def _column_of(place: int, extra: Extra) -> Column:
    return Column(extra.heading, lambda row: row.more[place], extra.width)
