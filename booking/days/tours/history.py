"""How acts about tours, their leaders and kits are told in a history."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from booking.days.tours.models import Kit, KitState, Tour, TourLeader, TourStop
from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, Related, act
from booking.foundation.db import db
from booking.people.schools.models import School

_TOURS, _LEADERS, _KITS = "Tours and their stops", "Leaders of tours", "Kits"
_MOVES = {
    KitState.HOME: "back at",
    KitState.LENT: "lent to",
    KitState.COLLECTED: "with the leaders, collected for",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about tours are told."""
    return {
        "begin_tour": act(_TOURS, "began a draft of {subject}"),
        "change_tour": act(_TOURS, "changed {subject}"),
        "discard_tour": act(_TOURS, "deleted the draft of the tour “{title}”"),
        "open_tour": act(_TOURS, "opened {subject} for schools"),
        "end_tour": act(_TOURS, "ended {subject}"),
        "ask_for_stop": act(_TOURS, "asked for a stop of {tour_id} at {school}"),
        "accept_stop": act(_TOURS, "accepted a time for the stop of {tour_id} at {school}"),
        "decline_stop": act(_TOURS, "declined a stop of {tour_id} at {school}: “{reason}”"),
        "withdraw_stop": act(_TOURS, "withdrew the wish for a stop of {tour_id} at {school}"),
        "call_off_stop": act(_TOURS, "cancelled the stop of {tour_id} at {school}: “{reason}”"),
        "move_stop": act(_TOURS, "moved the stop of {tour_id} at {school}"),
        "free_stop": act(_TOURS, "freed the time of the stop of {tour_id} at {school}"),
        "add_leader": act(_LEADERS, "added {subject} to the leaders of {tour_id}"),
        "agree_to_leader": act(
            _LEADERS, "recorded that {school} agrees to {subject} and that parents have been told"
        ),
        "remove_leader": act(_LEADERS, "removed {subject} from the leaders of {tour_id}"),
        "set_leaders": act(_LEADERS, "chose {count:leader} for a stop of {tour_id}"),
        "add_kit": act(_KITS, "added the kit {subject}"),
        "change_kit": act(_KITS, "changed the kit {subject}"),
        "hand_over_kit": act(_KITS, "recorded that {subject} is {moved} {school}", parts=_moved),
    }


def _moved(facts: Mapping[str, Any]) -> Mapping[str, str]:
    return {"moved": _MOVES[KitState(facts["state"])]}


def namers() -> Sequence[Namer]:
    """Return how tours, stops, kits and leaders are named; a leader never by name."""
    return (
        Namer(("tours",), _tours, Named("a tour that no longer exists"), ("tour_id",)),
        Namer(("tour_stops",), _stops, Named("a stop")),
        Namer(("kits",), _kits, Named("a kit")),
        Namer(("tour_leaders",), _leaders, Named("a pupil")),
    )


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add its stops and its leaders to a tour's history."""
    if table != "tours":
        return None
    return tuple(
        Related(model.__tablename__, select(model.id).where(model.tour_id == row_id))
        for model in (TourStop, TourLeader)
    )


def _tours(ids: Collection[int], reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(select(Tour.id, Tour.title).where(Tour.id.in_(ids)))
    return {
        id_: Named("the tour" if reads.is_about("tours", id_) else f"the tour “{title}”")
        for id_, title in found
    }


def _stops(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(
        select(TourStop.id, School.name)
        .join(School, School.id == TourStop.school_id)
        .where(TourStop.id.in_(ids))
    )
    return {id_: Named(f"the stop at {name}") for id_, name in found}


def _kits(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(select(Kit.id, Kit.name).where(Kit.id.in_(ids)))
    return {id_: Named(f"“{name}”") for id_, name in found}


def _leaders(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    return dict.fromkeys(ids, Named("a pupil"))
