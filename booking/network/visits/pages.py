"""What the pages of visits show, worked out before a template sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from booking.domain import english, terms, visits
from booking.domain.permissions import Action, Actor, Role, Scope, may
from booking.domain.visits import VisitState
from booking.foundation.clock import LONDON
from booking.network.visits import queries, words
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.people.schools import queries as school_queries

Tag = tuple[str, str]
#: So many schools are suggested.
NEXT = 3


@dataclass(frozen=True)
class VisitRow:
    """A visit in a list."""

    visit: StaffVisit
    when: str
    places: str
    tag: Tag


@dataclass(frozen=True)
class AskLine:
    """One colleague who asked, as whoever answers sees it."""

    ask: VisitAsk
    who: str
    tag: Tag
    may_answer: bool


@dataclass(frozen=True)
class VisitPage:
    """One visit, as somebody meets it."""

    visit: StaffVisit
    when: str
    tag: Tag
    places: str
    opener: str
    #: What the reader asked, if anything, and how it stands.
    own: VisitAsk | None
    own_tag: Tag | None
    may_ask: bool
    may_withdraw: bool
    #: Whether the reader may bid for what cover costs.
    may_bid: bool
    may_note: bool
    #: Whether the reader answers for it.
    keeps: bool
    may_change: bool
    asks: Sequence[AskLine]
    notes: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class RotaPage:
    """Who hosted what since a day, and whose turn it might be."""

    since: str
    #: "Ashdale School, Birchwood School or Cedar School"; "" while nobody has hosted anything.
    suggested: str
    #: A school's name, and its numbers: events, meetings, visits; events and visits elsewhere.
    rows: Sequence[tuple[str | int, ...]]


def scope_of(visit: StaffVisit) -> Scope:
    """Return what a visit belongs to: its school, and whoever answers for it."""
    return Scope(school_id=visit.school_id, person_id=visit.opened_by_id)


def rows(found: Sequence[StaffVisit], now: datetime) -> list[VisitRow]:
    """Return the rows of a list, with one statement for all their numbers."""
    numbers = queries.agreed_numbers(found)
    return [
        VisitRow(
            one, words.when(one), words.places(one, numbers[one.id]), words.visit_tag(one, now)
        )
        for one in found
    ]


def visit_page(visit: StaffVisit, *, actor: Actor, now: datetime) -> VisitPage:
    """Return what the page of one visit shows: who asked, to whoever answers; else one's own."""
    keeps = may(actor, Action.KEEP_VISIT, scope_of(visit))
    all_asks = queries.asks(visit.id)
    own = next((one for one in all_asks if one.visitor_id == actor.person_id), None)
    agreed = sum(one.state is VisitState.AGREED for one in all_asks)
    to_come = visit.state is VisitState.OPENED and visit.ends_at > now
    is_coming = own is not None and own.state in visits.COMING
    return VisitPage(
        visit=visit,
        when=words.when(visit),
        tag=words.visit_tag(visit, now),
        places=words.places(visit, agreed),
        opener=words.opener(visit),
        own=own,
        own_tag=words.ask_tag(own, now) if own else None,
        may_ask=to_come
        and (own is None or VisitState.ASKED in visits.MOVES[own.state])
        and visits.has_room(room=visit.room, agreed=agreed)
        and is_for(visit, actor),
        may_withdraw=to_come and is_coming,
        may_bid=to_come and is_coming and may(actor, Action.BID),
        may_note=own is not None and visits.may_note(own.state, ends_at=visit.ends_at, now=now),
        keeps=keeps,
        may_change=keeps and to_come,
        asks=[_line(one, now, to_come) for one in all_asks] if keeps else (),
        notes=[(words.visitor(one), one.note) for one in all_asks if one.note_shared],
    )


def is_for(visit: StaffVisit, actor: Actor) -> bool:
    """Return whether somebody may ask to come at all."""
    return visits.may_ask(
        schools=actor.schools(),
        is_associate=actor.has(Role.ASSOCIATE),
        host_school=visit.school_id,
        for_partners=visit.for_partners,
    )


def _line(ask: VisitAsk, now: datetime, to_come: bool) -> AskLine:
    answers = {VisitState.AGREED, VisitState.TURNED_DOWN}
    return AskLine(
        ask,
        words.visitor(ask),
        words.ask_tag(ask, now),
        may_answer=to_come and bool(visits.MOVES[ask.state] & answers),
    )


def rota_page(now: datetime) -> RotaPage:
    """Return what schools hosted in this school year and the last, those first who might be next.

    No longer, because visits are kept for two years.
    """
    first = terms.school_year_bounds(terms.school_year(terms.london(now).date()))[0]
    since = first.replace(year=first.year - 1)
    schools = school_queries.member_schools()
    names = {one.id: one.name for one in schools}
    counts = visits.turns(
        queries.hosting_counts(schools, datetime.combine(since, time(), tzinfo=LONDON), now)
    )
    in_order = [names[one.school_id] for one in counts]
    anything = any(one.hosted for one in counts)
    return RotaPage(
        since=terms.day_text(since),
        suggested=english.listed(in_order[:NEXT]) if anything else "",
        rows=[
            (names[one.school_id], one.events, one.meetings, one.visits, one.went_to, one.visited)
            for one in counts
        ],
    )
