"""How acts about ideas are told in a history."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.days.ideas.models import Idea
from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, act
from booking.foundation.db import db

_IDEAS = "Ideas for events"
_SENTENCES = {
    "propose_idea": "proposed {subject}",
    "change_idea": "changed {subject}",
    "second_idea": "seconded {subject} with about {pupils:pupil}",
    "undo_second": "no longer seconds {subject}",
    "take_up_idea": "took up {subject}{event_id.more}",
    "close_idea": "withdrew {subject}: “{reason}”",
    "decline_idea": "declined {subject}: “{reason}”",
    "close_silent_idea": "closed {subject}, because nobody had added to it for a year",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about ideas are told."""
    return {name: act(_IDEAS, words) for name, words in _SENTENCES.items()}


def namers() -> Sequence[Namer]:
    """Return how ideas are named."""
    return (Namer(("ideas",), _titles, Named("an idea that is no longer kept")),)


def _titles(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(select(Idea.id, Idea.title).where(Idea.id.in_(ids)))
    return {id_: Named(f"the idea “{title}”") for id_, title in found}
