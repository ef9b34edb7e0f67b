"""How acts about circulars are told in a history."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, act
from booking.foundation.db import db
from booking.network.circulars.models import Circular, CircularTemplate

_CIRCULARS = "Circulars"
_SENTENCES = {
    "write_circular": "wrote the circular {subject}",
    "change_circular": "changed the circular {subject}",
    "try_circular": "sent themselves a copy of the circular {subject}",
    "send_circular": "sent the circular {subject}",
    "stop_circular": "stopped the circular {subject}",
    "discard_circular": "discarded the circular {subject}",
    "keep_template": "kept the template {subject} for circulars",
    "change_template": "changed the template {subject} for circulars",
    "delete_template": "deleted the template {subject} for circulars",
    "address_circular": "sent the circular {subject} to its readers",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about circulars are told."""
    return {name: act(_CIRCULARS, words) for name, words in _SENTENCES.items()}


def namers() -> Sequence[Namer]:
    """Return how circulars are named."""
    gone = Named("that is no longer kept")
    return (
        Namer(("circulars",), _subjects, gone),
        Namer(("circular_templates",), _names, gone),
    )


def _subjects(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(select(Circular.id, Circular.subject).where(Circular.id.in_(ids)))
    return {id_: Named(f"“{subject}”") for id_, subject in found}


def _names(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(
        select(CircularTemplate.id, CircularTemplate.name).where(CircularTemplate.id.in_(ids))
    )
    return {id_: Named(f"“{name}”") for id_, name in found}
