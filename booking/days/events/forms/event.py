"""The form for an event, in the sections in which it is written."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from booking.days.events import labels, words
from booking.days.events.details import COLUMNS, DEADLINES, EventDetails
from booking.days.events.forms import unread
from booking.days.events.forms.rows import (
    CostRow,
    DateRow,
    DeadlineField,
    FeePartRow,
    LinesField,
    Wanted,
)
from booking.days.events.forms.ticks import TicksField
from booking.days.events.models import Event, Sharing
from booking.domain.allocation.claims import Basis
from booking.domain.charging import NAMES as FEE_NAMES
from booking.domain.charging import FeeKind
from booking.domain.problems import Problem
from booking.foundation.web.forms import Depends, Form, MoneyField, WholeNumber, YearGroupField
from booking.people.schools.models import School

ROW_LISTS = ("dates", "fee_parts", "cost_lines")
BASES = (Basis.EQUAL_SHARES, Basis.BY_ROLL, Basis.SEASON)
#: Numbers that may be left empty.
OR_NONE = ("cap_per_school", "min_pupils")
#: What can no longer be changed once an event is published.
FIXED = ("host_school_id", "host_places", "sharing", "basis", "guarantee", "cap_per_school")


def _text(label: str, *validators: Any, most: int = 200) -> StringField:
    too_long = f"Shorten this to {most} characters."
    return StringField(label, [*validators, Length(max=most, message=too_long)])


class EventForm(Form):
    """Everything that a host writes about an event."""

    #: Whether it is of a draft, which keeps what cannot be read, and that.
    of_draft = False
    unread: Mapping[str, Any] = MappingProxyType({})

    host_school_id = SelectField(labels.of("host_school_id"), [Wanted()], coerce=int)
    title = _text(labels.of("title"), InputRequired("Enter a title."), most=120)
    theme = SelectField(labels.of("theme"), [Depends()], default="", validate_choice=False)
    concept = LinesField(labels.of("concept"), [Wanted()])
    intended_impact = LinesField(labels.of("intended_impact"))
    led_by = _text(labels.of("led_by"), Wanted())
    low_year = YearGroupField(labels.of("low_year"), validators=[Wanted()], default=5)
    high_year = YearGroupField(labels.of("high_year"), validators=[Wanted()], default=6)

    dates = FieldList(
        FormField(DateRow, "Date"), label=labels.of("dates"), min_entries=1, max_entries=30
    )
    venue = _text(labels.of("venue"), Wanted())
    venue_address = LinesField(labels.of("venue_address"), render_kw={"rows": 3})
    practicalities = LinesField(labels.of("practicalities"))
    contact_name = _text(labels.of("contact_name"))
    contact_phone = _text(labels.of("contact_phone"), most=40)

    places = WholeNumber(labels.of("places"), [Wanted()])
    host_places = WholeNumber(labels.of("host_places"), default=0)
    sharing = RadioField(
        labels.of("sharing"),
        [Wanted()],
        choices=words.SHARING_NAMES,
        default=Sharing.FAIR_ROUND,
        coerce=Sharing,
    )
    basis = RadioField(
        labels.of("basis"),
        [Wanted()],
        choices={basis: words.BASIS_NAMES[basis] for basis in BASES},
        default=Basis.EQUAL_SHARES,
        coerce=Basis,
    )
    guarantee = WholeNumber(labels.of("guarantee"), [Wanted()], default=0)
    cap_per_school = WholeNumber(labels.of("cap_per_school"))
    requests_close_at = DeadlineField(labels.of("requests_close_at"))
    release_at = DeadlineField(labels.of("release_at"))
    naming_close_at = DeadlineField(labels.of("naming_close_at"))
    reply_days = WholeNumber(labels.of("reply_days"), [Wanted()], default=5)
    offer_days = WholeNumber(labels.of("offer_days"), [Wanted()], default=2)

    min_pupils = WholeNumber(labels.of("min_pupils"))
    decide_at = DeadlineField(labels.of("decide_at"))

    fee_kind = RadioField(
        labels.of("fee_kind"), [Wanted()], choices=FEE_NAMES, default=FeeKind.FREE, coerce=FeeKind
    )
    fee_pence = MoneyField(labels.of("fee_pence"), validators=[Depends()])
    fee_parts = FieldList(
        FormField(FeePartRow, "Fee part"), label=labels.of("fee_parts"), min_entries=3
    )
    cost_lines = FieldList(FormField(CostRow, "Cost"), label=labels.of("cost_lines"), min_entries=3)
    fee_reason = LinesField(labels.of("fee_reason"), render_kw={"rows": 3})
    ticked = TicksField()

    @classmethod
    def so_far(cls, asked: MultiDict[str, str]) -> "EventForm":
        """Return a form as typed so far, from an address: it is only read, and saves nothing."""
        return cls(formdata=asked, meta={"csrf": False})

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; what cannot be read of a draft is kept, and no mistake."""
        valid = super().validate(extra_validators)
        if valid or not self.of_draft:
            return valid
        self.unread = unread.take(self)
        return bool(self.unread) and not self.errors

    def offer_hosts(self, schools: Iterable[School]) -> None:
        """Let the person choose between these schools."""
        self.host_school_id.choices = {school.id: school.name for school in schools}

    def fix_what_is_published(self) -> None:
        """Remove the fields that cannot change once an event is published."""
        for name in FIXED:
            del self[name]

    def add_row(self, name: str) -> bool:
        """Add an empty row to one of the lists, keeping everything typed; return whether it did."""
        if name not in ROW_LISTS:
            return False
        rows = self[name]
        if len(rows.entries) < (rows.max_entries or 30):
            rows.append_entry()
        return True

    def facts(self, event: Event | None = None) -> dict[str, Any]:
        """Return what stands in each field, and the stored event's where a field is not asked."""
        names = (*COLUMNS, *ROW_LISTS)
        return {n: self[n].data if n in self else getattr(event, n, None) for n in names}

    def details(self, event: Event | None = None) -> EventDetails:
        """Return what was typed; what the form no longer asks for comes from `event`."""
        names = [n for n in self._fields if n not in (*ROW_LISTS, "ticked", "csrf_token")]
        facts = {name: self._value(name) for name in names}
        if event is not None:
            facts |= {name: getattr(event, name) for name in FIXED if name not in self}
        return EventDetails(
            dates=tuple(row.form.details() for row in self._rows("dates")),
            fee_parts=tuple(row.form.details() for row in self._rows("fee_parts")),
            cost_lines=tuple(row.form.details() for row in self._rows("cost_lines")),
            unread=dict(self.unread),
            **facts,
        )

    def outline(self, event: Event | None = None) -> EventDetails | None:
        """Return what deadlines follow from, as far as it can be read; None without a date."""
        facts = self.facts(event)
        dates = [row.form.outline() for row in self.dates.entries if row.form.on.data]
        if not dates or facts["host_school_id"] not in _hosts(self, event):
            return None
        names = ("host_school_id", "sharing", "reply_days", *DEADLINES, "min_pupils", "decide_at")
        return EventDetails(
            title="",
            low_year=0,
            high_year=0,
            places=0,
            dates=tuple(dates),
            **{name: facts[name] for name in names if facts[name] is not None},
        )

    def _value(self, name: str) -> Any:
        value = self[name].data
        if value is not None:
            return value
        if isinstance(self[name], WholeNumber | MoneyField) and name not in OR_NONE:
            return self[name].default or 0
        return "" if isinstance(self[name], StringField) else None

    def _rows(self, name: str) -> list[Any]:
        return [row for row in self[name].entries if not (row.form.is_empty or row.form.is_unread)]

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show each problem beside its field and row."""
        for problem in problems:
            self._show(problem)

    def _show(self, problem: Problem) -> None:
        name, _, inner = problem.field.partition(".")
        if problem.row is None or name not in ROW_LISTS:
            self.refuse(problem.words, field=name)
            return
        field = self._rows(name)[problem.row].form[inner]
        field.errors = (*field.errors, problem.words)


def _hosts(form: EventForm, event: Event | None) -> Collection[int]:
    if "host_school_id" in form:
        return form.host_school_id.choices or ()
    return [event.host_school_id] if event is not None else ()


def offer_themes(form: EventForm, names: Iterable[str]) -> None:
    """Let the person choose one of these themes, or none; the service checks the choice."""
    form.theme.choices = {"": "No theme yet", **{name: name for name in names}}


def filled(event: Event) -> dict[str, Any]:
    """Return a stored event as the form's first values, with an empty row after each list."""
    dates = [
        {
            "on": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "ends_on": ends.date() if ends.date() != starts.date() else None,
            "venue": date.venue,
            "venue_address": date.venue_address,
        }
        for date, (starts, ends) in ((date, words.local_span(date)) for date in event.dates)
    ]
    parts = [{"label": p.label, "pence": p.pence, "fund": p.fund} for p in event.fee_parts]
    costs = [{"label": line.label, "pence": line.pence} for line in event.cost_lines]
    kept = event.drafted.get("unread", {})
    return {
        name: [*rows, *unread.rows(kept, name), {}]
        for name, rows in (("dates", dates), ("fee_parts", parts), ("cost_lines", costs))
    }


def put_back(form: EventForm, event: Event) -> None:
    """Show what a draft holds that could not be read, after the rows that could."""
    finished = {name: len(getattr(event, name)) for name in ROW_LISTS}
    unread.put_back(form, event.drafted.get("unread", {}), finished)
