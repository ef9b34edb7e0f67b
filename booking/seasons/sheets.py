"""The sheet on which a school enters wishes: some of its pupils, and the events of a plan."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from flask import request, url_for

from booking.domain import year_groups
from booking.events import words as event_words
from booking.events.models import Event
from booking.pupils import queries as pupils
from booking.pupils.models import Pupil
from booking.schools.models import School
from booking.seasons import forms, queries
from booking.seasons.models import SeasonPlan
from booking.web import paging
from booking.web.forms import Form

#: A class, and enough for a lesson.
PUPILS_PER_PAGE = 30
#: Longer lists of events are drawn to be scrolled.
TEXT_MAX = 80


class Sheet:
    """A page of a school's pupils with what is wished for them; or `only` one of them."""

    def __init__(self, plan: SeasonPlan, school: School, only: Pupil | None = None) -> None:
        self.plan, self.school, self.only = plan, school, only
        self.text = request.args.get("q", "").strip()[:TEXT_MAX]
        self.year = request.args.get("year", type=int)
        own = queries.planned_school(plan.id, school.id)
        self.default = (own.at_most if own else None) or plan.at_most
        self.is_finished = own is not None and own.finished_at is not None

    @cached_property
    def events(self) -> list[Event]:
        """The events that are for some of the school's years, by date."""
        years = (self.school.low_year, self.school.high_year)
        return [
            event
            for event in queries.events_of(self.plan)
            if year_groups.overlap(years, (event.low_year, event.high_year))
        ]

    @cached_property
    def years(self) -> tuple[int, int]:
        """The lowest and the highest year that an event is for."""
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
            pupils.current(self.school.id, low, high, self.text),
            number=paging.asked_page(), size=PUPILS_PER_PAGE,
        )  # fmt: skip

    @cached_property
    def asked(self) -> list[forms.Asked]:
        """The pupils shown with the events for their years, and what was said before."""
        shown = [self.only] if self.only else self.page.items
        rows = queries.planned_pupils(self.plan.id, [pupil.id for pupil in shown])
        found = [forms.Asked(p, self.events_for(p), rows.get(p.id)) for p in shown]
        return [one for one in found if one.events]

    def events_for(self, pupil: Pupil) -> list[Event]:
        """Return the events that are for a pupil's year."""
        return [e for e in self.events if e.low_year <= pupil.year_group <= e.high_year]

    def form(self) -> Form:
        """Return the form for the pupils shown, with what was typed if it was sent."""
        return forms.wishes_form(self.asked, self.default)

    @cached_property
    def busy(self) -> set[tuple[int, int]]:
        """Which of the pupils shown have a place elsewhere at the time of which event."""
        shown = [one.pupil.id for one in self.asked]
        return queries.busy(shown, [event.id for event in self.events])

    @cached_property
    def progress(self) -> queries.Progress:
        """How many pupils have wishes, of all the school's pupils."""
        return queries.progress(self.plan.id).get(self.school.id, queries.Progress())

    @property
    def filters(self) -> dict[str, Any]:
        """The words of the address that lead back to the same page."""
        asked = {"q": self.text or None, "year": self.year, "page": request.args.get("page")}
        return {name: value for name, value in asked.items() if value is not None}

    @property
    def is_filtered(self) -> int:
        """How many filters are on."""
        return bool(self.text) + (self.year is not None)

    def when(self, event: Event) -> str:
        """Return when an event is, in words."""
        return event_words.when(event)

    def said(self, one: forms.Asked) -> str:
        """Return what is wished for a pupil, in a few words."""
        if not one.wished:
            return "No wishes yet"
        wished = "1 event" if len(one.wished) == 1 else f"{len(one.wished)} events"
        return f"{wished}, at most {one.at_most or self.default}"

    def hints(self, one: forms.Asked) -> Mapping[str, str]:
        """Return the small words under each event on the page of one pupil."""
        return {
            event.slug: self.when(event)
            + (" · has a place elsewhere then" if (one.pupil.id, event.id) in self.busy else "")
            for event in one.events
        }

    def next_url(self, *, wants_next: bool) -> str:
        """Return the page of the pupil after this one, or the list."""
        assert self.only is not None, "only a pupil's own page leads to the next"
        following = self._following(self.only) if wants_next else None
        if following is None:
            return url_for("seasons.wishes", slug=self.plan.slug)
        return url_for("seasons.pupil", slug=self.plan.slug, public_id=following)

    def _following(self, pupil: Pupil) -> str | None:
        low, high = self.years
        ids = queries.public_ids_in_order(self.school.id, low, high)
        place = ids.index(pupil.public_id) + 1 if pupil.public_id in ids else len(ids)
        return ids[place] if place < len(ids) else None
