"""What the host's pages of the workshops show: what there is, who would go where, who is where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState
from booking.days.groups.details import HALVES
from booking.days.groups.models import Workshop, WorkshopChoice
from booking.days.groups.queries import workshops
from booking.days.groups.words import HALF_WORDS, TIME_WORDS
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain import english, terms, year_groups
from booking.domain.workshops.choices import Half, Seated


@dataclass(frozen=True)
class WorkshopPupil:
    """A pupil at a workshop, or without one."""

    booking: Booking
    #: "1st choice", or "" if it was none of the wishes.
    rank: str

    @property
    def name(self) -> str:
        """Return the name that the host knows."""
        return self.booking.pupil.name.strip()

    @property
    def hint(self) -> str:
        """Return year, school, and which choice it is."""
        year = year_groups.name(self.booking.pupil.year_group)
        return ", ".join(filter(None, (year, self.booking.school.name, self.rank)))


@dataclass(frozen=True)
class WorkshopList:
    """A workshop in one part of the day, with who is there; without one: who is nowhere."""

    heading: str
    hint: str
    pupils: Sequence[WorkshopPupil]


@dataclass(frozen=True)
class WorkshopRow:
    """A workshop in the table of what there is."""

    workshop: Workshop
    time: str
    #: How many wish for it, and for how many it is the first choice.
    wished: int
    first: int
    taken: int


class WorkshopsPage:
    """The workshops of an event, in whatever stage they are."""

    def __init__(self, event: Event, now: datetime) -> None:
        self.event, self.now = event, now
        self.choice: WorkshopChoice | None = workshops.choice(event.id)
        self.offered = workshops.workshops(event.id)
        self.expected = place_queries.expected(event.id)
        self.wishes = workshops.wishes_of_event(event.id)

    @property
    def is_shared(self) -> bool:
        """Whether pupils have been given workshops."""
        return self.choice is not None and self.choice.shared_at is not None

    @property
    def is_open(self) -> bool:
        """Whether families can choose now."""
        return self.choice is not None and not self.is_shared and self.now < self.choice.closes_at

    @property
    def may_share(self) -> bool:
        """Whether the time to choose is over, and nothing has been given yet."""
        live = event_states.is_live(self.event, self.now)
        return live and self.choice is not None and not self.is_shared and not self.is_open

    @property
    def may_open(self) -> bool:
        """Whether families can be asked, or given more time."""
        published = self.event.state is EventState.PUBLISHED
        return published and bool(self.offered) and not self.is_shared

    @property
    def rows(self) -> list[WorkshopRow]:
        """The workshops, with how many want them and how many are there."""
        taken, ids = workshops.taken_by_workshop(self.event.id), {b.id for b in self.expected}
        chosen = [half for id_, own in self.wishes.items() if id_ in ids for half in own.values()]
        return [
            WorkshopRow(
                workshop,
                TIME_WORDS[workshop.time],
                sum(workshop.id in wished for wished in chosen),
                sum(wished[:1] == (workshop.id,) for wished in chosen),
                taken[workshop.id],
            )
            for workshop in self.offered
        ]

    @property
    def chosen_words(self) -> str:
        """How many of those expected have chosen."""
        chosen = sum(booking.id in self.wishes for booking in self.expected)
        return f"{chosen} of {english.plural(len(self.expected), 'pupil')} have chosen."

    @property
    def closes_words(self) -> str:
        """Until when families choose, or chose."""
        assert self.choice is not None, "the page asks only when there is a time"
        return terms.deadline_text(self.choice.closes_at)


class WorkshopsOutcome:
    """Who is at which workshop, or would be if they were shared out now."""

    def __init__(self, page: WorkshopsPage, seated: Seated | None = None) -> None:
        self.event, self.offered = page.event, page.offered
        self.expected, self.wishes = page.expected, page.wishes
        self._seated = seated

    @property
    def halves(self) -> list[Half]:
        """The parts of the day in which there are workshops."""
        taken = {half for workshop in self.offered for half in HALVES[workshop.time]}
        return sorted(taken)

    @property
    def at(self) -> Mapping[Half, Mapping[int, int]]:
        """Where pupils are, or would be: workshop by booking, in each part of the day."""
        if self._seated is None:
            found: dict[Half, dict[int, int]] = {half: {} for half in Half}
            for spot in workshops.spots(self.event.id):
                found[Half(spot.half)][spot.booking_id] = spot.workshop_id
            return found
        workshop = {each.public_id: each.id for each in self.offered}
        booking = {each.public_id: each.id for each in self.expected}
        return {
            half: {booking[who]: workshop[where] for who, where in given.items()}
            for half, given in self._seated.items()
        }

    def lists(self) -> list[WorkshopList]:
        """Return who is at each workshop, and who is at none, part by part."""
        at, found = self.at, []
        several = len(self.halves) > 1
        for half in self.halves:
            nowhere = [b for b in self.expected if b.id not in at[half]]
            if nowhere:
                part = f"{HALF_WORDS[half]}: no workshop" if several else "No workshop"
                found.append(WorkshopList(part, "", [WorkshopPupil(b, "") for b in nowhere]))
            for workshop in self.offered:
                if HALVES[workshop.time][0] is half:
                    found.append(self._list(workshop, half, at[half]))
        return found

    def _list(self, workshop: Workshop, half: Half, at: Mapping[int, int]) -> WorkshopList:
        there = [booking for booking in self.expected if at.get(booking.id) == workshop.id]
        hint = ", ".join(filter(None, (TIME_WORDS[workshop.time], workshop.room)))
        return WorkshopList(
            f"{workshop.title} ({len(there)} of {workshop.places})",
            hint,
            [WorkshopPupil(b, self._rank(b, workshop, half)) for b in there],
        )

    def _rank(self, booking: Booking, workshop: Workshop, half: Half) -> str:
        wished = self.wishes.get(booking.id, {}).get(half, ())
        if workshop.id not in wished:
            return ""
        return f"{english.nth(wished.index(workshop.id) + 1)} choice"

    @property
    def firsts(self) -> str:
        """How many of those who chose get their first choice, in a sentence."""
        at = self.at
        chose = [(b.id, h) for b in self.expected for h in self.wishes.get(b.id, {})]
        got = [
            self.wishes[id_][half].index(at[half][id_])
            for id_, half in chose
            if at[half].get(id_) in self.wishes[id_][half]
        ]
        others = len(got) - got.count(0)
        said = f"{got.count(0)} of {english.plural(len(chose), 'first choice')} can be met"
        return f"{said}; {others} more get a second or third choice." if others else f"{said}."
