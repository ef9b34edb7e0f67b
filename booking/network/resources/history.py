"""How acts about resources are told in a history."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, act
from booking.foundation.db import db
from booking.network.resources.models import Resource

_RESOURCES = "Resources"
_SENTENCES = {
    "share_resource": "shared the resource {subject}",
    "change_resource": "changed the resource {subject}",
    "add_version": "added version {number} of the resource {subject}",
    "withdraw_resource": "withdrew the resource {subject}",
    "put_back_resource": "put back the resource {subject}",
    "write_note": "said how it went with the resource {subject}",
    "change_note": "changed a note about the resource {subject}",
    "take_note_back": "took back a note about the resource {subject}",
    "hide_note": "hid a note about the resource {subject}",
    "show_note": "showed a note about the resource {subject} again",
    "tell_problem": "told the network lead of a problem with the resource {subject}",
    "settle_problem": "settled a problem with the resource {subject}",
    "put_with_event": "put the resource {resource_id} among the materials of {subject}",
    "take_from_event": "took the resource {resource_id} from the materials of {subject}",
    "copy_materials": "took {resources:resource} along to {subject}",
    "make_resource_feed": "made a private address for what is new among resources",
    "end_resource_feed": "ended the private address for what is new among resources",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about resources are told."""
    return {name: act(_RESOURCES, words) for name, words in _SENTENCES.items()}


def namers() -> Sequence[Namer]:
    """Return how resources are named."""
    gone = Named("that is no longer kept")
    return (Namer(("resources",), _titles, gone, ("resource_id",)),)


def _titles(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(select(Resource.id, Resource.title).where(Resource.id.in_(ids)))
    return {id_: Named(f"“{title}”") for id_, title in found}
