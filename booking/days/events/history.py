"""How acts about events and the network's rules for them are told in a history."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from booking.days.events import labels, words
from booking.days.events.models import Event, Sharing, Theme
from booking.domain import english, money, terms, year_groups
from booking.domain.allocation.claims import Basis
from booking.domain.charging import FeeKind
from booking.foundation.audit import words as audit_words
from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, act
from booking.foundation.db import db

_THEMES = "Themes of events"
_EVENT, _STATE = "What the event is", "Published, cancelled, closed"
_MOVED = ("dates", "requests_close_at", "release_at", "naming_close_at", "decide_at")
_FEE_KINDS = {
    FeeKind.FREE: "nothing",
    FeeKind.VOLUNTARY_CONTRIBUTION: "a voluntary contribution",
    FeeKind.CHARGE: "a charge",
    FeeKind.PAID_BY_SCHOOL: "nothing (the school pays)",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about events are told."""
    return {
        "write_event": act(_EVENT, "began a draft of {subject}"),
        "change_event": act(
            _EVENT,
            "{changes}{subject.more}, in spite of {in_spite}",
            "{changes}{subject.more}",
            "changed {subject}",
            parts=_changes,
        ),
        "discard_event": act(_EVENT, "deleted the draft of “{title}”"),
        "publish_event": act(
            _STATE,
            "published {subject} with {places:place}, in spite of {in_spite}",
            "published {subject} with {places:place}",
            parts=_in_spite,
        ),
        "cancel_event": act(_STATE, "cancelled {subject}: “{reason}”", "cancelled {subject}"),
        "close_event": act(_STATE, "closed the accounts of {subject}"),
        "add_theme": act(_THEMES, "added {subject} to the list"),
        "rename_theme": act(_THEMES, "gave “{before}” a new name: {subject}"),
        "retire_theme": act(_THEMES, "no longer offers {subject}"),
        "offer_theme": act(_THEMES, "offers {subject} again"),
        "merge_theme": act(_THEMES, "merged “{before}” into {subject}"),
        "keep_network_rules": act("Rules of the network", "changed the rules for new events"),
    }


def _changes(facts: Mapping[str, Any]) -> Mapping[str, str]:
    changes = audit_words.changes(facts, labels.as_noun, value, _MOVED)
    return {"changes": changes, **_in_spite(facts)}


#: What the calendar held against a date that somebody kept, by kind.
_IN_SPITE = {
    "bank_holiday": "a bank holiday",
    "weekend": "the weekend",
    "network_closed": "schools being closed",
    "holidays": "the school holidays",
    "host_closed": "the host’s own school being closed",
    "schools_closed": "schools that are invited being closed",
    "other_events": "other events at the same time",
    "exams": "exams",
    "deadlines": "deadlines on days off",
}


def _in_spite(facts: Mapping[str, Any]) -> Mapping[str, str]:
    kinds = [_IN_SPITE[kind] for kind in facts.get("in_spite_of", ()) if kind in _IN_SPITE]
    return {"in_spite": english.listed(kinds) if kinds else ""}


def value(name: str, kept: Any) -> str:
    """Return a field's recorded value in words; nothing for one that was not set."""
    if kept in (None, "", []):
        return ""
    if name in _VALUES:
        return _VALUES[name](kept)
    return f"“{kept}”" if isinstance(kept, str) else f"{kept:,}"


def _moment(kept: str) -> str:
    return terms.deadline_text(datetime.fromisoformat(kept))


def _dates(kept: Sequence[Sequence[str]]) -> str:
    return english.listed(_span(*each) for each in kept)


def _span(starts_at: str, ends_at: str, venue: str = "") -> str:
    span = terms.span_text(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at))
    return f"{span} ({venue})" if venue else span


_VALUES: Mapping[str, Callable[[Any], str]] = {
    "dates": _dates,
    "requests_close_at": _moment,
    "release_at": _moment,
    "naming_close_at": _moment,
    "decide_at": _moment,
    "low_year": year_groups.name,
    "high_year": year_groups.name,
    "fee_pence": money.pounds,
    "fee_kind": lambda kept: _FEE_KINDS[FeeKind(kept)],
    "sharing": lambda kept: f"“{words.SHARING_NAMES[Sharing(kept)]}”",
    "basis": lambda kept: f"“{words.BASIS_NAMES[Basis(kept)]}”",
}


def namers() -> Sequence[Namer]:
    """Return how events are named, by their titles, and themes."""
    return (
        Namer(("events",), named, Named("an event that no longer exists"), ("event_id",)),
        Namer(("themes",), _themes, Named("a theme that is no longer on the list")),
    )


def _themes(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(select(Theme.id, Theme.name).where(Theme.id.in_(ids)))
    return {id_: Named(f"the theme “{name}”") for id_, name in found}


def named(ids: Collection[int], reads: HistoryReader) -> Mapping[int, Named]:
    """Name events by their titles; the one that the history is about needs no name."""
    found = db.session.execute(select(Event.id, Event.title).where(Event.id.in_(ids)))
    return {
        id_: Named("the event")
        if reads.is_about("events", id_)
        else Named(f"“{title}”", f" for “{title}”")
        for id_, title in found
    }
