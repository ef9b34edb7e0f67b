"""The sheet where a school enters wishes: some of its pupils, and the events of a plan."""

from functools import cached_property
from typing import Any

from flask import request, url_for

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.seasons import forms, locks, queries
from booking.days.seasons.models import SeasonPlan
from booking.domain import year_groups
from booking.foundation.web import paging
from booking.foundation.web.forms import Form, editing
from booking.people.pupils import locks as pupil_locks
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils import service as pupils
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

#: About a class of pupils.
PUPILS_PER_PAGE = 30
#: Longer lists of events are drawn so that they scroll.
TEXT_MAX = 80


class WishSheet:
    """A page of a school's pupils with their wishes; or `only` one of them."""

    def __init__(self, plan: SeasonPlan, school: School, only: Pupil | None = None) -> None:
        self.plan, self.school, self.only = plan, school, only
        self.text = request.args.get("q", "").strip()[:TEXT_MAX]
        self.year = request.args.get("year", type=paging.whole)
        own = queries.planned_school(plan.id, school.id)
        self.default = (own.at_most if own else None) or plan.at_most
        self.is_finished = own is not None and own.finished_at is not None

    @cached_property
    def events(self) -> list[Event]:
        """The events for any of the school's years, by date."""
        years = (self.school.low_year, self.school.high_year)
        return [
            event
            for event in queries.events_of(self.plan)
            if year_groups.overlap(years, (event.low_year, event.high_year))
        ]

    @cached_property
    def years(self) -> tuple[int, int]:
        """The lowest and highest years that any event is for."""
        return (
            min((event.low_year for event in self.events), default=0),
            max((event.high_year for event in self.events), default=-1),
        )

    @cached_property
    def page(self) -> paging.Page[Pupil]:
        """The pupils shown."""
        low, high = self.years
        if self.year is not None and low <= self.year <= high:
            low = high = self.year
        return paging.page_of(
            queries.listed(self.school.id, low, high, self.text),
            number=paging.asked_page(),
            size=PUPILS_PER_PAGE,
        )

    @cached_property
    def asked(self) -> list[forms.AskedPupil]:
        """The pupils shown with the events for their years, and the answers so far."""
        shown = [self.only] if self.only else self.page.items
        rows = queries.planned_pupils(self.plan.id, [pupil.id for pupil in shown])
        names = pupils.names_apart(shown, pupil_queries.shared_names(self.school.id))
        found = [
            forms.AskedPupil(
                pupil,
                [e for e in self.events if e.low_year <= pupil.year_group <= e.high_year],
                rows.get(pupil.id),
                names[pupil.id],
            )
            for pupil in shown
        ]
        return [one for one in found if one.events]

    def form(self) -> Form:
        """Return the form for the pupils shown, with what was typed if it was sent."""
        return forms.wishes_form(self.asked, self.default)

    @cached_property
    def busy(self) -> set[tuple[int, int]]:
        """Which of the pupils shown have a place elsewhere at the time of which event."""
        shown = [one.pupil.id for one in self.asked]
        return queries.busy(shown, [event.id for event in self.events])

    @cached_property
    def progress(self) -> queries.WishProgress:
        """How many of the school's pupils have wishes."""
        return queries.progress(self.plan.id).get(self.school.id, queries.WishProgress())

    @property
    def filters(self) -> dict[str, Any]:
        """The query parameters that lead back to the same page."""
        asked = {"q": self.text or None, "year": self.year, "page": request.args.get("page")}
        return {name: value for name, value in asked.items() if value is not None}

    def filters_then(self, then: str) -> dict[str, Any]:
        """Return the query parameters that lead to the "next" or "previous" page, or back here."""
        step = {"next": 1, "previous": -1}.get(then, 0)
        if not step:
            return self.filters
        return {**self.filters, "page": max(1, self.page.number + step)}

    @property
    def is_filtered(self) -> int:
        """How many filters are on."""
        return bool(self.text) + (self.year is not None)


def editable(sheet: WishSheet) -> Form:
    """Return the sheet's form, guarded against a colleague who enters wishes meanwhile."""
    plan, school, only = sheet.plan, sheet.school, sheet.only
    return editing(
        lambda: WishSheet(plan, school, only).form(),
        changed_by=("enter_wishes",),
        school_id=school.id,
        lock=lambda: locked(plan, school),
    )


def locked(plan: SeasonPlan, school: School) -> SeasonPlan:
    """Return the plan, shared with other schools; nobody else of this school writes meanwhile."""
    found = locks.plan(plan.id, shared=True)
    pupil_locks.list_of(school)
    return found


def hints(sheet: WishSheet, one: forms.AskedPupil) -> dict[str, str]:
    """Return the hint under each event on the page of one pupil."""
    return {
        event.slug: event_words.when(event)
        + (" · has a place somewhere else then" if (one.pupil.id, event.id) in sheet.busy else "")
        for event in one.events
    }


def next_url(sheet: WishSheet, pupil: Pupil) -> str:
    """Return the address of the next pupil's page in order of name, or of the whole list."""
    ids = queries.public_ids_in_order(sheet.school.id, *sheet.years)
    place = ids.index(pupil.public_id) + 1 if pupil.public_id in ids else len(ids)
    if place == len(ids):
        return url_for("seasons.wishes", slug=sheet.plan.slug)
    return url_for("seasons.pupil", slug=sheet.plan.slug, public_id=ids[place])
