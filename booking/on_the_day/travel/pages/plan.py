"""What a school reads about its own way to an event, and about seats that it gives or takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events import states as event_states
from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain import travelling
from booking.on_the_day.travel import queries, words
from booking.on_the_day.travel.models import SeatShare, SeatState, TravelPlan
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School


@dataclass(frozen=True)
class BusLine:
    """Another school's bus with seats, and whom to speak to about it."""

    plan: TravelPlan
    school: str
    mode: str
    times: str
    left: str
    people: Sequence[str]
    #: Whether the reader's school can ask for seats of it now.
    can_ask: bool


@dataclass(frozen=True)
class ShareLine:
    """Seats that were asked for, as one of the two schools reads it."""

    share: SeatShare
    said: str
    tag: str
    tone: str
    people: Sequence[str]
    is_asked: bool
    is_live: bool
    has_news: bool


@dataclass(frozen=True)
class TravelPage:
    """One school's way to one event."""

    event: Event
    school: School
    plan: TravelPlan | None
    #: When the event is.
    when: str
    #: Whether something can still be said: the school comes, and the event is to come.
    is_open: bool
    doubts: Sequence[str]
    #: Whether the event has moved since the school said how it travels.
    is_to_check: bool
    taken: Sequence[ShareLine]
    given: Sequence[ShareLine]
    buses: Sequence[BusLine]
    #: "3 of 4 seats are promised."
    promised: str


def plan_page(event: Event, school: School, now: datetime) -> TravelPage:
    """Return the page; what other schools offer is only for a school that comes."""
    plan = queries.plan_of(event.id, school.id)
    coming = place_queries.held(event.id)
    is_open = event_states.is_live(event, now) and bool(coming.get(school.id))
    taken = queries.taken(event.id, school.id)
    given = queries.given(plan.id) if plan else []
    buses = queries.offers(event.id, school_id=school.id) if coming.get(school.id) else []
    people = _people(
        {share.plan.school_id for share in taken}
        | {share.school_id for share in given}
        | {bus.plan.school_id for bus in buses}
    )
    asked = {share.plan_id for share in taken if share.state in _LIVE}
    return TravelPage(
        event=event,
        school=school,
        plan=plan,
        when=event_words.when(event),
        is_open=is_open,
        doubts=doubts(event, plan),
        is_to_check=plan is not None and plan.check_since is not None,
        taken=[_taken(share, coming, people) for share in taken],
        given=[_given(share, coming, people) for share in given],
        buses=[_bus(bus, people, can_ask=is_open and bus.plan.id not in asked) for bus in buses],
        promised=_promised(plan),
    )


_LIVE = (SeatState.ASKED, SeatState.CONFIRMED)


def doubts(event: Event, plan: TravelPlan | None) -> Sequence[str]:
    """Return what of a school's times does not fit the event's."""
    if plan is None:
        return ()
    spans = [event_words.local_span(day) for day in event.dates]
    return travelling.doubts(plan.times, [(start.time(), end.time()) for start, end in spans])


def _people(school_ids: set[int]) -> dict[int, list[str]]:
    """Return whom to speak to at each school: never by a mobile, which is not for other schools."""
    people = school_queries.coordinators_of(school_ids)
    schools = school_queries.schools_by_id(tuple(sorted(school_ids)))
    return {
        school.id: words.people(people.get(school.id, ()), school.office_phone)
        for school in schools
    }


def _bus(bus: queries.SeatOffer, people: dict[int, list[str]], *, can_ask: bool) -> BusLine:
    plan = bus.plan
    return BusLine(
        plan=plan,
        school=plan.school.name,
        mode=travelling.words_of(plan.mode),
        times=words.timed(plan),
        left=f"{words.seats(bus.left)} left" if bus.left else "No seats left",
        people=people.get(plan.school_id, []),
        can_ask=can_ask and bool(bus.left),
    )


def _taken(share: SeatShare, coming: dict[int, int], people: dict[int, list[str]]) -> ShareLine:
    tag, tone = words.STATES[share.state]
    said = words.of_share(share)
    giver = share.plan
    if share.state is SeatState.CONFIRMED:
        parts = (words.timed(giver), f"get on at {giver.gets_on}" if giver.gets_on else "")
        said = ": ".join(filter(None, (said, ", ".join(filter(None, parts)))))
    if share.state in _LIVE and not coming.get(giver.school_id):
        said, tag, tone = f"{said}. {giver.school.name} no longer comes", "Find another", "bad"
    return _line(share, said, tag, tone, people.get(giver.school_id, []))


def _given(share: SeatShare, coming: dict[int, int], people: dict[int, list[str]]) -> ShareLine:
    tag, tone = words.STATES[share.state]
    said = f"{share.school.name}: {words.seats(share.seats)}"
    if not coming.get(share.school_id):
        said, tag, tone = f"{said}. It no longer comes", "Not coming", "warn"
    return _line(share, said, tag, tone, people.get(share.school_id, []))


def _line(share: SeatShare, said: str, tag: str, tone: str, people: Sequence[str]) -> ShareLine:
    return ShareLine(
        share=share,
        said=said,
        tag=tag,
        tone=tone,
        people=people,
        is_asked=share.state is SeatState.ASKED,
        is_live=share.state in _LIVE,
        has_news=share.news_at is not None,
    )


def _promised(plan: TravelPlan | None) -> str:
    if plan is None or not plan.seats:
        return ""
    promised = queries.promised(plan.id)
    return f"{promised} of {words.seats(plan.seats)} promised."
