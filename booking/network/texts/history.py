"""How acts about the network's own words are told in a history."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, act
from booking.foundation.db import db
from booking.network.texts import words
from booking.network.texts.models import TextVersion

_SENTENCES = {
    "change_text": "wrote {subject}",
    "keep_facts": "changed what the network says about itself",
    "keep_logo": "chose a picture as the network’s mark",
    "remove_logo": "removed the network’s mark",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about the network's own words are told."""
    return {name: act("The network’s own words", told) for name, told in _SENTENCES.items()}


def namers() -> Sequence[Namer]:
    """Return how versions of texts are named."""
    return (Namer(("text_versions",), _versions, Named("a text that is no longer kept")),)


def _versions(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(
        select(TextVersion.id, TextVersion.key, TextVersion.number).where(TextVersion.id.in_(ids))
    )
    return {
        id_: Named(f"version {number} of the text “{words.NAMES[key].title}”")
        for id_, key, number in found
    }
